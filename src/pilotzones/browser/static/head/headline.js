/* The sentence above a page; query/headline.py fills in the same texts. */

import { fill } from "../shared/dom.js";

/**
 * @typedef {object} Moment
 * @property {string} day written out, here and below
 * @property {string} since empty for one day
 * @property {boolean} exact whether the day is that of a document
 */

/** @param {number} count */
const number = (count) => ({ 0: "none", 1: "one" })[count] ?? "many";

/**
 * @param {Texts} texts
 * @param {TimelineData["subject"]} subject
 * @param {Counts} counts
 * @param {Moment} moment
 */
export function headline(texts, subject, counts, { day, since, exact }) {
  const [active, provinces, approved, revoked, gone] = counts;
  const n = subject.revoked ? gone : active;
  const { where, qualities } = subject;
  const values = { n, p: provinces, a: approved, r: revoked, day, since, where, qualities };
  const say = (/** @type {string} */ key) => fill(texts[key], values);
  if (since) return [say(`between_${number(approved)}`)];
  if (subject.all && provinces) values.where = fill(texts[`in_${number(provinces)}`], values);
  const first = say(`${subject.revoked ? "revoked" : "active"}_${number(n)}`);
  return exact ? [first, ...happened(approved, revoked).map(say)] : [first];
}

/** @param {number} approved @param {number} revoked */
function happened(approved, revoked) {
  if (approved) return [`${revoked ? "changed" : "approved"}_${number(approved)}`];
  return revoked ? [`ended_${number(revoked)}`] : [];
}
