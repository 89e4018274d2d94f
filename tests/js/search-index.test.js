import assert from "node:assert/strict";
import { test } from "node:test";

import {
  closest,
  fold,
  SearchIndex,
} from "../../src/pilotzones/browser/static/shared/search-index.js";

/** @type {import("../../src/pilotzones/browser/static/shared/search-index.js").Row[]} */
const ROWS = [
  ["zone", "foshan", "佛山市", "Foshan", "广东省", "Guangdong", 4, 0, ["佛山市", "佛山", "foshan"]],
  [
    "zone",
    "changsha",
    "长沙市",
    "Changsha",
    "湖南省",
    "Hunan",
    2,
    0,
    ["长沙市", "长沙", "changsha"],
  ],
  ["zone", "yiwu", "义乌市", "Yiwu", "浙江省 金华市", "Jinhua, Zhejiang", 3, 0, ["义乌市", "yiwu"]],
  [
    "county",
    "430121",
    "长沙县",
    "Changsha County",
    "湖南省 长沙市",
    "Changsha, Hunan",
    0,
    0,
    ["长沙县", "长沙", "changshacounty", "changsha"],
  ],
  [
    "prefecture",
    "140400",
    "长治市",
    "Changzhi",
    "山西省",
    "Shanxi",
    0,
    0,
    ["长治市", "長治市", "changzhi"],
  ],
  [
    "county",
    "110105",
    "朝阳区",
    "Chaoyang District",
    "北京市",
    "Beijing",
    0,
    0,
    ["朝阳区", "chaoyang"],
  ],
  [
    "county",
    "220104",
    "朝阳区",
    "Chaoyang District",
    "吉林省 长春市",
    "Changchun, Jilin",
    0,
    0,
    ["朝阳区", "chaoyang"],
  ],
  [
    "document",
    "2019-12-24",
    "批复",
    "Reply",
    "国函〔2019〕137号",
    "国函〔2019〕137号",
    4,
    0,
    ["国函2019137号", "20191224", "batch4", "第四批"],
  ],
];
const INDEX = new SearchIndex(ROWS);

/** @param {{ id: string }[]} entries */
const ids = (entries) => entries.map(({ id }) => id);

test("names are compared without case, accents, spaces and punctuation", () => {
  assert.equal(fold(" Ürümqi-Shi 〔1〕"), "urumqishi1");
});

test("suggestions begin with the text before they hold it", () => {
  assert.deepEqual(ids(INDEX.find("chang").found), ["changsha", "140400", "430121"]);
  // one letter alone is looked for at the beginning
  assert.deepEqual(ids(INDEX.find("治市").found), ["140400"]);
});

test("a whole name means one thing, or is several", () => {
  assert.deepEqual(ids(INDEX.find("Foshan").exact), ["foshan"]);
  assert.deepEqual(ids(INDEX.find("長治市").exact), ["140400"]);
  assert.deepEqual(ids(INDEX.find("朝阳区").exact), ["110105", "220104"]);
  // a prefecture before the county inside it
  assert.deepEqual(ids(INDEX.find("长沙").exact), ["changsha"]);
  assert.deepEqual(ids(INDEX.find("chang").exact), []);
});

test("a name with what it lies in", () => {
  assert.deepEqual(ids(INDEX.find("Chaoyang, Beijing").exact), ["110105"]);
  assert.deepEqual(ids(INDEX.find("浙江省金华市义乌市").exact), ["yiwu"]);
  assert.deepEqual(ids(INDEX.find("广东佛山").exact), ["foshan"]);
});

test("documents by number and batch", () => {
  for (const text of ["batch 4", "第四批", "国函〔2019〕137号"]) {
    assert.deepEqual(ids(INDEX.find(text).exact), ["2019-12-24"]);
  }
});

test("nothing is found for nothing", () => {
  assert.deepEqual(INDEX.find("  , "), { exact: [], found: [] });
  assert.deepEqual(INDEX.nearest("xyzzyx"), []);
});

test("names that come close", () => {
  assert.deepEqual(ids(INDEX.nearest("Foshann")), ["foshan"]);
  assert.equal(ids(INDEX.nearest("佛山县"))[0], "foshan");
  assert.equal(closest(["abc"], "abc", 0.5), 1);
  assert.equal(closest(["abc"], "xyz", 0.5), 0);
});
