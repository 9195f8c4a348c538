// The cycle as a line: four sessions, the present, and what is already behind.

import { make } from "../dom.js";
import { dayAndMonth, hour, shortMoment } from "./moments.js";
import { name, pageLanguage, t } from "../words.js";

export class Timeline {
  /** `turnTo(iso)` turns the clock. */
  constructor({ sessions, timeline }, clock, zone, turnTo) {
    Object.assign(this, { clock, zone, turnTo });
    this.sessions = sessions.map((each) => ({ ...each, start: new Date(each.starts_at), end: new Date(each.ends_at) }));
    this.from = new Date(timeline.from);
    this.to = new Date(timeline.to);
    this.list = document.getElementById("sessions");
    this.present = document.getElementById("present");
    this.past = document.getElementById("past");
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
  }

  item(session) {
    session.button = make(
      "button",
      { type: "button", class: "session", "data-testid": `session-${session.number}`, onclick: () => this.turnTo(session.starts_at) },
      make("strong", { text: t("clock.session", { n: session.number }) }),
      make("span", { text: `${dayAndMonth(session.start, this.zone, pageLanguage())}, ${hour(session.start, this.zone, pageLanguage())}` }),
    );
    session.item = make("li", {}, session.button);
    session.item.style.setProperty("--at", `${this.at(session.start)}%`);
    return session.item;
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
    const { number, title, start, end, button, item } = session;
    const args = { n: number, title, when: shortMoment(start, this.zone, pageLanguage()) };
    const past = start <= now;
    button.disabled = past;
    name(button, past ? "clock.past_session" : "clock.to_session", args);
    button.title = button.getAttribute("aria-label");
    item.className = end <= now ? "is-past" : past ? "is-now" : "is-to-come";
    document.getElementById(`arc-${number}`)?.classList.toggle("is-full", end <= now);
  }
}
