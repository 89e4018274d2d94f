import assert from "node:assert/strict";
import { test } from "node:test";

import {
  layout,
  nearest,
  place,
  spacing,
} from "../../src/pilotzones/browser/static/timeline/layout.js";

const DAYS = ["2015-01-01", "2016-01-01", "2016-01-11", "2020-01-01"];

test("stops lie in true distance of time where labels have room", () => {
  const places = layout(["2015-01-01", "2017-01-01", "2021-01-01"], 600, 50);
  assert.deepEqual(places.map(Math.round), [0, 200, 600]);
});

test("stops that would touch are pushed apart, and the ends stay", () => {
  const places = layout(DAYS, 500, 80);
  assert.equal(places[0], 0);
  assert.equal(places.at(-1), 500);
  for (let i = 1; i < places.length; i += 1) assert.ok(places[i] - places[i - 1] >= 80 - 1e-9);
});

test("where labels have no room at all the stops lie evenly", () => {
  assert.deepEqual(layout(DAYS, 30, 80), [0, 10, 20, 30]);
});

test("a single stop lies in the middle", () => {
  assert.deepEqual(layout(["2015-01-01"], 100, 20), [50]);
});

test("a day lies between its neighbours, in proportion to time", () => {
  const places = [0, 100, 200, 300];
  assert.equal(place("2014-01-01", DAYS, places, 320), 0);
  assert.equal(place("2016-01-01", DAYS, places, 320), 100);
  assert.equal(place("2016-01-06", DAYS, places, 320), 150);
  assert.equal(place("2020-01-01", DAYS, places, 320), 300);
  assert.equal(place("2024-01-01", DAYS, places, 320), 320);
});

test("the nearest place to a pointer", () => {
  assert.equal(nearest([0, 100, 200], -50), 0);
  assert.equal(nearest([0, 100, 200], 149), 1);
  assert.equal(nearest([0, 100, 200], 151), 2);
});

test("a wide track has dates and counts, a narrow one less and less", () => {
  const kinds = [1200, 500, 200].map((width) => spacing(width, 8));
  assert.deepEqual(
    kinds.map(({ narrow, counts, tiny }) => ({ narrow, counts, tiny })),
    [
      { narrow: false, counts: true, tiny: false },
      { narrow: true, counts: true, tiny: false },
      { narrow: true, counts: false, tiny: false },
    ],
  );
  assert.equal(spacing(200, 12).tiny, true);
  for (const { room, margin } of kinds) assert.ok(room > 0 && margin > 0);
});
