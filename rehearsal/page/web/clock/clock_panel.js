// The clock: what it shows, how fast it runs, where it can be turned to.

import { post } from "../server/api.js";
import { make } from "../dom.js";
import { day, hour, hourWithSeconds, inputValue, shortMoment } from "./moments.js";
import { notice } from "../panels/notices.js";
import { pageLanguage, say, t } from "../words.js";

const SPEEDS = [0, 1, 60, 600, 3600];
const SECONDS_UNTIL = 60;

export class ClockPanel {
  constructor(clock, zone) {
    Object.assign(this, { clock, zone });
    this.time = document.getElementById("clock-time");
    this.date = document.getElementById("clock-date");
    this.utc = document.getElementById("clock-utc");
    this.small = document.getElementById("small-time");
    this.next = document.getElementById("next-reminder");
    this.nextWhen = document.getElementById("next-when");
    this.form = document.getElementById("jump-form");
    this.field = document.getElementById("jump-at");
    this.field.value = inputValue(clock.now(), zone);
    this.buildSpeeds();
    this.next.addEventListener("click", () => this.turn("clock/next"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.turnTo(this.field.value);
    });
    this.follow();
  }

  buildSpeeds() {
    const inputs = SPEEDS.map((speed) => {
      const input = make("input", { type: "radio", name: "speed", value: speed, id: `speed-${speed}`, class: "hidden-text" });
      input.addEventListener("change", () => this.setSpeed(speed));
      const label = make("label", { for: input.id, class: "speed" });
      return [input, speed ? say(label, "clock.speed_n", { n: speed }) : say(label, "clock.speed_0")];
    });
    document.getElementById("speeds").append(...inputs.flat());
  }

  async setSpeed(speed) {
    const told = await post("clock/speed", { speed });
    if (told) this.clock.hear(told);
    this.follow();
    return Boolean(told);
  }

  turnTo(at) {
    return this.turn("clock/to", { to: at });
  }

  /** Turns the clock; true when it arrived. */
  async turn(path, body) {
    const told = await post(path, body);
    if (!told) return false;
    if (!told.turned_to) notice(t("error.no_next"));
    if (!told.turned_to) return false;
    const there = new Date(told.turned_to);
    this.field.value = inputValue(there, this.zone);
    notice(t("clock.turned", { when: shortMoment(there, this.zone, pageLanguage()) }));
    return true;
  }

  /** Follows the clock's own news: speed, next reminders, whether it turns. */
  follow() {
    const { speed, next, busy } = this.clock;
    for (const input of document.querySelectorAll("input[name=speed]")) input.checked = Number(input.value) === speed;
    for (const input of document.querySelectorAll("input[name=speed]")) input.disabled = Boolean(busy);
    document.body.classList.toggle("is-turning", Boolean(busy));
    this.next.disabled = Boolean(busy) || !next;
    for (const control of [...this.form.elements, document.getElementById("subscribe")]) control.disabled = Boolean(busy);
    if (busy) say(this.nextWhen, `clock.${busy}`);
    else if (next) say(this.nextWhen, "clock.next_at", { when: shortMoment(next, this.zone, pageLanguage()) });
    else say(this.nextWhen, "clock.no_next");
    this.next.setAttribute("aria-busy", String(Boolean(busy)));
  }

  tick(now) {
    const lang = pageLanguage();
    const exact = this.clock.speed > SECONDS_UNTIL ? hour : hourWithSeconds;
    const texts = [
      [this.time, exact(now, this.zone, lang)], [this.date, day(now, this.zone, lang)],
      [this.utc, `${exact(now, "UTC", lang)} UTC`], [this.small, hour(now, this.zone, lang)],
    ];
    for (const [element, text] of texts) if (element.textContent !== text) element.textContent = text;
  }
}
