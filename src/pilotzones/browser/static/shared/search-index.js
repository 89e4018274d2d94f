/* Finding zones, places, documents and days by what a reader types; all in the browser. */

/**
 * @typedef {"zone" | "province" | "prefecture" | "county" | "document" | "day"} Kind
 *
 * @typedef {object} Entry
 * @property {Kind} kind
 * @property {string} id
 * @property {string} zh
 * @property {string} en
 * @property {string} within_zh what it lies in
 * @property {string} within_en
 * @property {number} batch
 * @property {boolean} revoked
 * @property {string[]} keys
 * @property {string} around what it lies in, folded
 */
/** @typedef {[Kind, string, string, string, string, string, number, number, string[]]} Row */

const ORDER = ["zone", "province", "prefecture", "document", "county"];
/** Share of the letters that close names have in common; Chinese names are short. */
const CLOSE = 0.6;
const CLOSE_CHINESE = 0.5;
const MOST = 8;
const NEAREST = 3;

/** What two spellings of a name have in common. @param {string} text */
export const fold = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

export class SearchIndex {
  /** @param {Row[]} rows */
  constructor(rows) {
    this.entries = rows.map(entryOf);
  }

  /**
   * The entries that a text may mean, the likeliest first; `exact` where it is the whole name.
   * @param {string} text
   */
  find(text, most = MOST) {
    const terms = text
      .split(/[,，;；\s]+/)
      .map(fold)
      .filter(Boolean);
    if (!terms.length) return { exact: [], found: [] };
    const whole = terms.join("");
    const named = this.rank((entry) => rankOf(entry, whole, terms));
    const ranked = named.length ? named : this.rank((entry) => rankInside(entry, whole));
    const exact = ranked.filter(({ rank }) => rank < 1).map(({ entry }) => entry);
    return { exact: withoutParts(exact), found: ranked.slice(0, most).map(({ entry }) => entry) };
  }

  /** @param {(entry: Entry) => number} rank */
  rank(rank) {
    return this.entries
      .map((entry) => ({ entry, rank: rank(entry) + ORDER.indexOf(entry.kind) / 10 }))
      .filter((ranked) => ranked.rank < Infinity)
      .toSorted((one, other) => one.rank - other.rank);
  }

  /** Entries whose names come close to a text. @param {string} text */
  nearest(text) {
    const folded = fold(text);
    const least = /^[a-z0-9]*$/.test(folded) ? CLOSE : CLOSE_CHINESE;
    return this.entries
      .map((entry) => ({ entry, score: closest(entry.keys, folded, least) }))
      .filter(({ score }) => score >= least)
      .toSorted((one, other) => other.score - one.score)
      .slice(0, NEAREST)
      .map(({ entry }) => entry);
  }
}

/** @param {Row} row @returns {Entry} */
function entryOf([kind, id, zh, en, within_zh, within_en, batch, revoked, keys]) {
  const around = `${fold(within_zh)}|${fold(within_en)}`;
  return { kind, id, zh, en, within_zh, within_en, batch, revoked: revoked > 0, keys, around };
}

/**
 * How well an entry answers: below 1 for a whole name, then names that begin with the text, then
 * those that have it inside.
 * @param {Entry} entry
 * @param {string} whole
 * @param {string[]} terms
 */
const rankOf = (entry, whole, terms) =>
  Math.min(
    fitOf(entry.keys, whole),
    isInside(entry, terms) ? fitOf(entry.keys, terms[0]) : Infinity,
  );

/** @param {string[]} keys @param {string} text */
function fitOf(keys, text) {
  let best = Infinity;
  for (const key of keys) {
    if (key === text) return 0;
    if (key.startsWith(text)) best = 1;
    else if (best > 2 && text.length > 1 && key.includes(text)) best = 2;
  }
  return best;
}

/** "Foshan, Guangdong" @param {Entry} entry @param {string[]} terms */
const isInside = ({ kind, around }, [, ...larger]) =>
  kind !== "document" && larger.length > 0 && larger.every((term) => around.includes(term));

/** 浙江省金华市义乌市 @param {Entry} entry @param {string} whole */
const rankInside = ({ keys, around }, whole) =>
  keys.some((key) => {
    const larger = key.length > 1 && whole.endsWith(key) ? whole.slice(0, -key.length) : "";
    return larger.length > 1 && around.includes(larger);
  })
    ? 0
    : Infinity;

/** A prefecture before the counties inside it that share its name. @param {Entry[]} entries */
function withoutParts(entries) {
  const larger = new Set(entries.filter(({ kind }) => kind !== "county").map(({ zh }) => zh));
  const rest = entries.filter(
    ({ kind, within_zh }) =>
      kind !== "county" || !within_zh.split(" ").some((zh) => larger.has(zh)),
  );
  return rest.length === 1 ? rest : entries;
}

/**
 * How much a text has in common with the closest of some names, 0 to 1; 0 below the least that
 * counts.
 * @param {string[]} names
 * @param {string} text
 * @param {number} least
 */
export function closest(names, text, least) {
  let best = 0;
  for (const name of names) {
    const longest = Math.max(name.length, text.length);
    const common = [...text].filter((letter) => name.includes(letter)).length;
    // most names have too few letters in common to be measured
    if (Math.min(common, name.length) < longest * least) continue;
    best = Math.max(best, 1 - distance(name, text) / longest);
  }
  return best;
}

/** Letters to add, leave out or change. @param {string} one @param {string} other */
function distance(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const changed = row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
  }
  return row[other.length];
}
