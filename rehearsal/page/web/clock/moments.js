// Instants as people read them: in a zone, in a language, on a 24-hour clock.

const LOCALES = { es: "es", pt: "pt-BR", en: "en-GB", fr: "fr" };
const made = new Map();

function formatter(lang, zone, options) {
  const key = `${lang}|${zone}|${JSON.stringify(options)}`;
  if (!made.has(key)) {
    const all = { timeZone: zone, ...(options.hour ? { hourCycle: "h23" } : {}), ...options };
    made.set(key, new Intl.DateTimeFormat(LOCALES[lang], all));
  }
  return made.get(key);
}

const HOUR = { hour: "2-digit", minute: "2-digit" };

export const hour = (date, zone, lang) => formatter(lang, zone, HOUR).format(date);
export const hourWithSeconds = (date, zone, lang) => formatter(lang, zone, { ...HOUR, second: "2-digit" }).format(date);
export const day = (date, zone, lang) =>
  formatter(lang, zone, { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(date);
export const shortDay = (date, zone, lang) => formatter(lang, zone, { weekday: "short", day: "numeric", month: "short" }).format(date);
export const dayAndMonth = (date, zone, lang) => formatter(lang, zone, { day: "numeric", month: "long" }).format(date);
export const shortMoment = (date, zone, lang) =>
  formatter(lang, zone, { weekday: "short", day: "numeric", month: "short", ...HOUR }).format(date);

/** Hours since midnight there, with fractions. */
export function hoursThere(date, zone) {
  const [hours, minutes] = formatter("en", zone, HOUR).format(date).split(":").map(Number);
  return hours + minutes / 60;
}

/** The value of a datetime-local input that shows the instant in that zone. */
export function inputValue(date, zone) {
  const parts = { year: "numeric", month: "2-digit", day: "2-digit", ...HOUR };
  const of = Object.fromEntries(formatter("en", zone, parts).formatToParts(date).map((part) => [part.type, part.value]));
  return `${of.year}-${of.month}-${of.day}T${of.hour}:${of.minute}`;
}

const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

function relative(date, now, lang) {
  const seconds = Math.round((date - now) / 1000);
  const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? UNITS.at(-1);
  return new Intl.RelativeTimeFormat(LOCALES[lang], { numeric: "auto" }).format(Math.trunc(seconds / size), unit);
}

/**
 * A date_time entity as a phone shows it. Source: https://core.telegram.org/bots/api#date-time-entity-formatting
 * (r relative, w weekday, d and D short and long date, t and T short and long time; null: the text as written).
 */
export function phoneMoment(date, format, { zone, lang, now }) {
  if (format === "r") return relative(date, now, lang);
  const options = {};
  if (format.includes("w")) options.weekday = format.includes("D") ? "long" : "short";
  if (format.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (format.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(format)) Object.assign(options, HOUR);
  if (format.includes("T")) options.second = "2-digit";
  return Object.keys(options).length ? formatter(lang, zone, options).format(date) : null;
}
