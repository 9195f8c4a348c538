// One message as a bubble: words, media, the hour, and the buttons under it.

import { hidden, make } from "../dom.js";
import { formatted } from "./formatting.js";
import { inlineKeyboard } from "./keyboards.js";
import { mediaPart } from "./media.js";
import { hour } from "../clock/moments.js";
import { t } from "../words.js";

/** `phone`: {id, bot, zone, lang, now(), command(text), press(message, row, column, button)}. */
export function bubble(message, phone) {
  const side = message.from_bot ? "from-bot" : "own";
  const words = message.html ? make("div", { class: "words" }, formatted(message.html, phone)) : null;
  const body = make(
    "div",
    { class: "bubble" },
    hidden(`${message.from_bot ? phone.bot : t("phone.you", {}, phone.lang)}: `),
    message.media ? mediaPart(message, phone) : null,
    words,
    footer(message, phone),
  );
  const line = make("div", { class: `line ${side}`, "data-testid": `message-${message.id}`, "data-id": message.id }, body);
  if (message.keyboard.length) line.append(inlineKeyboard(message, phone));
  return line;
}

function footer(message, phone) {
  const sent = new Date(message.sent_at);
  return make(
    "div",
    { class: "foot" },
    message.edited ? make("span", { class: "edited", text: t("phone.edited", {}, phone.lang) }) : null,
    make("time", { class: "sent", datetime: message.sent_at, text: hour(sent, phone.zone, phone.lang) }),
  );
}
