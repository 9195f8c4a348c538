// The page's words in four languages; a word bound to an element changes with the page's language, in place.

export const LANGUAGES = ["es", "pt", "en", "fr"];
let dictionary = {};
let language = "es";

export async function loadWords(wanted) {
  dictionary = await (await fetch("words.json")).json();
  language = LANGUAGES.includes(wanted) ? wanted : "es";
}

export const pageLanguage = () => language;

/** The nearest of the four to a phone's language code. */
export const nearest = (code) => LANGUAGES.find((each) => (code ?? "").startsWith(each)) ?? "es";

/** A text: in the page's language, or in the one given (a phone speaks its owner's). */
export function t(key, args = {}, lang = language) {
  const text = dictionary[key]?.[lang] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => args[name] ?? whole);
}

export const knows = (key) => key in dictionary;

export function cityOf(zone, lang = language) {
  const key = `city.${zone}`;
  return knows(key) ? t(key, {}, lang) : zone.split("/").pop().replaceAll("_", " ");
}

/** Binds an element's text to a key. */
export function say(element, key, args) {
  element.dataset.t = key;
  if (args) element.dataset.tArgs = JSON.stringify(args);
  else delete element.dataset.tArgs;
  element.textContent = t(key, args);
  return element;
}

/** Binds an element's accessible name to a key. */
export function name(element, key, args) {
  element.dataset.tLabel = key;
  if (args) element.dataset.tArgs = JSON.stringify(args);
  element.setAttribute("aria-label", t(key, args));
  return element;
}

/** Writes all bound words under `root` again. */
export function translate(root = document) {
  for (const element of root.querySelectorAll("[data-t], [data-t-label]")) {
    const args = element.dataset.tArgs ? JSON.parse(element.dataset.tArgs) : {};
    if (element.dataset.t) element.textContent = t(element.dataset.t, args);
    if (element.dataset.tLabel) element.setAttribute("aria-label", t(element.dataset.tLabel, args));
  }
}

export function speak(wanted) {
  language = wanted;
  document.documentElement.lang = wanted;
  document.title = t("page.title");
  translate();
}
