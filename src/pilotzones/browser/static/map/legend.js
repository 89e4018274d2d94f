/* The legend: a colour, words and a number for each kind of zone, and every other sign. */

import { element, fill } from "../shared/dom.js";
import { ROLE, isActive, isChanged, isRevoked } from "../shared/roles.js";

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
 * @param {Pick<MapState, "colour" | "near" | "within">} state
 * @returns {Row[]}
 */
export function rowsOfDay(words, zones, { colour, near, within }) {
  const { roles, map } = words;
  const active = zones.filter(({ role }) => isActive(roles, role));
  const rows = colour === "new" ? rowsOfNew(words, active) : rowsOfBatches(words, active);
  const revoked = zones.filter(({ role }) => isRevoked(roles, role)).length;
  const last = [{ className: "is-revoked", text: map.revoked, number: revoked }];
  if (near?.length) {
    const text = fill(map.near, { n: within ?? 0 });
    last.push({ className: "is-near", text, number: zones.filter((zone) => zone.near).length });
  }
  return [...rows, ...last];
}

/** @param {Words} words @param {readonly { batch: number }[]} active @returns {Row[]} */
const rowsOfBatches = ({ stops }, active) =>
  stops
    .filter(({ batch }) => batch)
    .map((stop) => ({
      className: "",
      colour: stop.colour,
      text: stop.legend,
      short: stop.legend_short,
      number: active.filter(({ batch }) => batch === stop.batch).length,
    }));

/** @param {Words} words @param {readonly { role: string }[]} active @returns {Row[]} */
function rowsOfNew({ roles, map }, active) {
  const number = active.filter(({ role }) => isChanged(roles, role)).length;
  return [
    { className: "is-earlier", text: map.earlier, number: active.length - number },
    { className: "is-accent", text: map.latest, number },
  ];
}

/**
 * What else is drawn. A sign that comes with a press or a zoom has its place, or the picture
 * would change its size then; but dots are `late` where the map is fitted to a box, which has none
 * unless the reader zooms out.
 * @param {MapState} state
 * @param {Texts} texts
 * @param {readonly { id: string, role: string, aside: boolean, near: boolean }[]} zones
 */
export function signRows(state, texts, zones) {
  const [compares, shaded] = [state.mode === "compare", state.mode === "provinces"];
  const aside = zones.some((zone) => zone.aside && !zone.near);
  const signs = [
    { className: "is-new", text: texts.latest, drawn: !compares && state.colour !== "new" },
    { className: "is-tie", text: texts.successor, drawn: compares },
    ...borderSigns(state, texts),
    { className: "is-land", text: texts.no_zone, drawn: true },
    { className: "is-province", text: texts.chosen_province, drawn: Boolean(state.asked?.length) },
    { className: "is-aside", text: texts.aside, drawn: aside },
    { className: "is-dot", text: texts.dot, drawn: true, late: Boolean(state.box) },
    state.place
      ? { className: "is-chosen is-place", text: state.place.name, drawn: true }
      : { className: "is-chosen", text: texts.chosen, drawn: true },
  ];
  if (state.mode === "figures") return [{ className: "is-outlined", text: texts.outlined }];
  const chosen = { className: "is-chosen", text: texts.chosen_province };
  return shaded ? [chosen] : signs.filter(({ drawn }) => drawn);
}

/** @param {MapState} state @param {Texts} texts */
function borderSigns({ border, within }, texts) {
  if (!border) return [];
  const line = { className: "is-border", text: texts.border, drawn: true };
  if (!within) return [line];
  return [line, { className: "is-strip", text: fill(texts.strip, { n: within }), drawn: true }];
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
 * @param {readonly (Label & Part)[]} zones
 * @returns {Row[]}
 */
export function legendRows(state, words, zones) {
  if (state.legend) {
    return state.legend.map(([colour, text, number]) => ({ className: "", colour, text, number }));
  }
  return state.mode === "compare" ? rowsOfChange(words.map, zones) : rowsOfDay(words, zones, state);
}

/** @typedef {{ chosen: boolean, dots: boolean }} Marks */

/** @param {MapState} state @param {Texts} texts */
export function legendTitle({ mode, colour, legendTitle: given }, texts) {
  if (given) return given;
  if (mode === "compare") return texts.change;
  return colour === "new" ? texts.active_zones : texts.legend;
}

export class Legend {
  constructor() {
    this.node = element("div", "pz-key");
    this.title = element("div", "pz-legend-title");
    this.list = element("ul");
    this.signs = element("ul", "pz-signs");
    const legend = element("div", "pz-legend");
    legend.append(this.title, this.list);
    this.node.append(legend, this.signs);
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

  /** @param {{ className: string, text: string, late?: boolean }[]} rows */
  showSigns(rows) {
    const items = rows.map(({ className, text, late }) => {
      const item = element("li", `of-${className}${late ? " is-late" : ""}`);
      item.append(element("span", `pz-swatch ${className}`), element("span", "", text));
      return item;
    });
    this.signs.replaceChildren(...items);
  }

  /** Whether something is chosen, and some zone is drawn as a dot. @param {Marks} marks */
  mark({ chosen, dots }) {
    this.node.classList.toggle("has-chosen", chosen);
    this.node.classList.toggle("has-dots", dots);
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
