/* Days, as ISO dates, and the documents that are in force on them. */

const LOCALES = { en: "en-GB", zh: "zh-CN" };
const DAY_MS = 24 * 3600 * 1000;

/** @param {string} day */
export const eveOf = (day) => new Date(Date.parse(day) - DAY_MS).toISOString().slice(0, 10);

/**
 * The index of the stop in force on a day, or of the first.
 * @param {readonly { on: string }[]} stops
 * @param {string} day
 */
export const stopIndex = (stops, day) =>
  Math.max(
    0,
    stops.findLastIndex((stop) => stop.on <= day),
  );

// each takes longer to make than all its uses
/** @type {Partial<Record<Lang, Intl.DateTimeFormat>>} */
const formats = {};

/** @param {string} day @param {Lang} lang */
export function longDay(day, lang) {
  formats[lang] ??= new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: "long", timeZone: "UTC" });
  return formats[lang].format(new Date(day));
}
