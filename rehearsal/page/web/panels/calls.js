// Every call of the Bot API, newest first: at most a few hundred rows, written once a frame.

import { get } from "../server/api.js";
import { make, onceAFrame, oneAtATime } from "../dom.js";
import { hourWithSeconds } from "../clock/moments.js";
import { say } from "../words.js";

const MOST_ROWS = 300;
const MOST_KEPT = 3000; // for the filter
const REST_MS = 250;
const REFUSED = "!refused";

export class Calls {
  /** `nameOf(chatId)` tells whose chat it is. */
  constructor(zone, nameOf) {
    Object.assign(this, { zone, nameOf, last: 0, newest: 0, calls: [], waiting: [], open: false });
    this.rows = document.getElementById("call-rows");
    this.filter = document.getElementById("call-filter");
    this.count = document.getElementById("call-count");
    this.empty = document.getElementById("no-calls");
    this.pause = document.getElementById("call-pause");
    this.methods = new Set();
    this.filter.append(say(make("option", { value: "" }), "calls.all"), say(make("option", { value: REFUSED }), "calls.refused"));
    this.filter.addEventListener("change", () => this.writeAll());
    this.pause.addEventListener("click", () => this.setPaused(this.pause.getAttribute("aria-pressed") !== "true"));
    document.getElementById("call-clear").addEventListener("click", () => this.clear());
    this.write = onceAFrame(() => this.writeNew());
    this.fetch = oneAtATime(() => this.read());
  }

  get paused() {
    return this.pause.getAttribute("aria-pressed") === "true";
  }

  setPaused(paused) {
    this.pause.setAttribute("aria-pressed", String(paused));
    if (!paused) this.heard();
  }

  /** Asks for what is new, up to that call; without being looked at, it asks for nothing. */
  heard(newest = this.newest) {
    this.newest = newest;
    if (this.open && !this.paused && newest > this.last) this.fetch();
  }

  setOpen(open) {
    this.open = open;
    this.heard();
  }

  async read() {
    const told = await get(`calls?after=${this.last}`).catch(() => null);
    const { calls, last } = told ?? { calls: [], last: this.last };
    this.last = last;
    this.waiting.push(...calls);
    this.write();
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }

  clear() {
    this.calls = [];
    this.waiting = [];
    this.rows.replaceChildren();
    this.empty.hidden = false;
  }

  writeNew() {
    const news = this.waiting.splice(0);
    this.calls = [...this.calls, ...news].slice(-MOST_KEPT);
    for (const call of news) this.knowMethod(call.method);
    this.rows.prepend(...this.rowsOf(news));
    while (this.rows.childElementCount > MOST_ROWS) this.rows.lastElementChild.remove();
    say(this.count, "calls.count", { n: this.last });
    this.empty.hidden = this.calls.length > 0;
  }

  writeAll() {
    this.rows.replaceChildren(...this.rowsOf(this.calls));
  }

  rowsOf(calls) {
    return calls.filter((call) => this.fits(call)).slice(-MOST_ROWS).reverse().map((call) => this.row(call));
  }

  fits(call) {
    const wanted = this.filter.value;
    return !wanted || (wanted === REFUSED ? call.status !== 200 : call.method === wanted);
  }

  knowMethod(method) {
    if (this.methods.has(method)) return;
    this.methods.add(method);
    const after = [...this.filter.options].slice(2).find((option) => option.value > method);
    this.filter.add(new Option(method, method), after ?? null);
  }

  row(call) {
    const good = call.status === 200;
    const summary = make(
      "summary",
      {},
      make("time", { datetime: call.at, text: hourWithSeconds(new Date(call.at), this.zone, "es") }),
      make("span", { class: "method", text: call.method }),
      make("span", { class: "whom", text: call.chat_id === null ? "" : this.nameOf(call.chat_id) }),
      make("span", { class: good ? "status" : "status bad", text: call.status }),
    );
    const row = make("details", { class: "call", "data-testid": `call-${call.number}` }, summary);
    row.addEventListener("toggle", () => row.open && this.fill(row, call), { once: true });
    return row;
  }

  fill(row, call) {
    if (call.description) row.append(make("p", { class: "refusal", text: call.description }));
    row.append(make("pre", { tabindex: "0", text: JSON.stringify(call.params, null, 2) }));
  }
}
