// One person's phone: the sky over it, its switches, the chat with the bot, and what pops up over it.

import { get, post } from "../server/api.js";
import { ChatLog } from "./chat_log.js";
import { Composer } from "./composer.js";
import { icon, make, oneAtATime } from "../dom.js";
import { showMoment } from "./formatting.js";
import { popUp } from "./pop_up.js";
import { PhoneHead } from "./phone_head.js";
import { nearest, t } from "../words.js";

const TYPING_MS = 5000;
const PRESS_MS = 15000;

export class Phone {
  /** `clock` tells the time; `onChat(phone)` is called after each change of the chat. */
  constructor(person, bot, clock, onChat) {
    Object.assign(this, { id: person.id, bot: bot.name, zone: person.zone, lang: nearest(person.language), clock, onChat });
    this.person = person;
    this.messages = [];
    this.known = false;
    this.log = new ChatLog(this);
    this.composer = new Composer(person, bot.username, this.lang, {
      say: (text) => this.does("says", { text }),
      send: (kind, body) => this.does(kind, body),
      unblock: () => this.does("unblock"),
      ask: (query) => this.does("inline", { query }),
      pick: (query, index) => this.does("picks", { query, index }),
    });
    this.head = new PhoneHead(person, (act, body) => this.does(act, body));
    this.element = this.build(bot);
    this.refresh = oneAtATime(() => this.read());
  }

  build(bot) {
    this.status = make("span", { class: "bot-status" });
    this.about = make("div", { class: "about", hidden: true });
    const mark = make("span", { class: "bot-mark" }, icon("cycle"));
    const bar = make("div", { class: "bot-bar" }, mark, make("span", { class: "bot-words" }, make("strong", { text: bot.name }), this.status));
    this.screen = make("div", { class: "screen", lang: this.lang }, bar, this.log.element, this.composer.element);
    this.log.list.append(this.about);
    return make("article", { class: "phone", "data-testid": `phone-${this.id}`, "aria-labelledby": `name-${this.id}` }, this.head.element, this.screen);
  }

  now() {
    return this.clock.now();
  }

  does(act, body) {
    return post(`people/${this.id}/${act}`, body);
  }

  command(text) {
    return this.does("says", { text });
  }

  /** Waits, as a phone does, until the bot has answered the press. */
  async press(message, row, column, key) {
    if (key.getAttribute("aria-busy") === "true") return;
    key.setAttribute("aria-busy", "true");
    setTimeout(() => key.removeAttribute("aria-busy"), PRESS_MS);
    const done = await this.does("presses", { message_id: message.id, row, column });
    if (!done) key.removeAttribute("aria-busy");
  }

  answered() {
    for (const key of this.screen.querySelectorAll("[aria-busy=true]")) key.removeAttribute("aria-busy");
  }

  toast(toast) {
    popUp(this.screen, toast, this.lang);
  }

  async read() {
    const chat = await get(`chats/${this.id}`).catch(() => null);
    if (!chat) return; // the stream breaks as well, and tells everything when it is back
    this.known = true;
    this.messages = chat.messages;
    this.setTyping(chat.typing);
    // First all that changes the room for messages, then they find their place in it.
    this.follow(this.person);
    this.log.show(chat.messages);
    this.onChat(this);
  }

  setTyping(typing) {
    clearTimeout(this.typingTimer);
    this.typing = typing;
    if (typing) this.typingTimer = setTimeout(() => this.setTyping(false), TYPING_MS);
    this.showStatus();
  }

  /** Follows what the server knows of the person: blocked, offline, commands. */
  follow(person) {
    this.person = person;
    this.head.follow(person);
    const keyboard = this.messages.findLast((each) => each.reply_keyboard)?.reply_keyboard ?? null;
    const { blocked, offline, commands } = person;
    this.composer.follow({ empty: this.messages.length === 0, blocked, offline, commands, keyboard });
    this.element.classList.toggle("is-offline", offline);
    this.showAbout();
    this.showStatus();
  }

  showAbout() {
    this.about.hidden = this.messages.length > 0 || !this.person.description;
    if (this.about.dataset.said === this.person.description) return;
    this.about.dataset.said = this.person.description;
    const question = make("strong", { text: t("phone.what", {}, this.lang) });
    this.about.replaceChildren(question, make("p", { text: this.person.description }));
  }

  showStatus() {
    const key = this.person.offline ? "waiting" : this.person.blocked ? "stopped" : this.typing ? "typing" : "bot";
    const words = t(`phone.${key}`, {}, this.lang);
    this.status.classList.toggle("is-typing", key === "typing");
    if (this.status.textContent !== words) this.status.textContent = words;
  }

  /** What changes with time alone. */
  tick() {
    this.head.tick(this.now());
    for (const element of this.log.list.querySelectorAll('time[data-format="r"]')) showMoment(element, this);
  }
}
