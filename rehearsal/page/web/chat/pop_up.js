// What the bot's answer to a press shows over the chat: a passing line, or a box to be closed.

import { make } from "../dom.js";
import { t } from "../words.js";

const SHOWN_MS = 4000;

export function popUp(screen, { text, show_alert }, lang) {
  if (show_alert) alertBox(screen, text, lang);
  else passingLine(screen, text);
}

function passingLine(screen, text) {
  screen.querySelector(".toast")?.remove();
  const line = make("div", { class: "toast", role: "status", "data-testid": "toast" });
  screen.querySelector(".log-place").append(line);
  // A live region is read when it changes, not when it comes filled.
  requestAnimationFrame(() => (line.textContent = text));
  setTimeout(() => line.remove(), SHOWN_MS);
}

function alertBox(screen, text, lang) {
  const before = document.activeElement;
  const mine = screen.contains(before);
  const close = () => {
    box.remove();
    if (mine && before.isConnected) before.focus({ preventScroll: true });
  };
  const ok = make("button", { type: "button", class: "key", text: t("phone.ok", {}, lang), onclick: close });
  const inner = make("div", { class: "alert", role: "alertdialog", "aria-label": text, "data-testid": "alert" }, make("p", { text }), ok);
  const box = make("div", { class: "alert-place" }, inner);
  box.addEventListener("keydown", (event) => event.key === "Escape" && close());
  screen.append(box);
  if (mine) ok.focus();
}
