// What the page itself has to say: one card, read aloud politely, gone after a while.

import { make } from "../dom.js";
import { say } from "../words.js";

const SHOWN_MS = 7000;
let card = null;
let timer = 0;

export function notice(text, kind = "info") {
  card ??= document.getElementById("notices");
  clearTimeout(timer);
  // A new element each time, so that the same words are read again.
  card.replaceChildren(make("p", { class: `notice ${kind}`, text }));
  timer = setTimeout(() => card.replaceChildren(), SHOWN_MS);
}

/** A line above everything that stays until it is taken back; null takes it back. */
export function banner(key) {
  const place = document.getElementById("banner");
  place.hidden = !key;
  if (key) say(place, key);
}
