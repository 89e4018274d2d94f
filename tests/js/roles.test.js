import assert from "node:assert/strict";
import { test } from "node:test";

import {
  legendRows,
  legendTitle,
  signRows,
} from "../../src/pilotzones/browser/static/map/legend.js";
import {
  isActive,
  isRevoked,
  zoneParts,
} from "../../src/pilotzones/browser/static/shared/roles.js";

const CLASSES = {
  ".": ["is-hidden"],
  a: ["is-active"],
  n: ["is-active", "is-new"],
  r: ["is-revoked"],
  g: ["is-active", "is-gained"],
  l: ["is-revoked", "is-lost"],
  p: ["is-revoked", "is-lost"],
};
const ZONES = [
  { id: "haikou", successor: "hainan", batch: 3 },
  { id: "sanya", successor: null, batch: 4 },
  { id: "hainan", successor: null, batch: 8 },
];
const NO_BORDER = { near: [], unfiltered: "..." };
const TEXTS = { revoked: "Revoked", near: "Within {n} km", gained: "Gained", lost: "Lost" };
const WORDS = {
  roles: CLASSES,
  map: { ...TEXTS, passed: "Passed", kept: "Kept", before: "Before" },
  stops: [
    { batch: 3, colour: "#111111", legend: "Batch 3", legend_short: "3" },
    { batch: null, colour: "#222222", legend: "", legend_short: "" },
    { batch: 8, colour: "#333333", legend: "Batch 8", legend_short: "8" },
  ],
};

/** @param {string} letters */
const absorbed = (letters) =>
  zoneParts(ZONES, letters, CLASSES, NO_BORDER).map((part) => part.absorbed);

test("the classes of a letter say whether a zone is active or revoked", () => {
  assert.deepEqual(
    [..."an.rg"].map((letter) => isActive(CLASSES, letter)),
    [true, true, false, false, true],
  );
  assert.deepEqual(
    [..."a.rlp"].map((letter) => isRevoked(CLASSES, letter)),
    [false, false, true, true, true],
  );
});

test("a revoked zone is absorbed while its successor is active", () => {
  assert.deepEqual(absorbed("ran"), [true, false, false]);
  assert.deepEqual(absorbed("ra."), [false, false, false]);
  // the successor is active, but this zone is as well
  assert.deepEqual(absorbed("aan"), [false, false, false]);
  // on a comparison a tie leads to the successor
  assert.deepEqual(absorbed("lag"), [false, false, false]);
});

test("a zone near the border is outlined where a filter hides it", () => {
  const border = { near: ["haikou", "sanya"], unfiltered: "a.a" };
  const near = zoneParts(ZONES, "..a", CLASSES, border).map((part) => part.near);
  // sanya is not active on the day, hainan is not near
  assert.deepEqual(near, [true, false, false]);
});

test("the legend of a day counts active zones by batch, and the revoked", () => {
  const zones = zoneParts(ZONES, "ran", CLASSES, NO_BORDER).map((part, i) => {
    return { ...ZONES[i], ...part };
  });
  const rows = legendRows({ mode: "day" }, WORDS, zones);
  assert.deepEqual(
    rows.map(({ text, number }) => [text, number]),
    [
      ["Batch 3", 0],
      ["Batch 8", 1],
      ["Revoked", 1],
    ],
  );
});

test("the legend names the distance of a border and counts what it outlines", () => {
  const zones = ZONES.map((zone, i) => ({ ...zone, role: ".", near: i < 2 }));
  const rows = legendRows({ mode: "day", near: ["haikou"], within: 50 }, WORDS, zones);
  assert.deepEqual(rows.at(-1), { className: "is-near", text: "Within 50 km", number: 2 });
});

test("what filters hide is outlined while it is active", () => {
  const border = { near: [], unfiltered: "a.n" };
  const aside = zoneParts(ZONES, "..n", CLASSES, border).map((part) => part.aside);
  assert.deepEqual(aside, [true, false, false]);
});

test("with one document standing out the legend has earlier zones and its own", () => {
  const zones = [..."aanr"].map((role) => ({ role }));
  const words = { ...WORDS, map: { ...WORDS.map, earlier: "Earlier", latest: "Latest" } };
  const rows = legendRows({ mode: "day", colour: "new" }, words, zones);
  assert.deepEqual(
    rows.map(({ text, number }) => [text, number]),
    [
      ["Earlier", 2],
      ["Latest", 1],
      ["Revoked", 1],
    ],
  );
  const titles = { change: "Change", legend: "By batch", active_zones: "Active" };
  assert.equal(legendTitle({ mode: "day", colour: "new" }, titles), "Active");
  assert.equal(legendTitle({ mode: "day", colour: "batch" }, titles), "By batch");
  assert.equal(legendTitle({ mode: "compare" }, titles), "Change");
});

/** @param {object} state @param {object[]} zones */
const signs = (state, zones) => signRows(state, {}, zones).map(({ className }) => className);

test("the legend has the signs that are drawn", () => {
  const usual = ["is-land", "is-dot", "is-chosen"];
  assert.deepEqual(signs({ mode: "day" }, []), ["is-new", ...usual]);
  assert.deepEqual(signs({ mode: "day", colour: "new" }, []), usual);
  assert.deepEqual(signs({ mode: "compare" }, []), ["is-tie", ...usual]);
  assert.deepEqual(signs({ mode: "provinces" }, []), ["is-chosen"]);
  const aside = [{ aside: true, near: false }];
  assert.deepEqual(signs({ mode: "day" }, aside), [
    "is-new",
    "is-land",
    "is-aside",
    "is-dot",
    "is-chosen",
  ]);
  // these have a row of their own
  assert.deepEqual(signs({ mode: "day" }, [{ aside: true, near: true }]), ["is-new", ...usual]);
});

test("the legend of a comparison counts each kind of change", () => {
  const zones = [..."gglpaar"].map((role) => ({ role }));
  const rows = legendRows({ mode: "compare" }, WORDS, zones);
  assert.deepEqual(
    rows.map(({ text, number }) => [text, number]),
    [
      ["Gained", 2],
      ["Lost", 1],
      ["Passed", 1],
      ["Kept", 2],
      ["Before", 1],
    ],
  );
});

test("the legend of a choropleth is that of the server", () => {
  const legend = [["#abcdef", "1 to 5", 7]];
  const rows = legendRows({ mode: "provinces", legend }, WORDS, []);
  assert.deepEqual(rows, [{ className: "", colour: "#abcdef", text: "1 to 5", number: 7 }]);
});
