import assert from "node:assert/strict";
import { test } from "node:test";

import {
  eveOf,
  longDay,
  readDay,
  stopIndex,
} from "../../src/pilotzones/browser/static/shared/days.js";
import { bothNames, fill } from "../../src/pilotzones/browser/static/shared/dom.js";
import { viewQuery, wholeLink } from "../../src/pilotzones/browser/static/head/links.js";
import { splitAtDays } from "../../src/pilotzones/browser/static/map/stamp.js";
import { byKey, keysOf, textsOf } from "../../src/pilotzones/browser/static/tables/columns.js";

const HAIKOU = {
  id: "haikou",
  zh: "海口市",
  en: "Haikou",
  pinyin: "haikou shi",
  province: { adcode: "460000", zh: "海南省", en: "Hainan" },
  batch: 3,
  document: "国函〔2018〕93号",
  approved: "2018-08-07",
  revoked: "2025-04-25",
};

test("a template is filled, numbers too", () => {
  assert.equal(fill("{n} of {total}, {n}", { n: 0, total: 5 }), "0 of 5, 0");
});

test("the eve of a day, over the ends of months and years", () => {
  assert.deepEqual(["2016-03-01", "2016-01-01"].map(eveOf), ["2016-02-29", "2015-12-31"]);
});

test("days as readers write them", () => {
  const written = [
    "2019-06-01",
    "2019年6月1日",
    "2019/6/1",
    "20190601",
    "1 June 2019",
    "June 1, 2019",
  ];
  assert.deepEqual([...new Set(written.map(readDay))], ["2019-06-01"]);
  assert.deepEqual(["2019-02-30", "June 2019", "Foshan", "2019"].map(readDay), Array(4).fill(null));
});

test("a day in words", () => {
  assert.equal(longDay("2025-04-25", "en"), "25 April 2025");
  assert.equal(longDay("2025-04-25", "zh"), "2025年4月25日");
});

test("the stop in force is the last one not after the day", () => {
  const stops = ["2015-03-12", "2016-01-12", "2018-08-07"].map((on) => ({ on }));
  const days = ["2010-01-01", "2015-03-12", "2016-01-11", "2016-01-12", "2030-01-01"];
  assert.deepEqual(
    days.map((day) => stopIndex(stops, day)),
    [0, 0, 0, 1, 2],
  );
});

test("the name in the language of the page comes first", () => {
  assert.deepEqual(bothNames(HAIKOU, "en"), ["Haikou", "海口市"]);
  assert.deepEqual(bothNames(HAIKOU, "zh"), ["海口市", "Haikou"]);
});

test("days of the stamp are apart from the words between them", () => {
  const days = { since: "1 May", on: "2 May" };
  assert.deepEqual(splitAtDays("{since} to {on}", days), [
    { day: "1 May" },
    { text: " to " },
    { day: "2 May" },
  ]);
  assert.deepEqual(splitAtDays("{on}", days), [{ day: "2 May" }]);
});

test("a link to a zone takes the View along, another link stays", () => {
  const view = new URLSearchParams("on=2025-04-25&zone=sanya&lang=zh");
  assert.equal(wholeLink("?zone=haikou", view), "?zone=haikou&on=2025-04-25&lang=zh");
  assert.equal(wholeLink("data?", view), `data?${view}`);
  assert.equal(wholeLink("zone?zone=haikou", view), "zone?zone=haikou&on=2025-04-25&lang=zh");
  for (const href of ["data?on=2020-01-01", "?zone=haikou&on=2020-01-01", "https://example.com/"]) {
    assert.equal(wholeLink(href, view), href);
  }
});

test("the View of a link has the day of the slider", () => {
  const data = { link: "on=2020-01-01&province=460000", follows: false };
  const place = { on: "2022-11-24", page: "", stop: "2022-11-24" };
  assert.equal(String(viewQuery(data, place)), "on=2022-11-24&province=460000");
  const follows = { ...data, follows: true };
  assert.equal(viewQuery(follows, place).get("since"), null);
  assert.equal(viewQuery(follows, { ...place, page: "figure" }).get("since"), "2022-11-23");
});

test("a row has the date of a revocation only once it is revoked", () => {
  for (const [revoked, day] of [
    [false, ""],
    [true, "2025-04-25"],
  ]) {
    assert.equal(textsOf.revoked(HAIKOU, { lang: "en", revoked }), day);
  }
});

test("Chinese names are sorted by their sound, numbers as numbers", () => {
  const zones = [
    { ...HAIKOU, id: "b", pinyin: "bei", en: "Zeta", batch: 10 },
    { ...HAIKOU, id: "a", pinyin: "an", en: "alpha", batch: 9 },
  ];
  const order = (column, down, lang = "en") =>
    zones
      .map((zone) => ({ id: zone.id, keys: keysOf(zone, { lang, revoked: false }) }))
      .toSorted(byKey({ column, down }))
      .map(({ id }) => id)
      .join("");
  assert.equal(order("zone", false, "zh"), "ab");
  assert.equal(order("zone", false), "ab");
  assert.equal(order("zone", true), "ba");
  assert.equal(order("batch", false), "ab");
  // equal rows stay as they are, in either direction
  assert.equal(order("province", false), "ba");
  assert.equal(order("province", true), "ba");
});
