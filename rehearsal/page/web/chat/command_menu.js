// The list of the bot's commands that opens over the text field: by "/", or by its button.

import { make } from "../dom.js";
import { t } from "../words.js";

let lists = 0;

export class CommandMenu {
  /** `field` steers the list, `opener` opens it too; `onPick(command)` is called with "/name". */
  constructor(field, opener, lang, onPick) {
    this.field = field;
    this.opener = opener;
    this.onPick = onPick;
    this.commands = [];
    this.shown = [];
    this.chosen = -1;
    this.id = `commands-${++lists}`;
    this.element = make("div", { class: "commands", id: this.id, role: "listbox", "aria-label": t("phone.commands", {}, lang), hidden: true });
    for (const [key, value] of [["aria-autocomplete", "list"], ["aria-haspopup", "listbox"], ["aria-controls", this.id]]) {
      field.setAttribute(key, value);
    }
  }

  get open() {
    return !this.element.hidden;
  }

  /** Follows what is typed: the list is there while a command is being written. */
  follow() {
    const typed = /^\/(\w*)$/.exec(this.field.value);
    if (typed) this.show(typed[1].toLowerCase());
    else this.close();
  }

  show(beginning = "") {
    this.shown = this.commands.filter((each) => each.command.startsWith(beginning));
    this.chosen = -1;
    this.element.replaceChildren(...this.shown.map((each, index) => this.option(each, index)));
    this.element.hidden = this.shown.length === 0;
    this.mark();
  }

  option(each, index) {
    const pick = (event) => {
      event.preventDefault();
      this.pick(index);
    };
    return make(
      "div",
      { role: "option", id: `${this.id}-${index}`, "aria-selected": "false", class: "option", onmousedown: (event) => event.preventDefault(), onclick: pick },
      make("strong", { text: `/${each.command}` }),
      make("span", { text: each.description }),
    );
  }

  close() {
    this.element.hidden = true;
    this.chosen = -1;
    this.mark();
  }

  /** Handles the keys that belong to the list; true when it took one. */
  key(event) {
    if (!this.open) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.move(step);
    else if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && this.chosen >= 0) this.pick(this.chosen);
    else if (event.key === "Tab" && this.chosen >= 0) this.complete();
    else return false;
    event.preventDefault();
    return true;
  }

  move(step) {
    const count = this.shown.length;
    this.chosen = this.chosen < 0 && step < 0 ? count - 1 : (this.chosen + step + count) % count;
    this.mark();
  }

  complete() {
    this.field.value = `/${this.shown[this.chosen].command} `;
    this.close();
  }

  pick(index) {
    const { command } = this.shown[index];
    this.close();
    this.onPick(`/${command}`);
  }

  mark() {
    this.opener.setAttribute("aria-expanded", String(this.open));
    [...this.element.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.chosen));
      if (index === this.chosen) option.scrollIntoView({ block: "nearest" });
    });
    if (this.chosen >= 0) this.field.setAttribute("aria-activedescendant", `${this.id}-${this.chosen}`);
    else this.field.removeAttribute("aria-activedescendant");
  }
}
