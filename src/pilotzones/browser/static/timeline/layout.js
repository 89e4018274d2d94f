/* Where days lie on the track of the timeline: in true distance of time, as far as labels allow. */

const MARGIN_PX = { narrow: 16, wide: 44 };
const LABEL_PX = 92; // with some air
const STOP_PX = { least: 26, most: 60, wide: 88 };
const TINY_PX = 20;
const COUNTS_FROM_PX = 46;

/**
 * What a track of this width has room for.
 * @param {number} width in pixels
 * @param {number} count number of stops
 */
export function spacing(width, count) {
  const narrow = width < LABEL_PX * count;
  const margin = narrow ? MARGIN_PX.narrow : MARGIN_PX.wide;
  const room = width - 2 * margin;
  const share = Math.min(STOP_PX.most, (0.9 * room) / count);
  const gap = narrow ? Math.max(STOP_PX.least, share) : STOP_PX.wide;
  return {
    narrow,
    margin,
    room,
    gap,
    tiny: room / Math.max(1, count - 1) < TINY_PX,
    counts: gap >= COUNTS_FROM_PX,
  };
}

/**
 * Positions in true distance of time, pushed apart where labels would touch.
 * @param {readonly string[]} days
 * @param {number} width
 * @param {number} gap
 */
export function layout(days, width, gap) {
  if (days.length === 1) return [width / 2];
  const times = days.map((day) => Date.parse(day));
  const [first, last] = [times[0], times[times.length - 1]];
  const least = Math.min(gap, width / (days.length - 1));
  const places = times.map((time) => ((time - first) / (last - first)) * width);
  for (let i = 1; i < places.length; i += 1) places[i] = Math.max(places[i], places[i - 1] + least);
  places[places.length - 1] = width;
  for (let i = places.length - 2; i >= 0; i -= 1) {
    places[i] = Math.min(places[i], places[i + 1] - least);
  }
  return places;
}

/**
 * Where a day lies between two stops, or one after the last: at the end.
 * @param {string} day
 * @param {readonly string[]} days
 * @param {readonly number[]} places
 * @param {number} end
 */
export function place(day, days, places, end) {
  const after = days.findIndex((stop) => stop > day);
  if (after === -1) return day === days[days.length - 1] ? places[places.length - 1] : end;
  if (after === 0) return places[0];
  const [from, to] = [Date.parse(days[after - 1]), Date.parse(days[after])];
  const share = (Date.parse(day) - from) / (to - from);
  return places[after - 1] + share * (places[after] - places[after - 1]);
}

/** Index of the place nearest to a position. @param {readonly number[]} places @param {number} x */
export function nearest(places, x) {
  const distances = places.map((one) => Math.abs(one - x));
  return distances.indexOf(Math.min(...distances));
}
