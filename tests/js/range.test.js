import assert from "node:assert/strict";
import { test } from "node:test";

import { stepDay } from "../../src/pilotzones/browser/static/shared/days.js";
import {
  dayAt,
  daysOf,
  nearerEnd,
  stepEnd,
} from "../../src/pilotzones/browser/static/timeline/range.js";
import { inkOn } from "../../src/pilotzones/browser/static/timeline/track.js";

const STOPS = ["2015-03-12", "2016-01-15", "2018-08-07", "2022-02-08"];
const DAYS = { from: "2016-01-14", to: "2018-08-07" };
const at = (/** @type {string} */ day) => Date.parse(day) / 1e9;

test("steps lead past days that are not among the given", () => {
  assert.equal(stepDay(STOPS, "2016-01-15", -1), "2015-03-12");
  assert.equal(stepDay(STOPS, "2017-01-01", -1), "2016-01-15");
  assert.equal(stepDay(STOPS, "2017-01-01", 2), "2022-02-08");
  assert.equal(stepDay(STOPS, "2017-01-01", -Infinity), "2015-03-12");
  assert.equal(stepDay(STOPS, "2017-01-01", Infinity), "2022-02-08");
});

test("where there is no day ahead it stays the same", () => {
  assert.equal(stepDay(STOPS, "2015-03-12", -1), "2015-03-12");
  assert.equal(stepDay(STOPS, "2026-01-01", 1), "2026-01-01");
  assert.equal(stepDay([], "2026-01-01", -1), "2026-01-01");
});

test("an end stops at the other one", () => {
  assert.deepEqual(daysOf(STOPS, DAYS, "to"), ["2016-01-15", "2018-08-07", "2022-02-08"]);
  assert.equal(stepEnd(STOPS, DAYS, "to", -Infinity), "2016-01-15");
  assert.equal(stepEnd(STOPS, DAYS, "from", Infinity), "2018-08-07");
  assert.equal(stepEnd(STOPS, { from: "2022-02-08", to: "2022-02-08" }, "to", -1), "2022-02-08");
});

test("the earlier end goes back to the eve of the first document", () => {
  assert.equal(stepEnd(STOPS, DAYS, "from", -1), "2015-03-12");
  assert.equal(stepEnd(STOPS, DAYS, "from", -Infinity), "2015-03-11");
});

test("a place on the track is the nearest day that the end may have", () => {
  assert.equal(dayAt(STOPS, DAYS, "to", at("2021-06-01"), at), "2022-02-08");
  assert.equal(dayAt(STOPS, DAYS, "to", at("2010-01-01"), at), "2016-01-15");
  assert.equal(dayAt(STOPS, DAYS, "from", at("2030-01-01"), at), "2018-08-07");
  const late = { from: "2023-01-01", to: "2023-01-01" };
  assert.equal(dayAt(STOPS, late, "to", at("2015-03-12"), at), "2023-01-01");
});

test("the nearer end is meant, and of two in one place the one on that side", () => {
  assert.equal(nearerEnd(DAYS, at("2016-06-01"), at), "from");
  assert.equal(nearerEnd(DAYS, at("2018-06-01"), at), "to");
  const one = { from: "2018-08-07", to: "2018-08-07" };
  assert.equal(nearerEnd(one, at("2016-01-15"), at), "from");
  assert.equal(nearerEnd(one, at("2022-02-08"), at), "to");
});

test("letters on a batch are black or white, whichever reads better", () => {
  assert.equal(inkOn("#440154"), "#ffffff");
  assert.equal(inkOn("#fde725"), "#000000");
});
