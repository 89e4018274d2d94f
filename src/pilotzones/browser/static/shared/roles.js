/* The roles of the zones on a day: one letter a zone, in the order of the register. What a letter
   means is in `words.roles`: the classes of the role, as in docs/map.md. */

import { stopIndex } from "./days.js";

/** Letters that differ in more than their classes; a test compares them with query/roles.py. */
export const ROLE = {
  HIDDEN: ".",
  ACTIVE: "a",
  REVOKED: "r",
  GAINED: "g",
  LOST: "l",
  PASSED: "p",
};

/** @param {RoleClasses} classes @param {string} letter */
export const isActive = (classes, letter) => classes[letter].includes("is-active");

/** @param {RoleClasses} classes @param {string} letter */
export const isRevoked = (classes, letter) => classes[letter].includes("is-revoked");

/** @param {RoleClasses} classes @param {string} letter */
export const isLost = (classes, letter) => classes[letter].includes("is-lost");

const CHANGES = ["is-new", "is-gained", "is-lost"];

/**
 * By the document of the day, or between two days.
 * @param {RoleClasses} classes
 * @param {string} letter
 */
export const isChanged = (classes, letter) =>
  CHANGES.some((change) => classes[letter].includes(change));

/**
 * What each zone is on the map of a day.
 * @param {readonly Pick<Label, "id" | "successor">[]} zones
 * @param {string} letters
 * @param {RoleClasses} classes
 * @param {{ near: readonly string[], unfiltered: string }} border zones near the border that is
 *   asked for, and the letters without any filter: what filters hide is outlined
 * @returns {Part[]}
 */
export function zoneParts(zones, letters, classes, { near, unfiltered }) {
  const active = new Set(zones.filter((_, i) => isActive(classes, letters[i])).map(({ id }) => id));
  return zones.map(({ id, successor }, i) => {
    const role = letters[i];
    const replaced = successor !== null && active.has(successor);
    const aside = role === ROLE.HIDDEN && isActive(classes, unfiltered[i]);
    return {
      role,
      absorbed: replaced && isRevoked(classes, role) && !isLost(classes, role),
      aside,
      near: aside && near.includes(id),
    };
  });
}

/**
 * What each zone is on the map that a state asks for.
 * @param {string} day
 * @param {{ state: MapState, words: Words, zones: readonly Label[] }} content
 * @returns {Part[]}
 */
export function partsOn(day, { state, words, zones }) {
  const stop = stopIndex(words.stops, day);
  const all = words.stops[stop].roles;
  const shaded = state.mode === "provinces";
  const letters = shaded ? ROLE.HIDDEN.repeat(zones.length) : (state.roles?.[stop] ?? all);
  const border = { near: state.near ?? [], unfiltered: shaded ? letters : all };
  return zoneParts(zones, letters, words.roles, border);
}
