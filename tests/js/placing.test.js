import assert from "node:assert/strict";
import { test } from "node:test";

import { crosses, lineTo, meets } from "../../src/pilotzones/browser/static/map/leaders.js";
import { around, fits, placeNames } from "../../src/pilotzones/browser/static/map/placing.js";
import { tooltipPlace } from "../../src/pilotzones/browser/static/map/tooltip.js";

const FRAME = { left: 0, top: 0, right: 400, bottom: 300 };
const NAME = { key: "a", x: 200, y: 150, width: 40, height: 14, room: 0 };
/** @type {Map<string, import("../../src/pilotzones/browser/static/map/placing.js").Rect>} */
const NOWHERE = new Map();

test("a name has room in an area that is wide and high enough", () => {
  assert.equal(fits({ ...NAME, room: 20 }), true);
  assert.equal(fits({ ...NAME, room: 6 }), false);
  assert.equal(fits(NAME), false);
});

test("a name stands in the middle of its area, or beside a small one, or nowhere", () => {
  const inside = placeNames([{ ...NAME, room: 20 }], FRAME, [], NOWHERE).get("a");
  assert.deepEqual(inside, around(200, 150, 40, 14));
  const beside = placeNames([{ ...NAME, gap: 6 }], FRAME, [], NOWHERE).get("a");
  assert.equal(beside?.left, 206);
  assert.equal(placeNames([NAME], FRAME, [], NOWHERE).size, 0);
});

test("no name leaves the frame: at the right edge it stands to the left", () => {
  const place = placeNames([{ ...NAME, x: 390, gap: 6 }], FRAME, [], NOWHERE).get("a");
  assert.equal(place?.right, 384);
});

test("the more important name has the place, and the other gives way", () => {
  const two = ["a", "b"].map((key) => ({ ...NAME, key, room: 20 }));
  assert.deepEqual([...placeNames(two, FRAME, [], NOWHERE).keys()], ["a"]);
});

test("no name covers what is taken", () => {
  const taken = [around(200, 150, 400, 300)];
  assert.equal(placeNames([{ ...NAME, gap: 6 }], FRAME, taken, NOWHERE).size, 0);
});

test("a name beside its area covers no other area, unless it insists", () => {
  const areas = new Map([["b", around(200, 150, 400, 300)]]);
  const name = { ...NAME, gap: 6 };
  assert.equal(placeNames([name], FRAME, [], areas).size, 0);
  assert.equal(placeNames([{ ...name, insists: true }], FRAME, [], areas).size, 1);
});

test("a name that has no room beside its area stands away from it, with a line", () => {
  const areas = new Map([["b", around(200, 150, 120, 60)]]);
  const name = { ...NAME, gap: 6, reach: 90 };
  const place = placeNames([name], FRAME, [], areas).get("a");
  assert.ok(place?.line);
  assert.deepEqual(place.line, lineTo(200, 150, place));
  assert.ok(place.bottom <= 120 || place.top >= 180 || place.right <= 140 || place.left >= 260);
  assert.equal(placeNames([{ ...name, reach: 20 }], FRAME, [], areas).size, 0);
});

test("lines cross neither names nor each other", () => {
  const areas = new Map([["z", around(200, 150, 120, 60)]]);
  const wanted = ["a", "b", "c", "d"].map((key, index) => ({
    ...NAME,
    key,
    x: 185 + 10 * index,
    gap: 6,
    reach: 120,
  }));
  const places = [...placeNames(wanted, FRAME, [], areas).values()];
  assert.equal(places.length, 4);
  places.forEach(({ line }, index) => {
    assert.ok(line);
    places.forEach((other, number) => {
      if (number === index) return;
      assert.equal(crosses(line, other), false);
      assert.equal(meets(line, /** @type {any} */ (other.line)), false);
    });
  });
});

test("whether a line runs through a box, and two lines meet", () => {
  const box = around(50, 50, 20, 20);
  assert.equal(crosses([0, 50, 100, 50], box), true);
  assert.equal(crosses([0, 50, 30, 50], box), false);
  assert.equal(crosses([0, 0, 0, 100], box), false);
  assert.equal(crosses([0, 0, 100, 100], box), true);
  assert.equal(crosses([0, 100, 30, 0], box), false);
  // along its edge
  assert.equal(crosses([0, 40, 100, 40], box), false);
  assert.equal(meets([0, 0, 10, 10], [0, 10, 10, 0]), true);
  assert.equal(meets([0, 0, 10, 10], [20, 0, 30, 10]), false);
});

/** @param {number} x @param {number} y */
const zone = (x, y) => around(x, y, 20, 20);

test("the words of a zone stand above it, or where there is room", () => {
  const [size, frame] = [
    { x: 100, y: 60 },
    { x: 400, y: 300 },
  ];
  assert.deepEqual(tooltipPlace({ x: 200, y: 150 }, zone(200, 150), size, frame), {
    x: 150,
    y: 72,
  });
  // at the upper edge below, at the left edge not beyond it
  assert.deepEqual(tooltipPlace({ x: 200, y: 20 }, zone(200, 20), size, frame), { x: 150, y: 38 });
  assert.equal(tooltipPlace({ x: 10, y: 150 }, zone(10, 150), size, frame).x, 2);
  // beside a zone as high as the frame
  const high = { left: 190, right: 210, top: 0, bottom: 300 };
  assert.deepEqual(tooltipPlace({ x: 200, y: 150 }, high, size, frame), { x: 218, y: 120 });
  // over a zone that fills the frame, above the pointer or below
  const all = { left: 0, right: 400, top: 0, bottom: 300 };
  assert.deepEqual(tooltipPlace({ x: 200, y: 150 }, all, size, frame), { x: 150, y: 74 });
  assert.deepEqual(tooltipPlace({ x: 200, y: 20 }, all, size, frame), { x: 150, y: 36 });
});
