// The guided tour: six steps, a minute or two; each does one thing and says where to look. It can be left at any time.

import { make } from "../dom.js";
import { name, say } from "../words.js";

const KEY = "ciclo-tour";
const STEPS = ["subscribe", "next", "move", "watch", "panel", "certificate"];
const WATCH = STEPS.indexOf("watch");

export class Tour {
  /** `acts`: for each step an async function that is true when it was done, and `end`. */
  constructor(acts) {
    this.acts = acts;
    this.place = document.getElementById("tour");
    this.opener = document.getElementById("tour-button");
    this.opener.addEventListener("click", () => this.show(0));
    const asked = new URLSearchParams(location.search).get("tour");
    if (asked !== "no" && !localStorage.getItem(KEY)) this.invite();
  }

  invite() {
    const begin = this.button("tour.begin", "primary", () => this.show(0));
    this.write(say(make("p"), "tour.invitation"), begin, this.button("tour.skip", "plain", () => this.end()));
  }

  /** Shows a step: what it does, and the button that does it. */
  show(step, focus = true) {
    if (step === WATCH + 1) this.acts.end();
    this.step = step;
    this.act = this.button(`tour.${STEPS[step]}_do`, "primary", () => this.perform());
    this.write(this.words("do"), this.act, this.button("tour.skip", "plain", () => this.end()));
    if (focus) this.act.focus({ preventScroll: true });
  }

  /** Says what to look at, once it was done. */
  look() {
    const last = this.step === STEPS.length - 1;
    const onward = last ? this.button("tour.end", "primary", () => this.end()) : this.button("tour.onward", "primary", () => this.show(this.step + 1));
    this.write(this.words("look"), onward, last ? null : this.button("tour.skip", "plain", () => this.end()));
    onward.focus({ preventScroll: true });
  }

  words(what) {
    const key = `tour.${STEPS[this.step]}${what === "look" ? "_look" : ""}`;
    const count = say(make("strong"), "tour.step", { n: this.step + 1, of: STEPS.length });
    return make("p", {}, count, " ", say(make("span"), key));
  }

  async perform() {
    const { step } = this;
    this.act.disabled = true;
    const done = await this.acts[STEPS[step]]();
    if (this.place.hidden || this.step !== step) return;
    if (done) this.look();
    else this.act.disabled = false;
  }

  setBusy(busy) {
    if (this.act?.isConnected) this.act.disabled = busy;
  }

  end() {
    if (this.step === WATCH) this.acts.end();
    localStorage.setItem(KEY, "seen");
    this.step = null;
    this.place.hidden = true;
    this.place.replaceChildren();
    if (this.opener.checkVisibility()) this.opener.focus({ preventScroll: true });
  }

  write(words, ...buttons) {
    name(this.place, "tour.name");
    this.place.replaceChildren(words, make("div", { class: "tour-buttons" }, ...buttons));
    this.place.hidden = false;
  }

  button(key, look, act) {
    return say(make("button", { type: "button", class: look, "data-testid": key.replace(".", "-"), onclick: act }), key);
  }
}
