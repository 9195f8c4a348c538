// The sky over a phone: whose it is, where, what hour it is there; and the switches behind the scene.

import { make } from "../dom.js";
import { hour, hoursThere, shortDay } from "../clock/moments.js";
import { paint } from "../clock/sky.js";
import { cityOf, pageLanguage, say } from "../words.js";

export class PhoneHead {
  /** `does(act, body)`: an act of this phone. */
  constructor(person, does) {
    this.person = person;
    this.does = does;
    this.block = make("button", { type: "button", class: "switch", "data-testid": `block-${person.id}`, onclick: () => this.turn("blocked", "block", "unblock") });
    this.offline = make("button", { type: "button", class: "switch", "data-testid": `offline-${person.id}`, onclick: () => this.turn("offline", "offline", "online") });
    this.link = make("button", { type: "button", class: "switch", "aria-expanded": "false", "data-testid": `link-${person.id}`, onclick: () => this.openLink() });
    this.more = make("button", { type: "button", class: "switch more", "aria-expanded": "false", onclick: () => this.openMore() });
    say(this.block, "people.block");
    say(this.offline, "people.offline");
    say(this.link, "people.link");
    say(this.more, "people.more");
    this.element = this.build();
  }

  build() {
    const { id, role } = this.person;
    this.time = make("span", { class: "local-hour", "data-testid": `time-${id}` });
    this.date = make("span", { class: "local-day" });
    this.place = make("span", { class: "city" });
    const heading = make("h3", { id: `name-${id}`, text: this.person.name });
    const who = make("p", { class: "who" }, this.place, " · ", say(make("span"), `people.role.${role}`));
    const words = make("div", { class: "sky-words" }, make("div", {}, heading, who), make("p", { class: "local" }, this.time, this.date));
    this.switches = make("div", { class: "switches" }, this.block, this.offline, this.link);
    return make("header", { class: "sky" }, words, make("div", { class: "of-day", "aria-hidden": "true" }), this.more, this.switches, this.linkForm());
  }

  linkForm() {
    const field = make("input", { id: `start-${this.person.id}`, name: "start", maxlength: "64", pattern: "[A-Za-z0-9_\\-]+", required: true, value: "s2", autocomplete: "off", "data-testid": `deep-link-${this.person.id}` });
    const label = say(make("label", { for: field.id }), "people.link_label");
    this.form = make("form", { class: "link-form", hidden: true }, label, field, say(make("button", { type: "submit", class: "switch" }), "people.open"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.does("says", { text: `/start ${field.value}` });
    });
    return this.form;
  }

  turn(state, on, off) {
    this.does(this.person[state] ? off : on);
  }

  openLink() {
    this.form.hidden = !this.form.hidden;
    this.link.setAttribute("aria-expanded", String(!this.form.hidden));
    if (!this.form.hidden) this.form.elements.start.select();
  }

  openMore() {
    const open = this.element.classList.toggle("is-open");
    this.more.setAttribute("aria-expanded", String(open));
  }

  follow(person) {
    this.person = person;
    this.block.setAttribute("aria-pressed", String(person.blocked));
    this.offline.setAttribute("aria-pressed", String(person.offline));
  }

  tick(now) {
    const { zone } = this.person;
    const texts = [[this.time, hour(now, zone, pageLanguage())], [this.date, shortDay(now, zone, pageLanguage())], [this.place, cityOf(zone)]];
    for (const [element, text] of texts) if (element.textContent !== text) element.textContent = text;
    paint(this.element, hoursThere(now, zone));
  }
}
