/* The legend: a colour, words and a number for each kind of zone. */

import { element, fill } from "./dom.js";
import { ROLE, isActive, isRevoked } from "./roles.js";

/**
 * @typedef {object} Row
 * @property {string} className of the swatch
 * @property {string} [colour]
 * @property {string} text
 * @property {string} [short] on a narrow frame
 * @property {number} number
 */

/**
 * The rows of a map of one day: the batches, the revoked zones, those near the border.
 * @param {Words} words
 * @param {readonly { batch: number, role: string, near: boolean }[]} zones
 * @param {Pick<MapState, "near" | "within">} border
 * @returns {Row[]}
 */
export function rowsOfDay({ stops, roles, map }, zones, { near, within }) {
  const active = zones.filter(({ role }) => isActive(roles, role));
  const rows = stops
    .filter(({ batch }) => batch)
    .map((stop) => ({
      className: "",
      colour: stop.colour,
      text: stop.legend,
      short: stop.legend_short,
      number: active.filter(({ batch }) => batch === stop.batch).length,
    }));
  const revoked = zones.filter(({ role }) => isRevoked(roles, role)).length;
  const last = [{ className: "is-revoked", text: map.revoked, number: revoked }];
  if (near?.length) {
    const text = fill(map.near, { n: within ?? 0 });
    last.push({ className: "is-near", text, number: zones.filter((zone) => zone.near).length });
  }
  return [...rows, ...last];
}

/**
 * The rows of a comparison.
 * @param {Texts} texts
 * @param {readonly { role: string }[]} zones
 * @returns {Row[]}
 */
export function rowsOfChange(texts, zones) {
  const kinds = [
    ["is-gained", texts.gained, ROLE.GAINED],
    ["is-lost", texts.lost, ROLE.LOST],
    ["is-lost", texts.passed, ROLE.PASSED],
    ["is-kept", texts.kept, ROLE.ACTIVE],
    ["is-revoked", texts.before, ROLE.REVOKED],
  ];
  return kinds.map(([className, text, letter]) => {
    return { className, text, number: zones.filter(({ role }) => role === letter).length };
  });
}

/**
 * @param {MapState} state
 * @param {Words} words
 * @param {readonly Zone[]} zones
 * @returns {Row[]}
 */
export function legendRows(state, words, zones) {
  if (state.legend) {
    return state.legend.map(([colour, text, number]) => ({ className: "", colour, text, number }));
  }
  return state.mode === "compare" ? rowsOfChange(words.map, zones) : rowsOfDay(words, zones, state);
}

export class Legend {
  constructor() {
    this.node = element("div", "pz-legend");
    this.title = element("div", "pz-legend-title");
    this.list = element("ul");
    this.node.append(this.title, this.list);
  }

  /** @param {HTMLElement} parent */
  addTo(parent) {
    parent.append(this.node);
    return this;
  }

  remove() {
    this.node.remove();
  }

  /** @param {string} title @param {Row[]} rows */
  show(title, rows) {
    this.title.textContent = title;
    this.list.replaceChildren(...rows.map(drawRow));
  }
}

/** @param {Row} row */
function drawRow({ className, colour, text, short = text, number }) {
  const item = element("li", number ? "" : "is-empty");
  const swatch = element("span", `pz-swatch ${className}`);
  if (colour) swatch.style.setProperty("--batch", colour);
  item.append(
    swatch,
    element("span", "pz-long", text),
    element("span", "pz-short", short),
    element("span", "pz-legend-count", number),
  );
  return item;
}
