// A message's words as elements: from the server's escaped HTML, which knows a handful of tags and nothing else.

import { make } from "../dom.js";
import { phoneMoment } from "../clock/moments.js";
import { t } from "../words.js";

// The server cuts where any formatting begins or ends; what belongs together is joined again.
const JOINED = new Set(["BLOCKQUOTE", "PRE", "A", "TIME", "CODE", "MARK"]);

/** `phone`: {zone, lang, now(), command(text)} of the person who reads. */
export function formatted(html, phone) {
  const { content } = read(html);
  join(content);
  for (const found of content.querySelectorAll("span.bot_command")) found.replaceWith(command(found, phone));
  for (const found of content.querySelectorAll("span.email")) found.replaceWith(mail(found));
  for (const found of content.querySelectorAll("mark")) found.replaceWith(spoiler(found, phone));
  for (const found of content.querySelectorAll("time")) prepareTime(found, phone);
  return content;
}

/** The same words without any formatting. */
export const plain = (html) => read(html).content.textContent;

function read(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template;
}

function join(parent) {
  for (const child of [...parent.children]) {
    const before = child.previousSibling;
    if (JOINED.has(child.tagName) && before?.cloneNode && alike(before, child)) {
      before.append(...child.childNodes);
      child.remove();
    }
  }
  for (const child of parent.children) join(child);
}

const alike = (one, other) => one.nodeType === Node.ELEMENT_NODE && one.cloneNode().isEqualNode(other.cloneNode());

function command(found, phone) {
  const text = found.textContent;
  return make("button", { type: "button", class: "command", onclick: () => phone.command(text) }, ...found.childNodes);
}

const mail = (found) => make("a", { href: `mailto:${found.textContent}` }, ...found.childNodes);

function spoiler(found, phone) {
  const inside = make("span", { "aria-hidden": "true" }, ...found.childNodes);
  const cover = make("button", { type: "button", class: "spoiler", "aria-label": t("phone.spoiler", {}, phone.lang) }, inside);
  cover.addEventListener("click", () => cover.replaceWith(make("span", {}, ...inside.childNodes)));
  return cover;
}

function prepareTime(element, phone) {
  element.dataset.plain = element.textContent;
  element.title = t("phone.written", { text: element.textContent }, phone.lang);
  showMoment(element, phone);
}

/** Fills a <time> in, as Telegram does on a phone; again and again where it is relative. */
export function showMoment(element, phone) {
  const { format = "", plain: written, unix } = element.dataset;
  const text = phoneMoment(new Date(unix * 1000), format, { zone: phone.zone, lang: phone.lang, now: phone.now() }) ?? written;
  if (element.textContent !== text) element.textContent = text;
}
