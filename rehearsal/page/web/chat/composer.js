// The foot of a phone's screen: text field, menu, attachments; and the one button that fits the moment.

import { AttachMenu } from "./attach_menu.js";
import { CommandMenu } from "./command_menu.js";
import { icon, make } from "../dom.js";
import { InlineMenu } from "./inline_menu.js";
import { replyKeyboard } from "./keyboards.js";
import { t } from "../words.js";

const LONGEST_TEXT = 4096;

export class Composer {
  /** `acts`: {say(text), send(kind, body), unblock(), ask(query), pick(query, index)}; `bot` is the bot's own name. */
  constructor(person, bot, lang, acts) {
    Object.assign(this, { id: person.id, bot, lang, acts });
    this.buildForm();
    this.instead = make("button", { type: "button", class: "instead", hidden: true });
    this.keyboard = make("div", { class: "keyboard-place" });
    this.element = make("div", { class: "composer", "data-testid": `composer-${person.id}` }, this.menu.element, this.offers.element, this.attach.element, this.instead, this.form, this.keyboard);
    this.keyboardNow = "";
  }

  word(key) {
    return t(`phone.${key}`, {}, this.lang);
  }

  buildForm() {
    this.field = make("textarea", { rows: "1", maxlength: LONGEST_TEXT, "aria-label": this.word("message"), placeholder: this.word("message") });
    this.menuButton = make("button", { type: "button", class: "menu", "aria-expanded": "false", text: this.word("menu"), onclick: () => this.toggleMenu() });
    // Pressed while the list is open, it must not first close it by taking the focus away.
    this.menuButton.addEventListener("mousedown", (event) => event.preventDefault());
    this.menu = new CommandMenu(this.field, this.menuButton, this.lang, (command) => this.say(command));
    this.offers = new InlineMenu(this.field, this.bot, this.lang, this.acts);
    const clip = make("button", { type: "button", class: "round", "aria-label": this.word("attach"), title: this.word("attach") }, icon("clip"));
    this.attach = new AttachMenu(clip, this.lang, this.acts);
    const send = make("button", { type: "submit", class: "round send", "aria-label": this.word("send"), title: this.word("send") }, icon("send"));
    this.form = make("form", { class: "compose-form" }, this.menuButton, this.field, clip, send);
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => [this.menu, this.offers].forEach((each) => each.close()));
  }

  toggleMenu() {
    if (this.menu.open) this.menu.close();
    else this.menu.show();
    this.field.focus();
  }

  typed() {
    this.fit();
    this.menu.follow();
    this.offers.follow();
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 120)}px`;
  }

  key(event) {
    if (this.menu.key(event) || this.offers.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    if (this.field.value.trim()) this.say(this.field.value);
    else this.field.focus();
  }

  /** What is refused goes back into the field. */
  async say(text) {
    this.field.value = "";
    this.typed();
    if (!(await this.acts.say(text)) && !this.field.value) {
      this.field.value = text;
      this.fit();
    }
  }

  /** Follows the phone: {empty, blocked, offline, commands, keyboard}. Never touches what is being typed. */
  follow({ empty, blocked, offline, commands, keyboard }) {
    this.menu.commands = commands;
    this.menuButton.hidden = commands.length === 0;
    const instead = blocked ? "unblock" : empty ? "start" : null;
    const hadFocus = this.element.contains(document.activeElement);
    // A chat can be begun by its button or by simply writing; a blocked bot only by its button.
    this.form.hidden = blocked;
    this.instead.hidden = !instead;
    if (instead) {
      this.instead.textContent = this.word(instead);
      this.instead.dataset.testid = `${instead}-${this.id}`;
      this.instead.onclick = () => (blocked ? this.acts.unblock() : this.acts.say("/start"));
    }
    for (const control of [...this.form.elements, this.instead]) control.disabled = offline;
    if (hadFocus && !document.activeElement.checkVisibility()) (instead ? this.instead : this.field).focus();
    this.showKeyboard(instead || offline ? null : keyboard);
  }

  showKeyboard(rows) {
    const wanted = JSON.stringify(rows ?? null);
    if (wanted === this.keyboardNow) return;
    this.keyboardNow = wanted;
    const acts = { say: (text) => this.acts.say(text), whereAmI: () => this.attach.showPlaces() };
    this.keyboard.replaceChildren(...(rows ? [replyKeyboard(rows, this.lang, acts)] : []));
  }
}
