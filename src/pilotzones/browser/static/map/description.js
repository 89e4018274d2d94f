/* What the map says about a place: at the pointer, and to a screen reader. */

import { longDay } from "../shared/days.js";
import { bothNames, element, fill } from "../shared/dom.js";
import { isRevoked } from "../shared/roles.js";

/** @param {Zone} zone @param {Words} words @param {Lang} lang */
export function zoneLabel(zone, words, lang) {
  const status = isRevoked(words.roles, zone.role)
    ? revokedOn(zone, words.map, lang)
    : fill(words.map.active_since, { day: longDay(zone.approved, lang) });
  return `${bothNames(zone, lang).join(" ")}, ${status}`;
}

/** @param {Zone} zone @param {Words} words @param {Lang} lang */
export function zoneLines(zone, { roles, batches, map: texts }, lang) {
  const [first, second] = bothNames(zone, lang);
  const status = isRevoked(roles, zone.role) ? revokedOn(zone, texts, lang) : texts.active;
  const lines = [
    element("strong", "", first),
    element("span", "", second),
    element("span", "", `${zone.province[lang]} · ${batches[zone.batch]}`),
    element("span", "", fill(texts.approved_on, { day: longDay(zone.approved, lang) })),
    element("span", "pz-status", status),
  ];
  return zone.verified ? lines : [...lines, element("span", "pz-unverified", texts.unverified)];
}

/** @param {Pick<Province, "name" | "hint">} place */
export const provinceLines = ({ name, hint }) => [
  element("strong", "", name),
  element("span", "", hint),
];

/** @param {Zone} zone @param {Texts} texts @param {Lang} lang */
const revokedOn = ({ revoked }, texts, lang) =>
  fill(texts.revoked_on, { day: longDay(revoked ?? "", lang) });
