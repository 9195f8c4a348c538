// What the page itself has to say: one card, read aloud politely, gone after a while.

import { make } from "../dom.js";
import { say } from "../words.js";

const SHOWN_MS = 7000;
const EDGE = 6;
const PRESSED = "button, a[href], select, input:not(.hidden-text), textarea, label.speed";
const SCROLLS = ".log, .rows, .clock-panel";
let card = null;
let timer = 0;

export function notice(text, kind = "info") {
  card ??= document.getElementById("notices");
  clearTimeout(timer);
  // A new element each time, so that the same words are read again.
  card.replaceChildren(make("p", { class: `notice ${kind}`, text }));
  placeNotice();
  timer = setTimeout(() => card.replaceChildren(), SHOWN_MS);
}

/** Finds the card's place again: a panel came or went. */
export function placeNotice() {
  if (card?.childElementCount) card.style.setProperty("--top", `${freePlace(card)}px`);
}

// Another step of the tour, longer words in another language or another window move what is pressed under the card.
const moved = new ResizeObserver(placeNotice);
for (const part of document.body.children) moved.observe(part);

/** The part of a box that can be seen: what is scrolled away inside a chat or a sheet covers nothing. */
function seen(element) {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const frame = element.parentElement.closest(SCROLLS)?.getBoundingClientRect() ?? { top: 0, bottom: innerHeight };
  return { left, right, top: Math.max(top, frame.top), bottom: Math.min(bottom, frame.bottom) };
}

/** How far down the card covers no button: as near as possible to the bar over the chats, where nothing is pressed. */
function freePlace(card) {
  const { left, right, height } = card.getBoundingClientRect();
  const sheet = [...document.querySelectorAll(".is-open")].find((each) => getComputedStyle(each).position === "fixed");
  const inUse = [...(sheet ?? document).querySelectorAll(PRESSED)].filter((each) => each.checkVisibility());
  const beside = inUse.map(seen).filter((box) => box.left < right && left < box.right && box.top < box.bottom);
  const bar = (sheet ? [sheet] : [...document.querySelectorAll(".bot-bar")]).find((each) => each.checkVisibility())?.getBoundingClientRect();
  const wished = sheet ? bar.top - height - EDGE : bar ? bar.top + (bar.height - height) / 2 : EDGE;
  const covered = (top) => beside.reduce((sum, box) => sum + Math.max(0, Math.min(box.bottom, top + height) - Math.max(box.top, top)), 0);
  const places = [wished];
  for (let top = EDGE; top < innerHeight - height - EDGE; top += 2) places.push(top);
  places.sort((one, other) => covered(one) - covered(other) || Math.abs(one - wished) - Math.abs(other - wished));
  return Math.max(places[0], EDGE);
}

/** A line above everything that stays until it is taken back; null takes it back. */
export function banner(key) {
  const place = document.getElementById("banner");
  place.hidden = !key;
  if (key) say(place, key);
}
