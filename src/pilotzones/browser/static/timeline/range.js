/* The two days of a comparison on the timeline: a handle for each, and neither moves the other. */

import { eveOf, stepDay } from "../shared/days.js";
import { nearest } from "./layout.js";

/** @typedef {"from" | "to"} End */
/** @typedef {{ from: string, to: string }} Days */

/**
 * The days that an end can be moved to: those of the documents, and for the earlier end the eve of
 * the first; none beyond the other end.
 * @param {readonly string[]} stops
 * @param {Days} days
 * @param {End} end
 */
export function daysOf(stops, days, end) {
  if (end === "to") return stops.filter((day) => day >= days.from);
  return [eveOf(stops[0]), ...stops].filter((day) => day <= days.to);
}

/**
 * Where some steps lead an end.
 * @param {readonly string[]} stops
 * @param {Days} days
 * @param {End} end
 * @param {number} by
 */
export const stepEnd = (stops, days, end, by) => stepDay(daysOf(stops, days, end), days[end], by);

/**
 * The day of an end that lies nearest to a position; the one it has where there is no other.
 * @param {readonly string[]} stops
 * @param {Days} days
 * @param {End} end
 * @param {number} x
 * @param {(day: string) => number} at
 */
export function dayAt(stops, days, end, x, at) {
  const known = daysOf(stops, days, end);
  // the eve of the first document lies where the document does: only a key reaches it
  const shown = known.filter((day) => stops.includes(day));
  return shown.length ? shown[nearest(shown.map(at), x)] : days[end];
}

/**
 * The end whose handle is nearer to a position; of two in one place the one on that side.
 * @param {Days} days
 * @param {number} x
 * @param {(day: string) => number} at
 * @returns {End}
 */
export function nearerEnd(days, x, at) {
  const [from, to] = [at(days.from), at(days.to)];
  return x < (from + to) / 2 ? "from" : "to";
}

/**
 * One day, or the two of a comparison as an interval.
 * @param {Pick<TimelineData, "page" | "on" | "since">} data
 */
export const daysAsked = ({ page, on, since }) => (page === "compare" ? `${since}/${on}` : on);
