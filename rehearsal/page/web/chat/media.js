// Pictures, files, stickers, voices and places inside a bubble.

import { icon, make } from "../dom.js";
import { plain } from "./formatting.js";
import { t } from "../words.js";

const PARTS = { photo, document: file, sticker, voice, location: place };

export function mediaPart(message, phone) {
  const { media } = message;
  return PARTS[media.kind]?.(media, phone, message) ?? null;
}

function photo(media, phone, message) {
  const label = t("phone.photo", {}, phone.lang);
  const frame = make("div", { class: "photo" });
  const picture = make("img", { src: media.file, alt: message.html ? `${label}: ${plain(message.html)}` : label, loading: "lazy" });
  // People's own photos in a rehearsal are not real pictures: a drawn one stands for them.
  picture.addEventListener("error", () => frame.replaceChildren(stand("picture", label)));
  frame.append(picture);
  return frame;
}

const stand = (drawing, label) => make("div", { class: "stand-in" }, icon(drawing), make("span", { text: label }));

function file(media, phone) {
  const name = media.file_name ?? "archivo";
  return make(
    "a",
    { class: "file", href: media.file, download: name, "aria-label": t("phone.download", { name }, phone.lang) },
    icon("file"),
    make("span", { class: "file-words" }, make("strong", { text: name }), make("span", { text: size(media.file_size, phone) })),
  );
}

function size(bytes, phone) {
  const large = bytes >= 1024;
  const unit = { style: "unit", unit: large ? "kilobyte" : "byte", maximumFractionDigits: 1 };
  return new Intl.NumberFormat(phone.lang, unit).format(large ? bytes / 1024 : bytes);
}

function sticker(media, phone) {
  const label = t("phone.sticker", {}, phone.lang);
  return make("div", { class: "sticker", role: "img", "aria-label": `${label} ${media.emoji ?? ""}`, text: media.emoji ?? label });
}

function voice(media, phone) {
  const seconds = String(media.duration ?? 0).padStart(2, "0");
  const label = t("phone.voice", {}, phone.lang);
  return make("div", { class: "voice" }, icon("voice"), make("span", { text: `${label}, 0:${seconds}` }));
}

function place(media, phone) {
  const degrees = new Intl.NumberFormat(phone.lang, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  const where = `${degrees.format(media.latitude)}; ${degrees.format(media.longitude)}`;
  const label = t("phone.location", {}, phone.lang);
  return make("div", { class: "place" }, icon("pin"), make("span", {}, make("strong", { text: label }), make("span", { text: where })));
}
