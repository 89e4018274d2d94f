/* What the columns of the table show, and how they are sorted. */

import { bothNames } from "../shared/dom.js";

/**
 * @typedef {object} Context
 * @property {Lang} lang
 * @property {boolean} revoked
 * @property {string} [change] in words, between two days
 * @property {string | null} [revokedBy] the number of a document
 * @property {Label} [successor]
 */
/** @typedef {Record<string, string | number>} Keys */

/** Of the zones on a day, and of those that changed between two. */
export const COLUMNS = {
  zones: ["zone", "province", "batch", "approved", "revoked", "document"],
  changes: "change zone province approved approved_by revoked revoked_by successor".split(" "),
};

/** @type {Record<string, (zone: Label, context: Context) => string>} */
export const textsOf = {
  change: (_, { change = "" }) => change,
  zone: (zone, { lang }) => bothNames(zone, lang)[0],
  province: ({ province }, { lang }) => province[lang],
  batch: ({ batch }) => String(batch),
  approved: ({ approved }) => approved,
  revoked: (zone, { revoked }) => (revoked && zone.revoked) || "",
  document: ({ document }) => document,
  approved_by: ({ document }) => document,
  revoked_by: (_, { revokedBy }) => revokedBy ?? "",
  successor: (_, { lang, successor }) => (successor ? bothNames(successor, lang)[0] : ""),
};

/**
 * By column.
 * @param {Label} zone
 * @param {Context} context
 * @returns {Keys}
 */
export const keysOf = (zone, context) => ({
  ...Object.fromEntries(Object.entries(textsOf).map(([name, text]) => [name, text(zone, context)])),
  zone: nameKey(zone, context),
  successor: context.successor ? nameKey(context.successor, context) : "",
  province: zone.province.adcode,
  batch: zone.batch,
});

/** @param {Label} zone @param {Context} context */
const nameKey = (zone, { lang }) => (lang === "zh" ? zone.pinyin : zone.en.toLowerCase());

/**
 * The order of two rows; equal ones stay as they are.
 * @param {{ column: string, down: boolean }} sort
 * @returns {(one: { keys: Keys }, other: { keys: Keys }) => number}
 */
export function byKey({ column, down }) {
  const sign = down ? -1 : 1;
  return (one, other) => {
    if (one.keys[column] === other.keys[column]) return 0;
    return one.keys[column] < other.keys[column] ? -sign : sign;
  };
}
