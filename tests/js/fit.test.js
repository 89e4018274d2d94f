import assert from "node:assert/strict";
import { test } from "node:test";

import { marginsFor, outlinePoints, zoomFor } from "../../src/pilotzones/browser/static/map/fit.js";
import { overlap } from "../../src/pilotzones/browser/static/map/placing.js";

test("the zoom at which an extent fills the room between the margins", () => {
  const extent = { x: 10, y: 10 };
  assert.equal(zoomFor(extent, { x: 100, y: 200 }, [0, 10, 0, 10]), 3);
  assert.equal(zoomFor(extent, { x: 400, y: 60 }, [10, 0, 10, 0]), 2);
});

test("the zoom has a ceiling, and a frame without a size is no error", () => {
  assert.equal(zoomFor({ x: 1, y: 1 }, { x: 4000, y: 4000 }, [0, 0, 0, 0], 8), 8);
  assert.ok(Number.isFinite(zoomFor({ x: 10, y: 10 }, { x: 0, y: 0 }, [10, 10, 10, 10])));
});

test("margins are as wide as circles at the edge need, and no wider", () => {
  const extent = { min: { x: 0, y: 0 }, max: { x: 10, y: 10 } };
  const inside = { x: 5, y: 5, radius: 20 };
  for (const frame of [
    { x: 400, y: 300 },
    { x: 300, y: 400 },
  ]) {
    assert.deepEqual(marginsFor([inside], extent, frame, [10, 10, 10, 10]), [10, 10, 10, 10]);
    const corner = { x: 10, y: 10, radius: 40 };
    const found = marginsFor([inside, corner], extent, frame, [10, 10, 10, 10]);
    const [top, right, bottom, left] = found;
    const scale = 2 ** zoomFor({ x: 10, y: 10 }, frame, found);
    const across = (frame.x + left - right) / 2 + 5 * scale;
    const down = (frame.y + top - bottom) / 2 + 5 * scale;
    assert.ok(frame.x - across > 39 && frame.y - down > 39);
    assert.deepEqual([top, left], [10, 10]);
    // the picture gives no more than the circle takes
    assert.ok(scale * 10 > 300 - 10 - 40 - 1);
  }
});

test("the outline of a box has its corners and the middles of its sides", () => {
  const points = outlinePoints([100, 20, 110, 30]);
  assert.equal(points.length, 8);
  for (const corner of [
    [20, 100],
    [30, 110],
    [20, 105],
    [25, 100],
  ]) {
    assert.ok(points.some((point) => point.join() === corner.join()));
  }
});

test("boxes that touch do not overlap", () => {
  const box = { left: 0, right: 10, top: 0, bottom: 10 };
  assert.equal(overlap(box, { left: 9, right: 19, top: 9, bottom: 19 }), true);
  assert.equal(overlap(box, { left: 10, right: 20, top: 0, bottom: 10 }), false);
  assert.equal(overlap(box, { left: 0, right: 10, top: 10, bottom: 20 }), false);
});
