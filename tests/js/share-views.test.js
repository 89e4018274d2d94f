import assert from "node:assert/strict";
import { test } from "node:test";
import {
  embeddedPage,
  figureQuery,
  figuresOf,
  fileAddress,
  hasMap,
  tableAddress,
} from "../../src/pilotzones/browser/static/head/share-views.js";

const view = (text) => new URLSearchParams(text);

test("a record needs the zone or the place that it is about", () => {
  assert.deepEqual(figuresOf("zone", view("on=2025-04-25")), []);
  assert.deepEqual(figuresOf("zone", view("zone=hainan")), ["record"]);
  assert.deepEqual(figuresOf("place", view("zone=hainan")), []);
  assert.deepEqual(figuresOf("your-data", view("on=2025-04-25")), []);
});

test("a figure takes of the View what its kind takes", () => {
  const whole = view("on=2025-04-25&since=2022-11-24&province=460000&zone=a&adcode=b&lang=en");
  assert.equal(
    String(figureQuery("compare", "compare", whole)),
    "kind=compare&on=2025-04-25&since=2022-11-24&province=460000&zone=a&lang=en",
  );
  assert.equal(
    String(figureQuery("growth:position", "borders", whole)),
    "kind=growth&by=position&on=2025-04-25&province=460000&zone=a&lang=en",
  );
  assert.equal(
    String(figureQuery("record", "place", whole)),
    "kind=record&on=2025-04-25&adcode=b&lang=en",
  );
  assert.equal(
    String(figureQuery("panel", "panel", view("on=2025-04-25&q=x&unit=county&weights=knn"))),
    "kind=panel&on=2025-04-25&unit=county",
  );
});

test("tables and files are of the pages that have them", () => {
  const query = view("on=2025-04-25&since=2022-11-24");
  assert.equal(tableAddress("", query), "table.xlsx?table=zones&on=2025-04-25");
  assert.equal(
    tableAddress("compare", query),
    "table.xlsx?table=changes&on=2025-04-25&since=2022-11-24",
  );
  assert.equal(tableAddress("panel", query), "");
  // what a figure is like is no matter of tables and files
  const figure = view("on=2025-04-25&since=2022-11-24&size=square&title=A&dpi=96&lang=en");
  assert.equal(String(figureQuery("map", "figure", figure)), `kind=map&${figure}`);
  assert.equal(tableAddress("figure", figure), "table.xlsx?table=zones&on=2025-04-25&lang=en");
  assert.equal(fileAddress("figure", figure), "map.html?on=2025-04-25&since=2022-11-24&lang=en");
  assert.equal(fileAddress("zone", query), "");
  // what a page without this map is about cannot be embedded
  assert.deepEqual(["", "zone", "panel", "your-data"].map(hasMap), [true, true, false, false]);
  assert.match(fileAddress("provinces", query), /^map\.html\?on=/);
  // another site shows what the reader sees; of the page on figures their map, of a day or of two
  assert.deepEqual(
    ["", "compare", "place", "figure"].map((page) => embeddedPage(page, query)),
    ["", "compare", "place", "compare"],
  );
  assert.equal(embeddedPage("figure", view("on=2025-04-25")), "");
});
