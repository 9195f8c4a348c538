// Whose phones are on the table: the switcher, and what each has not read.

import { make } from "../dom.js";
import { hour, hoursThere } from "../clock/moments.js";
import { paint } from "../clock/sky.js";
import { cityOf, pageLanguage, say } from "../words.js";

const PHONE_WIDTH = 344;
const NARROW = matchMedia("(max-width: 760px)");
const KEY = "ciclo-read";
// Who comes first where not everybody has room: you, then three different skies.
const FIRST = [4, 0, 2, 1, 3];

export class People {
  /** `onShown(id, shown)` is called when a phone comes or goes. */
  constructor(people, onShown) {
    this.people = people;
    this.onShown = onShown;
    this.read = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    this.tabs = new Map(people.map((person) => [person.id, this.tab(person)]));
    document.getElementById("people").replaceChildren(...[...this.tabs.values()].map((tab) => tab.button));
    this.shown = new Set();
    this.select(this.wanted());
    NARROW.addEventListener("change", () => this.select(NARROW.matches ? [...this.shown] : this.wanted()));
  }

  wanted() {
    const asked = new URLSearchParams(location.search).get("show")?.split(",").map(Number);
    const known = asked?.filter((id) => this.tabs.has(id)) ?? [];
    if (known.length) return known;
    const room = Math.max(1, Math.floor(document.getElementById("phones").clientWidth / PHONE_WIDTH));
    return FIRST.filter((index) => index < this.people.length).slice(0, room).map((index) => this.people[index].id);
  }

  tab(person) {
    const face = make("span", { class: "face", "aria-hidden": "true", text: person.name.slice(0, 1) });
    const place = make("span", { class: "tab-place" });
    const time = make("span", { class: "tab-hour" });
    const unread = make("span", { class: "unread", hidden: true });
    const button = make(
      "button",
      { type: "button", class: "tab", "aria-pressed": "false", "data-testid": `person-${person.id}`, onclick: () => this.toggle(person.id) },
      face, make("span", { class: "tab-words" }, make("span", {}, make("strong", { text: person.name }), " ", time), place), unread,
    );
    return { button, face, place, time, unread, person };
  }

  toggle(id) {
    if (NARROW.matches) this.select([id]);
    else this.select(this.shown.has(id) ? [...this.shown].filter((each) => each !== id) : [...this.shown, id]);
  }

  /** Puts that phone on the table, in the place of the last one where there are others. */
  bring(id) {
    if (!this.shown.has(id)) this.select([id, ...[...this.shown].slice(0, -1)]);
  }

  select(ids) {
    this.shown = new Set(NARROW.matches ? ids.slice(0, 1) : ids);
    for (const [id, { button }] of this.tabs) {
      button.setAttribute("aria-pressed", String(this.shown.has(id)));
      this.onShown(id, this.shown.has(id));
    }
    document.getElementById("nobody").hidden = this.shown.size > 0;
  }

  /** Counts what came since that phone was last on the table. */
  count(phone) {
    const { id, messages } = phone;
    const last = messages.at(-1)?.id ?? 0;
    // Numbers beyond the last are of an earlier rehearsal.
    if (this.shown.has(id) || !(this.read[id] <= last)) {
      this.read[id] = last;
      sessionStorage.setItem(KEY, JSON.stringify(this.read));
    }
    const waiting = messages.filter((each) => each.from_bot && each.id > this.read[id]).length;
    const { unread } = this.tabs.get(id);
    if (Number(unread.dataset.n ?? 0) < waiting) pulse(unread);
    unread.hidden = waiting === 0;
    say(unread, "people.unread", { n: waiting });
    unread.dataset.n = waiting;
  }

  tick(now) {
    for (const { face, place, time, person } of this.tabs.values()) {
      const texts = [[place, cityOf(person.zone)], [time, hour(now, person.zone, pageLanguage())]];
      for (const [element, text] of texts) if (element.textContent !== text) element.textContent = text;
      paint(face, hoursThere(now, person.zone));
    }
  }
}

function pulse(element) {
  element.classList.remove("arrives");
  requestAnimationFrame(() => element.classList.add("arrives"));
}
