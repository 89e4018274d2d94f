/* Where names stand: the more important first, none over another. Pixels throughout. */

import { crosses, lineTo, meets } from "./leaders.js";

/** @typedef {Pick<DOMRect, "left" | "right" | "top" | "bottom">} Rect */
/** @typedef {Rect & { line?: import("./leaders.js").Line }} Place with a line to what it names */

/**
 * A name that is wanted.
 * @typedef {object} Wanted
 * @property {string} key
 * @property {number} x of the middle of what it names
 * @property {number} y
 * @property {number} width of the text
 * @property {number} height
 * @property {number} room half the height that a name in the middle may have
 * @property {number} [gap] from the middle to a name beside it; without it the name stands inside
 * @property {number} [reach] how far from the middle a name may stand, with a line to it
 * @property {boolean} [insists] rather over another area than nowhere
 */

/** So many times as wide as high is the room for a name; see browser/names.py. */
const WIDE = 3;
/** A name may run a little over the edge of its area, where nothing else stands. */
const OVER_THE_EDGE = 1.4;
/** Between two names. */
const APART = 3;
/** Places away from the middle: so many directions, and between two distances. */
const DIRECTIONS = 12;
const FURTHER_PX = 18;

/** @param {Rect} one @param {Rect} other */
export const overlap = (one, other) =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;

/** @param {Rect} inner @param {Rect} outer */
export const inside = (inner, outer) =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;

/** @param {number} x @param {number} y @param {number} width @param {number} height */
export const around = (x, y, width, height) => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

/** Whether a name has room in the middle of its area. @param {Wanted} name */
export function fits({ width, height, room }) {
  const most = room * OVER_THE_EDGE;
  return most > 0 && (width / 2 / (WIDE * most)) ** 2 + (height / 2 / most) ** 2 <= 1;
}

/** @param {Wanted} name @returns {Rect[]} the best place first */
function candidates(name) {
  const { x, y, width, height, gap } = name;
  const places = fits(name) ? [around(x, y, width, height)] : [];
  if (gap === undefined) return places;
  const [beside, above] = [gap + width / 2, gap + height / 2];
  return [
    ...places,
    around(x + beside, y, width, height),
    around(x - beside, y, width, height),
    around(x, y - above, width, height),
    around(x, y + above, width, height),
    around(x + beside, y - above, width, height),
    around(x - beside, y - above, width, height),
    around(x + beside, y + above, width, height),
    around(x - beside, y + above, width, height),
  ];
}

/** @param {Wanted} name @returns {Place[]} the nearest first */
function farAway({ x, y, width, height, gap = 0, reach = 0 }) {
  const places = [];
  for (let away = gap + FURTHER_PX; away <= reach; away += FURTHER_PX) {
    for (let turn = 0; turn < DIRECTIONS; turn += 1) {
      const angle = (2 * Math.PI * turn) / DIRECTIONS;
      const [right, down] = [Math.cos(angle), Math.sin(angle)];
      const box = around(
        x + right * (away + width / 2),
        y + down * (away + height / 2),
        width,
        height,
      );
      places.push({ ...box, line: lineTo(x, y, box) });
    }
  }
  return places;
}

/**
 * @param {readonly Wanted[]} wanted the most important first
 * @param {Rect} frame no name leaves it
 * @param {readonly Rect[]} taken no name covers these
 * @param {ReadonlyMap<string, Rect>} areas by key: no name beside its own area covers another
 * @returns {Map<string, Place>}
 */
export function placeNames(wanted, frame, taken, areas) {
  const occupied = [...taken];
  const others = [...areas];
  /** @type {Map<string, Place>} */
  const placed = new Map();
  /** @type {import("./leaders.js").Line[]} */
  const lines = [];
  for (const name of wanted) {
    const about = sightOf(name);
    const near = occupied.filter((other) => overlap(other, about));
    const beside = others.filter(([, area]) => overlap(area, about));
    const isFree = (/** @type {Place} */ box) =>
      inside(box, frame) &&
      !near.some((other) => overlap(box, other)) &&
      !lines.some((line) => crosses(line, box));
    const isClear = (/** @type {Place} */ box) => coversNone(box, name, beside);
    const isLed = (/** @type {Place} */ { line }) =>
      line !== undefined &&
      !near.some((other) => crosses(line, other)) &&
      !lines.some((other) => meets(line, other));
    const free = candidates(name).filter(isFree);
    /** @type {Place | undefined} */
    const box =
      free.find(isClear) ??
      farAway(name).find((place) => isFree(place) && isClear(place) && isLed(place)) ??
      (name.insists ? free[0] : undefined);
    if (!box) continue;
    placed.set(name.key, box);
    if (box.line) lines.push(box.line);
    occupied.push(around(name.x, name.y, 0, 0), grown(box, APART));
  }
  return placed;
}

/** All that a name can come near to. @param {Wanted} name */
function sightOf({ x, y, width, height, gap = 0, reach = 0 }) {
  const away = Math.max(gap, reach) + 1;
  return around(x, y, 2 * (away + width), 2 * (away + height));
}

/** @param {Rect} box @param {Wanted} name @param {readonly [string, Rect][]} areas */
function coversNone(box, { key, x, y }, areas) {
  const over = box.left < x && x < box.right && box.top < y && y < box.bottom;
  return over || !areas.some(([other, area]) => other !== key && overlap(box, area));
}

/** @param {Rect} box @param {number} by */
const grown = (box, by) => ({
  left: box.left - by,
  right: box.right + by,
  top: box.top - by / 3,
  bottom: box.bottom + by / 3,
});
