// The cycle as a line: four sessions, the present, and what is already behind.

import { make } from "../dom.js";
import { dayAndMonth, hour, shortMoment } from "./moments.js";
import { name, pageLanguage, t } from "../words.js";

const GAP = 6;

export class Timeline {
  /** `turnTo(iso)` turns the clock. */
  constructor(programme, clock, zone, turnTo) {
    Object.assign(this, { clock, zone, turnTo });
    this.list = document.getElementById("sessions");
    this.present = document.getElementById("present");
    this.past = document.getElementById("past");
    this.follow(programme);
    new ResizeObserver(() => this.makeRoom()).observe(this.list);
  }

  /** Follows the programme as the server gives it: {sessions, timeline}. */
  follow({ sessions, timeline }) {
    this.sessions = sessions.map((each) => ({ ...each, start: new Date(each.starts_at), end: new Date(each.ends_at) }));
    this.sessions.sort((one, other) => one.start - other.start);
    this.from = new Date(timeline.from);
    this.to = new Date(timeline.to);
    this.write();
  }

  at(instant) {
    return Math.min(100, Math.max(0, (100 * (instant - this.from)) / (this.to - this.from)));
  }

  /** Writes the sessions again, in the page's language. */
  write() {
    this.list.replaceChildren(...this.sessions.map((session) => this.item(session)));
    this.begun = null;
    this.tick(this.clock.now());
    this.makeRoom();
  }

  /** Moves labels aside where sessions are close to each other, or to an end; their dots stay on the moment. */
  makeRoom() {
    const width = this.list.clientWidth;
    const boxes = this.sessions.map(({ item, button, start }) => ({ item, wide: button.offsetWidth, at: (this.at(start) * width) / 100 }));
    let least = 0;
    for (const box of boxes) {
      box.left = Math.max(box.at - box.wide / 2, least);
      least = box.left + box.wide + GAP;
    }
    let most = width;
    for (const box of boxes.toReversed()) {
      box.left = Math.min(box.left, most - box.wide);
      most = box.left - GAP;
      box.item.style.setProperty("--left", `${box.left}px`);
      box.item.style.setProperty("--dot", `${box.at - box.left}px`);
    }
  }

  item(session) {
    session.button = make(
      "button",
      { type: "button", class: "session", "data-testid": `session-${session.number}`, onclick: () => this.turnTo(session.starts_at) },
      make("strong", { text: t("clock.session", { n: session.number }) }),
      make("span", { text: session.cancelled ? t("clock.cancelled") : this.when(session.start) }),
    );
    session.item = make("li", {}, session.button);
    return session.item;
  }

  when(start) {
    return `${dayAndMonth(start, this.zone, pageLanguage())}, ${hour(start, this.zone, pageLanguage())}`;
  }

  tick(now) {
    const place = `${this.at(now).toFixed(2)}%`;
    if (place !== this.place) {
      this.place = place;
      this.present.style.setProperty("--at", place);
      this.past.style.setProperty("--at", place);
    }
    const begun = this.sessions.filter((each) => each.start <= now).length;
    const ended = this.sessions.filter((each) => each.end <= now).length;
    if (`${begun} ${ended}` === this.begun) return;
    this.begun = `${begun} ${ended}`;
    for (const session of this.sessions) this.mark(session, now);
  }

  mark(session, now) {
    const { number, title, start, end, cancelled, button, item } = session;
    const args = { n: number, title, when: shortMoment(start, this.zone, pageLanguage()) };
    const past = start <= now;
    button.disabled = past || cancelled;
    name(button, cancelled ? "clock.cancelled_session" : past ? "clock.past_session" : "clock.to_session", args);
    button.title = button.getAttribute("aria-label");
    item.className = cancelled ? "is-cancelled" : end <= now ? "is-past" : past ? "is-now" : "is-to-come";
    document.getElementById(`arc-${number}`)?.classList.toggle("is-full", end <= now && !cancelled);
  }
}
