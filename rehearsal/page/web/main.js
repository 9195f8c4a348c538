// The page's beginning: reads the rehearsal once, then follows what changes.

import { get, post } from "./server/api.js";
import { Calls } from "./panels/calls.js";
import { RehearsalClock } from "./clock/clock.js";
import { ClockPanel } from "./clock/clock_panel.js";
import { listen } from "./server/live.js";
import { banner, notice } from "./panels/notices.js";
import { People } from "./panels/people.js";
import { Phone } from "./chat/phone.js";
import { buildSheets } from "./panels/sheets.js";
import { Timeline } from "./clock/timeline.js";
import { Tour } from "./panels/tour.js";
import { LANGUAGES, loadWords, pageLanguage, speak, t } from "./words.js";

const NAMES = { es: "Español", pt: "Português", en: "English", fr: "Français" };
const HOME = "America/Argentina/Buenos_Aires";
const TICK_MS = 250;
const TOUR_SPEED = 600;

class Page {
  constructor(state) {
    this.line = document.getElementById("line");
    this.clock = new RehearsalClock(state.clock);
    this.panel = new ClockPanel(this.clock, HOME);
    this.timeline = new Timeline(state, this.clock, HOME, (at) => this.panel.turnTo(at));
    const people = state.people.map((person, index) => ({ ...person, role: role(person, index === state.people.length - 1) }));
    this.phones = new Map(people.map((person) => [person.id, new Phone(person, state.bot, this.clock, (phone) => this.people.count(phone))]));
    document.getElementById("phones").append(...[...this.phones.values()].map((phone) => phone.element));
    this.people = new People(people, (id, shown) => this.show(id, shown));
    const names = new Map(people.map((person) => [person.id, person.name]));
    this.calls = new Calls(HOME, (id) => names.get(id) ?? String(id));
    this.sheets = buildSheets((open) => this.calls.setOpen(open));
    this.tour = new Tour({
      subscribe: () => this.subscribe(),
      next: () => this.panel.turn("clock/next"),
      move: () => this.play("organizer-moves-a-session", "stage.moved"),
      watch: () => this.panel.setSpeed(TOUR_SPEED),
      panel: () => this.play("panel-is-asked", "stage.asked"),
      certificate: () => this.play("certificate-is-given", "stage.certified"),
      end: () => this.panel.setSpeed(1),
    });
    document.getElementById("subscribe").addEventListener("click", () => this.subscribe());
    this.line.addEventListener("click", () => this.cutLine());
    this.followPeople(state.people);
    this.followClock(state.clock);
    setInterval(() => this.tick(), TICK_MS);
  }

  /** Follows the server's word about the clock and the line. */
  followClock(told) {
    this.clock.hear(told);
    this.panel.follow();
    this.tour?.setBusy(Boolean(this.clock.busy));
    const cut = String(this.clock.lineCut);
    if (this.line.getAttribute("aria-checked") !== cut) {
      this.line.setAttribute("aria-checked", cut);
      banner(this.clock.lineCut ? "stage.is_cut" : null);
    }
    this.tick();
  }

  followPeople(people) {
    for (const person of people) this.phones.get(person.id)?.follow(person);
  }

  show(id, shown) {
    const phone = this.phones.get(id);
    phone.element.hidden = !shown;
    if (!shown) return;
    if (phone.known) this.people?.count(phone);
    phone.log.looked();
  }

  tick() {
    const now = this.clock.now();
    this.panel.tick(now);
    this.timeline.tick(now);
    this.people.tick(now);
    for (const phone of this.phones.values()) phone.tick();
  }

  changed(news) {
    // A server started anew plays another rehearsal: nothing on this page is about it.
    if (this.reconnected && this.clock.isOfAnother(news.clock)) return location.reload();
    this.reconnected = false;
    this.followClock(news.clock);
    if (news.people) this.followPeople(news.people);
    if (news.programme) this.timeline.follow(news.programme);
    for (const id of news.chats) this.phones.get(id)?.refresh();
    for (const id of news.answered) this.phones.get(id)?.answered();
    for (const toast of news.toasts) this.phones.get(toast.user)?.toast(toast);
    this.calls.heard(news.last_call);
    return undefined;
  }

  /** True when it was done. */
  async subscribe() {
    const done = await post("everyone-subscribes");
    if (done) notice(t("stage.subscribed"));
    return Boolean(done);
  }

  async play(act, told) {
    const played = await post(act);
    if (played?.person) this.people.bring(played.person);
    if (played) notice(t(told, { n: played.number }));
    return Boolean(played);
  }

  async cutLine() {
    const told = await post("line", { cut: !this.clock.lineCut });
    if (!told) return;
    this.followClock(told);
    if (!told.line_cut) notice(t("stage.is_back"));
  }

  speak(language) {
    localStorage.setItem("ciclo-language", language);
    speak(language);
    this.timeline.write();
    this.panel.follow();
    this.tick();
  }
}

const role = (person, isLast) => (person.organizer ? "organizer" : isLast ? "you" : "participant");

function languageSwitch(page) {
  const choice = document.getElementById("language");
  choice.append(...LANGUAGES.map((each) => new Option(NAMES[each], each, false, each === pageLanguage())));
  choice.addEventListener("change", () => page.speak(choice.value));
}

async function begin() {
  await loadWords(new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("ciclo-language"));
  speak(pageLanguage());
  let lost = false;
  const page = new Page(await get("state"));
  languageSwitch(page);
  listen({
    onOpen: () => {
      if (lost) notice(t("page.back"));
      page.reconnected = lost;
      lost = false;
      document.body.dataset.live = "yes";
    },
    onChange: (news) => page.changed(news),
    onLost: () => {
      if (!lost) notice(t("page.lost"), "error");
      lost = true;
      document.body.dataset.live = "no";
    },
  });
}

begin().catch((error) => notice(error.message, "error"));
