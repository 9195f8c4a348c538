// The messages on one screen, kept up to date piece by piece: focus and place stay where they are.

import { bubble } from "./bubble.js";
import { make } from "../dom.js";
import { dayAndMonth } from "../clock/moments.js";
import { t } from "../words.js";

const NEAR_THE_END = 60;

export class ChatLog {
  constructor(phone) {
    this.phone = phone;
    this.shown = new Map(); // message id → {line, was}
    this.list = make("div", { class: "log", role: "log", "aria-live": "off", "aria-label": t("phone.log", { bot: phone.bot }, phone.lang), tabindex: "0", "data-testid": `chat-${phone.id}` });
    this.more = make("button", { type: "button", class: "newer", hidden: true, onclick: () => this.toEnd() });
    this.element = make("div", { class: "log-place" }, this.list, this.more);
    this.unseen = 0;
    this.stick = true;
    this.top = 0;
    this.list.addEventListener("scroll", () => this.scrolled());
    // A keyboard that opens, or a window that shrinks, must not push the last message out of sight.
    new ResizeObserver(() => this.stick && this.toEnd(true)).observe(this.list);
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }

  /** Stays at the end until somebody scrolls up; a smooth way down only ever goes down. */
  scrolled() {
    const { scrollTop } = this.list;
    if (this.atEnd()) {
      this.stick = true;
      this.seen();
    } else if (scrollTop < this.top) {
      this.stick = false;
    }
    this.top = scrollTop;
  }

  toEnd(atOnce = false) {
    const calm = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.stick = true;
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: calm ? "instant" : "smooth" });
    this.seen();
  }

  seen() {
    this.unseen = 0;
    this.more.hidden = true;
  }

  /** Shows exactly these messages. */
  show(messages) {
    const first = this.shown.size === 0;
    const ids = new Set(messages.map((each) => each.id));
    for (const [id, { line }] of this.shown) if (!ids.has(id)) this.remove(id, line);
    const news = messages.filter((message) => this.place(message, first));
    this.separateDays(messages);
    // What was said before the page came is not read aloud.
    if (first) requestAnimationFrame(() => this.list.setAttribute("aria-live", "polite"));
    if (this.stick) this.toEnd(first || !this.list.checkVisibility());
    else this.tellOf(news.length);
  }

  tellOf(count) {
    this.unseen += count;
    this.more.hidden = this.unseen === 0;
    this.more.textContent = t("phone.newer", { n: this.unseen }, this.phone.lang);
  }

  remove(id, line) {
    line.remove();
    this.shown.delete(id);
  }

  /** Puts or renews one message; true when it is new. */
  place(message, first) {
    const was = JSON.stringify(message);
    const known = this.shown.get(message.id);
    if (known?.was === was) return false;
    const line = bubble(message, this.phone);
    if (!known) {
      if (!first) line.classList.add("arrives");
      this.list.append(line);
    } else {
      keepFocus(known.line, line);
    }
    this.shown.set(message.id, { line, was });
    return !known;
  }

  separateDays(messages) {
    let before = "";
    for (const { id, sent_at } of messages) {
      const { line } = this.shown.get(id);
      const label = dayAndMonth(new Date(sent_at), this.phone.zone, this.phone.lang);
      const has = line.previousElementSibling?.classList.contains("day-label") ? line.previousElementSibling : null;
      if (label === before) has?.remove();
      else if (has) has.textContent = label;
      else line.before(make("div", { class: "day-label", text: label }));
      before = label;
    }
    for (const label of this.list.querySelectorAll(".day-label")) {
      if (!label.nextElementSibling || label.nextElementSibling.classList.contains("day-label")) label.remove();
    }
  }
}

/** Replaces a line; where one of its buttons had the focus, the one at its place gets it. */
function keepFocus(old, line) {
  const stops = (root) => [...root.querySelectorAll("button, a")];
  const place = stops(old).indexOf(document.activeElement);
  old.replaceWith(line);
  if (place < 0) return;
  const now = stops(line);
  (now[Math.min(place, now.length - 1)] ?? line.closest(".log"))?.focus({ preventScroll: true });
}
