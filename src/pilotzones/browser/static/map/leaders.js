/* Lines from a name that stands away to what it names. Pixels throughout. */

/** @typedef {readonly [x: number, y: number, toX: number, toY: number]} Line */
/** @typedef {import("./placing.js").Rect} Rect */

/** The line from a point to the nearest point of a box. @returns {Line} */
export const lineTo = (
  /** @type {number} */ x,
  /** @type {number} */ y,
  /** @type {Rect} */ { left, right, top, bottom },
) => [x, y, Math.min(Math.max(x, left), right), Math.min(Math.max(y, top), bottom)];

/**
 * Whether a line runs through a box, by how far along it each side is passed (Liang and Barsky).
 * @param {Line} line @param {Rect} box
 */
export function crosses([x, y, toX, toY], { left, right, top, bottom }) {
  let [enters, leaves] = [0, 1];
  for (const [by, from, first, last] of [
    [toX - x, x, left, right],
    [toY - y, y, top, bottom],
  ]) {
    if (by === 0 && (from <= first || from >= last)) return false;
    if (by === 0) continue;
    const [one, other] = [(first - from) / by, (last - from) / by];
    enters = Math.max(enters, Math.min(one, other));
    leaves = Math.min(leaves, Math.max(one, other));
  }
  return enters < leaves;
}

/** On which side of a line a point lies. @param {Line} line @param {number} a @param {number} b */
const side = ([x, y, toX, toY], a, b) => Math.sign((toX - x) * (b - y) - (toY - y) * (a - x));

/** Whether two lines meet. @param {Line} one @param {Line} other */
export function meets(one, other) {
  const [x, y, toX, toY] = one;
  const [a, b, toA, toB] = other;
  return side(one, a, b) !== side(one, toA, toB) && side(other, x, y) !== side(other, toX, toY);
}
