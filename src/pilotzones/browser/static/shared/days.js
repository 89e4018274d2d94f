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

/**
 * The day that some steps lead to, past days that are not among the given; the same day where there
 * is none.
 * @param {readonly string[]} days in order
 * @param {string} day
 * @param {number} by steps, back if negative
 */
export function stepDay(days, day, by) {
  const ahead = by < 0 ? days.filter((one) => one < day) : days.filter((one) => one > day);
  const steps = Math.min(Math.abs(by), ahead.length);
  if (!steps) return day;
  return by < 0 ? ahead[ahead.length - steps] : ahead[steps - 1];
}

// each takes longer to make than all its uses
/** @type {Partial<Record<Lang, Intl.DateTimeFormat>>} */
const formats = {};

/** @param {string} day @param {Lang} lang */
export function longDay(day, lang) {
  formats[lang] ??= new Intl.DateTimeFormat(LOCALES[lang], { dateStyle: "long", timeZone: "UTC" });
  return formats[lang].format(new Date(day));
}
