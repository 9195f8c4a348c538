// The messages on one screen, kept up to date piece by piece: focus and place stay where they are.

import { bubble } from "./bubble.js";
import { make } from "../dom.js";
import { dayAndMonth } from "../clock/moments.js";
import { t } from "../words.js";

const NEAR_THE_END = 60;
const HAND_MS = 1500; // a scroll so soon after a hand's move is a person's, not the page's own
const AIR = 10; // above a new message, in pixels

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
    this.from = null; // the message that is to be seen from its first line; null: the end
    this.list.addEventListener("scroll", () => this.scrolled());
    this.byHand = -HAND_MS;
    for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      this.list.addEventListener(kind, () => (this.byHand = performance.now()), { passive: true });
    }
    // A keyboard that opens, or a window that shrinks, must not push what was being read out of sight.
    new ResizeObserver(() => this.stick && this.toNews(true)).observe(this.list);
  }

  atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    return scrollHeight - scrollTop - clientHeight < NEAR_THE_END;
  }

  /** Follows what is new until somebody scrolls up, and again once they are back at the end. */
  scrolled() {
    const { scrollTop } = this.list;
    const byHand = performance.now() - this.byHand < HAND_MS;
    if (this.atEnd()) {
      this.stick = true;
      if (byHand) this.from = null;
      this.seen();
    } else if (byHand && scrollTop < this.top) {
      this.stick = false;
    }
    this.top = scrollTop;
  }

  toEnd() {
    this.from = null;
    this.toNews();
  }

  /** Goes to the first line of what is new, or to the end where all of it can be seen. */
  toNews(atOnce = false) {
    const calm = atOnce || matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.stick = true;
    this.list.scrollTo({ top: this.newsTop(), behavior: calm ? "instant" : "smooth" });
    this.seen();
  }

  newsTop() {
    const end = this.list.scrollHeight - this.list.clientHeight;
    const line = this.shown.get(this.from)?.line;
    return line ? Math.min(end, line.offsetTop - AIR) : end;
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
    const visible = this.list.checkVisibility();
    this.remember(first ? messages.slice(-1) : news, visible);
    if (this.stick) this.toNews(first || !visible);
    else this.tellOf(news.length);
  }

  /** What came while nobody looked at this phone stays the place to begin, until somebody does. */
  remember(news, visible) {
    const begin = news.find((each) => each.from_bot) ?? news[0];
    if (begin && (visible || !this.waits)) this.from = begin.id;
    this.waits = !visible && Boolean(begin || this.waits);
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

  /** Somebody looks at this phone now. */
  looked() {
    this.toNews(true);
    this.waits = false;
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
