// The sky over a place at its local hour: the same moment is morning for one person and night for another.

// hour, top, bottom; white text stays readable on every one of them (at least 4.5 to 1).
const SKIES = [
  [0, "#0c1230", "#1b2650"], [5, "#141b42", "#2e3062"], [6.5, "#33366c", "#934656"], [8.5, "#28598c", "#4d7087"],
  [12, "#165a8a", "#24719a"], [16, "#1c5a86", "#3b6f89"], [18.5, "#3a4176", "#9b4a33"], [20, "#1f2453", "#4b3562"],
  [22, "#0f1538", "#1f2a54"], [24, "#0c1230", "#1b2650"],
];

const parts = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
const mixed = (a, b, share) => `rgb(${parts(a).map((part, i) => Math.round(part + (parts(b)[i] - part) * share)).join(" ")})`;

/** Colours of the sky at a local hour, from 0 to below 24. */
export function skyAt(hours) {
  const index = SKIES.findIndex(([hour]) => hour > hours);
  const [from, to] = [SKIES[index - 1], SKIES[index]];
  const share = (hours - from[0]) / (to[0] - from[0]);
  return { top: mixed(from[1], to[1], share), bottom: mixed(from[2], to[2], share) };
}

/** Paints an element with it, and sets its place in the day, from 0 to 1. */
export function paint(element, hours) {
  const { top, bottom } = skyAt(hours);
  element.style.setProperty("--sky-top", top);
  element.style.setProperty("--sky-bottom", bottom);
  element.style.setProperty("--of-day", (hours / 24).toFixed(3));
}
