/* Which zoom and centre show some places inside the margins of a map. */

/** A frame that is not laid out yet has no room; it is fitted again when it gets its size. */
const LEAST_PX = 1;
export const HIGHEST_ZOOM = 9;

/**
 * @param {{ x: number, y: number }} extent in pixels at zoom 0
 * @param {{ x: number, y: number }} frame in pixels
 * @param {Margins} margins
 * @param {number} highest
 */
export function zoomFor(extent, frame, [top, right, bottom, left], highest = HIGHEST_ZOOM) {
  const width = Math.max(LEAST_PX, frame.x - left - right);
  const height = Math.max(LEAST_PX, frame.y - top - bottom);
  return Math.min(highest, Math.log2(Math.min(width / extent.x, height / extent.y)));
}

/** Each pass halves what still leaves the frame, at worst. */
const PASSES = 6;

/**
 * Widen margins so that circles are whole when the extent fills the room between them.
 * @param {readonly { x: number, y: number, radius: number }[]} circles in pixels at zoom 0, their
 *   radius in those of the frame
 * @param {{ min: { x: number, y: number }, max: { x: number, y: number } }} extent
 * @param {{ x: number, y: number }} frame in pixels
 * @param {Margins} margins
 * @returns {Margins}
 */
export function marginsFor(circles, { min, max }, frame, margins) {
  let wide = margins;
  for (let pass = 0; pass < PASSES; pass++) {
    const [top, right, bottom, left] = wide;
    const scale = 2 ** zoomFor({ x: max.x - min.x, y: max.y - min.y }, frame, wide);
    const x0 = (frame.x + left - right - (min.x + max.x) * scale) / 2;
    const y0 = (frame.y + top - bottom - (min.y + max.y) * scale) / 2;
    const beyond = [0, 0, 0, 0];
    for (const { x, y, radius } of circles) {
      const [across, down] = [x0 + x * scale, y0 + y * scale];
      const sides = [down, frame.x - across, frame.y - down, across];
      sides.forEach((room, side) => (beyond[side] = Math.max(beyond[side], radius - room)));
    }
    if (!beyond.some(Boolean)) break;
    wide = /** @type {Margins} */ (wide.map((margin, side) => margin + beyond[side]));
  }
  return wide;
}

/**
 * Corners and middles of the sides, for the sides of a box are curved on the map.
 * @param {Box} box
 * @returns {Point[]}
 */
export function outlinePoints([west, south, east, north]) {
  const [x, y] = [(west + east) / 2, (south + north) / 2];
  return [
    [south, west],
    [south, east],
    [north, west],
    [north, east],
    [south, x],
    [north, x],
    [y, west],
    [y, east],
  ];
}

/** Where the places lie in pixels at zoom 0. @param {readonly Point[]} places */
export const extentOf = (places) =>
  L.bounds(places.map((place) => L.CRS.ChinaAlbers.latLngToPoint(L.latLng(place), 0)));

/**
 * Show places inside the margins.
 * @param {L.Map} map
 * @param {readonly Point[]} places
 * @param {Margins} margins
 * @param {{ highest?: number, animate?: boolean }} options
 */
export function fit(map, places, margins, { highest = HIGHEST_ZOOM, animate = false } = {}) {
  return fitExtent(map, extentOf(places), margins, { highest, animate });
}

/**
 * Show a part of the plane, in pixels at zoom 0, inside the margins.
 * @param {L.Map} map
 * @param {L.Bounds} extent
 * @param {Margins} margins
 * @param {{ highest: number, animate: boolean }} options
 */
export function fitExtent(map, extent, margins, { highest, animate }) {
  const zoom = zoomFor(extent.getSize(), map.getSize(), margins, highest);
  const [top, right, bottom, left] = margins;
  const aside = L.point((right - left) / 2, (bottom - top) / 2);
  const centre = extent
    .getCenter()
    .multiplyBy(2 ** zoom)
    .add(aside);
  map.setView(L.CRS.ChinaAlbers.pointToLatLng(centre, zoom), zoom, { animate });
  return zoom;
}
