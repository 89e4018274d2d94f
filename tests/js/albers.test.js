import assert from "node:assert/strict";
import { test } from "node:test";

import {
  kilometresPerPixel,
  project,
  unproject,
} from "../../src/pilotzones/browser/static/map/albers.js";

const METRE = 1;
/** Latitude, longitude, x and y from
 * +proj=aea +lat_1=25 +lat_2=47 +lat_0=36 +lon_0=105 +R=6371007. */
const PROJ = [
  [39.9, 116.4, 953986, 496415],
  [18.2, 109.5, 487196, -1973892],
  [45.8, 126.6, 1654007, 1286075],
  [39.5, 76.0, -2410748, 750885],
];

/** @param {number} actual @param {number} expected */
const near = (actual, expected, tolerance = METRE) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

test("the origin is 36° N, 105° E", () => {
  const { x, y } = project({ lat: 36, lng: 105 });
  near(x, 0);
  near(y, 0);
});

test("places are as PROJ has them", () => {
  for (const [lat, lng, x, y] of PROJ) {
    const place = project({ lat, lng });
    near(place.x, x);
    near(place.y, y);
  }
});

test("what is projected comes back", () => {
  for (const lat of [3.4, 25, 36, 53.5]) {
    for (const lng of [73.5, 105, 135]) {
      const back = unproject(project({ lat, lng }));
      near(back.lat, lat, 1e-9);
      near(back.lng, lng, 1e-9);
    }
  }
});

test("equal areas stay equal", () => {
  // a cell of one degree covers R² · Δλ · (sin φ₂ − sin φ₁)
  const degree = Math.PI / 180;
  for (const south of [20, 35, 50]) {
    const corners = [
      [south, 110],
      [south, 110.01],
      [south + 0.01, 110.01],
      [south + 0.01, 110],
    ].map(([lat, lng]) => project({ lat, lng }));
    const sine = Math.sin((south + 0.01) * degree) - Math.sin(south * degree);
    const expected = 6371007 ** 2 * 0.01 * degree * sine;
    near(area(corners) / expected, 1, 1e-5);
  }
});

test("a pixel of zoom 0 is a 256th of the world", () => {
  near(kilometresPerPixel(0), 40075.017 / 256, 1e-3);
  near(kilometresPerPixel(3), kilometresPerPixel(0) / 8, 1e-9);
});

/** @param {{ x: number, y: number }[]} ring */
function area(ring) {
  const parts = ring.map(({ x, y }, i) => {
    const next = ring[(i + 1) % ring.length];
    return x * next.y - next.x * y;
  });
  return Math.abs(parts.reduce((sum, part) => sum + part, 0)) / 2;
}
