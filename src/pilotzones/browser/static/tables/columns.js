/* What the columns of the table show, and how they are sorted. */

import { bothNames } from "../shared/dom.js";

/** @typedef {{ lang: Lang, revoked: boolean }} Context */
/** @typedef {Record<string, string | number>} Keys */

/** @type {Record<string, (zone: Label, context: Context) => string>} */
export const textsOf = {
  zone: (zone, { lang }) => bothNames(zone, lang)[0],
  province: ({ province }, { lang }) => province[lang],
  batch: ({ batch }) => String(batch),
  approved: ({ approved }) => approved,
  revoked: (zone, { revoked }) => (revoked && zone.revoked) || "",
  document: ({ document }) => document,
};

/**
 * By column.
 * @param {Label} zone
 * @param {Context} context
 * @returns {Keys}
 */
export const keysOf = (zone, { lang, revoked }) => ({
  zone: lang === "zh" ? zone.pinyin : zone.en.toLowerCase(),
  province: zone.province.adcode,
  batch: zone.batch,
  approved: zone.approved,
  revoked: (revoked && zone.revoked) || "",
  document: zone.document,
});

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
