/* Days, as ISO dates, and the documents that are in force on them. */

const LOCALES = { en: "en-GB", zh: "zh-CN" };
const DAY_MS = 24 * 3600 * 1000;
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

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

/** A day as readers write it, as an ISO date; null for all else. @param {string} text */
export function readDay(text) {
  const plain = text.replaceAll(/\s/g, "");
  const found = DAY.exec(plain) ?? DIGITS.exec(plain) ?? DAY.exec(dayInWords(text));
  if (!found) return null;
  const [, year, month, day] = found;
  const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const read = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(read.valueOf()) && read.toISOString().startsWith(iso) ? iso : null;
}

/** "25 April 2025" and "April 25, 2025" @param {string} text */
function dayInWords(text) {
  const [, name = ""] = /([a-z]{3,9})/i.exec(text) ?? [];
  const month = MONTHS.indexOf(name.slice(0, 3).toLowerCase()) + 1;
  const [day, year] = (text.match(/\d+/g) ?? []).toSorted((a, b) => a.length - b.length);
  return month && year?.length === 4 ? `${year}-${month}-${day}` : "";
}
