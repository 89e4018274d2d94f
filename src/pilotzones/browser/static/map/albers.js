/* Albers equal-area conic for China (25° and 47° N, 105° E), on a sphere, for drawing only. */

const RADIUS = 6371007;
const RAD = Math.PI / 180;
const [SOUTH, NORTH, MERIDIAN, ORIGIN] = [25 * RAD, 47 * RAD, 105 * RAD, 36 * RAD];
const CONE = (Math.sin(SOUTH) + Math.sin(NORTH)) / 2;
const C = Math.cos(SOUTH) ** 2 + 2 * CONE * Math.sin(SOUTH);
/** @param {number} latitude in radians */
const rho = (latitude) => (RADIUS * Math.sqrt(C - 2 * CONE * Math.sin(latitude))) / CONE;
const RHO_ORIGIN = rho(ORIGIN);

/** Half the world in metres as in Web Mercator, so that zoom levels mean what they do elsewhere. */
export const HALF_WORLD = Math.PI * 6378137;

/**
 * Metres east and north of 36° N, 105° E.
 * @param {{ lat: number, lng: number }} degrees
 */
export function project({ lat, lng }) {
  const r = rho(lat * RAD);
  const theta = CONE * (lng * RAD - MERIDIAN);
  return { x: r * Math.sin(theta), y: RHO_ORIGIN - r * Math.cos(theta) };
}

/** @param {{ x: number, y: number }} metres */
export function unproject({ x, y }) {
  const r = Math.hypot(x, RHO_ORIGIN - y);
  const theta = Math.atan2(x, RHO_ORIGIN - y);
  const sine = (C - ((r * CONE) / RADIUS) ** 2) / (2 * CONE);
  return {
    lat: Math.asin(Math.max(-1, Math.min(1, sine))) / RAD,
    lng: (MERIDIAN + theta / CONE) / RAD,
  };
}

/** Kilometres in a pixel. @param {number} zoom */
export const kilometresPerPixel = (zoom) => (2 * HALF_WORLD) / 1000 / 256 / 2 ** zoom;
