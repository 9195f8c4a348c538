// What a phone can send besides words: a photo, a sticker, a voice message, a place.

import { icon, make } from "../dom.js";
import { cityOf, t } from "../words.js";

const PLACES = [
  ["America/Port-au-Prince", 18.5392, -72.335], ["America/Mexico_City", 19.4326, -99.1332],
  ["Europe/Zurich", 46.2044, 6.1432], ["America/Argentina/Buenos_Aires", -34.6037, -58.3816],
  ["America/Sao_Paulo", -23.5505, -46.6333], ["America/Lima", -12.0464, -77.0428],
  ["Europe/Madrid", 40.4168, -3.7038], ["Asia/Kolkata", 28.6139, 77.209], [null, 0, -140],
];
const THINGS = [["photo", "picture"], ["sticker", "sticker"], ["voice", "voice"]];

export class AttachMenu {
  /** `acts`: {send(kind, body)}. `opener` is the button that opens it and gets the focus back. */
  constructor(opener, lang, acts) {
    this.lang = lang;
    this.acts = acts;
    this.opener = opener;
    this.element = make("div", { class: "attachments", role: "group", "aria-label": t("phone.attach", {}, lang), hidden: true });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close(true);
    });
    opener.setAttribute("aria-expanded", "false");
    opener.addEventListener("click", () => (this.element.hidden ? this.showThings() : this.close()));
  }

  showThings() {
    const things = THINGS.map(([kind, drawing]) => this.choice(drawing, t(`phone.${kind}`, {}, this.lang), () => this.send(kind)));
    this.show(...things, this.choice("pin", t("phone.location", {}, this.lang), () => this.showPlaces()));
  }

  /** Opens the list of places at once, as a button that asks for the location does. */
  showPlaces() {
    const rows = PLACES.map(([zone, latitude, longitude]) => {
      const label = zone ? cityOf(zone, this.lang) : t("phone.sea", {}, this.lang);
      return this.choice("pin", label, () => this.send("location", { latitude, longitude }));
    });
    this.show(make("p", { class: "question", text: t("phone.where", {}, this.lang) }), ...rows);
  }

  show(...children) {
    this.element.replaceChildren(...children);
    this.element.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.element.querySelector("button").focus();
  }

  choice(drawing, label, act) {
    return make("button", { type: "button", class: "choice", onclick: act }, icon(drawing), make("span", { text: label }));
  }

  send(kind, body) {
    this.close(true);
    this.acts.send(kind, body);
  }

  close(giveFocusBack = false) {
    this.element.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    if (giveFocusBack) this.opener.focus();
  }
}
