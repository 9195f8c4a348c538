// The buttons under a message, and the bot's keyboard under the text field.

import { hidden, icon, make } from "../dom.js";
import { notice } from "../panels/notices.js";
import { t } from "../words.js";

const SAFE = /^(https?|tg):/i;

export function inlineKeyboard(message, phone) {
  const rows = message.keyboard.map((row, r) =>
    make("div", { class: "keys" }, ...row.map((button, c) => inlineKey(button, message, r, c, phone))),
  );
  return make("div", { class: "keyboard", role: "group", "aria-label": t("phone.buttons", {}, phone.lang) }, ...rows);
}

function inlineKey(button, message, row, column, phone) {
  const look = `key ${button.style ? `key-${button.style}` : ""}`;
  if (button.url) {
    const url = SAFE.test(button.url) ? button.url : "#";
    return make(
      "a",
      { class: look, href: url, target: "_blank", rel: "noopener noreferrer" },
      button.text, icon("out"), hidden(` ${t("phone.opens", {}, phone.lang)}`),
    );
  }
  const key = make("button", { type: "button", class: look, text: button.text });
  key.addEventListener("click", () => pressed(button, key, () => phone.press(message, row, column, key), phone));
  return key;
}

async function pressed(button, key, press, phone) {
  if (button.callback_data !== undefined) return press();
  if (!button.copy_text) return notice(t("phone.not_here", {}, phone.lang));
  await navigator.clipboard?.writeText(button.copy_text.text);
  return notice(t("phone.copied", {}, phone.lang));
}

/** `acts`: {say(text), whereAmI()}. */
export function replyKeyboard(rows, lang, acts) {
  const key = (button) =>
    make("button", { type: "button", class: "key", onclick: () => replyPressed(button, lang, acts) },
      button.request_location ? icon("pin") : null, button.text);
  const lines = rows.map((row) => make("div", { class: "keys" }, ...row.map(key)));
  const label = t("phone.keyboard", {}, lang);
  return make("div", { class: "reply-keyboard", role: "group", "aria-label": label }, ...lines);
}

function replyPressed(button, lang, acts) {
  if (button.request_location) acts.whereAmI();
  else if (button.request_contact || button.web_app || button.request_poll) notice(t("phone.not_here", {}, lang));
  else acts.say(button.text);
}
