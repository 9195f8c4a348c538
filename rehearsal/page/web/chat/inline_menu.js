// The bot's offers that open over the text field while somebody types its name and a few words, in any chat.

import { get } from "../server/api.js";
import { make } from "../dom.js";
import { t } from "../words.js";

const WAIT_MS = 300;
const LOOKS = 20;
const LOOK_MS = 100;

let lists = 0;

export class InlineMenu {
  /** `acts`: {ask(query): id or null, pick(id, index)}; `bot` is the name one types, without its @. */
  constructor(field, bot, lang, acts) {
    Object.assign(this, { field, bot, acts, chosen: -1, round: 0 });
    this.id = `offers-${++lists}`;
    this.element = make("div", { class: "commands", id: this.id, role: "listbox", "aria-label": t("phone.offers", {}, lang), hidden: true });
  }

  get open() {
    return !this.element.hidden;
  }

  /** Follows what is typed; only the last words are asked about. */
  follow() {
    const start = `@${this.bot} `;
    const round = ++this.round;
    if (!this.field.value.startsWith(start)) return this.close();
    setTimeout(() => round === this.round && this.ask(this.field.value.slice(start.length), round), WAIT_MS);
  }

  async ask(query, round) {
    const asked = await this.acts.ask(query);
    for (let look = 0; asked && look < LOOKS && round === this.round; look += 1) {
      const answer = await get(`inline/${asked.id}`).catch(() => null);
      if (answer?.answered) return this.show(asked.id, answer.results);
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  }

  show(query, results) {
    this.chosen = -1;
    this.query = query;
    this.element.replaceChildren(...results.map((each, index) => this.option(each, index)));
    this.element.hidden = results.length === 0;
    this.mark();
  }

  option(each, index) {
    const keep = (event) => event.preventDefault(); // the field keeps the focus
    const place = { role: "option", id: `${this.id}-${index}`, "aria-selected": "false", class: "option", onmousedown: keep, onclick: () => this.pick(index) };
    return make("div", place, make("strong", { text: each.title }), make("span", { text: each.description }));
  }

  close() {
    this.element.hidden = true;
    this.mark();
  }

  key(event) {
    if (!this.open) return false;
    const count = this.element.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.chosen = (Math.max(this.chosen, step < 0 ? 0 : -1) + step + count) % count;
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter") this.pick(Math.max(this.chosen, 0));
    else return false;
    this.mark();
    event.preventDefault();
    return true;
  }

  async pick(index) {
    this.close();
    this.field.value = "";
    await this.acts.pick(this.query, index);
  }

  mark() {
    [...this.element.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.chosen));
      if (index === this.chosen) option.scrollIntoView({ block: "nearest" });
    });
    if (this.open && this.chosen >= 0) this.field.setAttribute("aria-activedescendant", `${this.id}-${this.chosen}`);
    else if (!this.open) this.field.removeAttribute("aria-activedescendant");
  }
}
