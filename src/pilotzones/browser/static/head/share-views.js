/* What each page can share: its figures, its table, its map as a file; from the address alone. */

/** The figures of a page, the one that it is about first: kind, and what is grouped by. */
const FIGURES = /** @type {Record<string, string[]>} */ ({
  "": ["map"],
  compare: ["compare"],
  provinces: ["provinces", "growth", "matrix"],
  borders: ["borders", "growth:position"],
  zone: ["record"],
  place: ["record"],
  panel: ["panel"],
  figure: ["map"],
});
/** The words for a figure of a page that has several, by its kind. */
export const FIGURE_NAMES = /** @type {Record<string, string>} */ ({
  provinces: "figure_provinces",
  borders: "figure_borders",
  growth: "figure_growth",
  matrix: "figure_matrix",
});
const TABLES = /** @type {Record<string, string>} */ ({
  "": "zones",
  compare: "changes",
  provinces: "provinces",
  borders: "borders",
  figure: "zones",
});
/** The parameter that a page on one thing is about. */
const SUBJECTS = /** @type {Record<string, string>} */ ({ zone: "zone", place: "adcode" });
const FILTERS = ["province", "region", "neighbour", "batch", "status", "match", "q"];
/** What a figure is like: of the page on figures alone. */
const LOOKS = ["size", "style", "title", "note", "labels", "dpi"];
const DAYS_OF_TWO = new Set(["compare", "figure"]);

/**
 * The kinds of figure that a page has.
 * @param {string} page
 * @param {URLSearchParams} query
 */
export function figuresOf(page, query) {
  const subject = SUBJECTS[page];
  return subject && !query.has(subject) ? [] : (FIGURES[page] ?? []);
}

/**
 * The parameters of a figure.
 * @param {string} name one of `figuresOf`
 * @param {string} page
 * @param {URLSearchParams} query the View with the page's own parameters
 */
export function figureQuery(name, page, query) {
  const [kind, by] = name.split(":");
  const figure = new URLSearchParams({ kind, ...(by && { by }) });
  const left = new Set(dropped(kind, page));
  for (const [key, value] of query) if (!left.has(key)) figure.append(key, value);
  return figure;
}

/** @param {string} kind @param {string} page */
function dropped(kind, page) {
  const since = DAYS_OF_TWO.has(page) ? [] : ["since"];
  // what is open beside a map is no part of its figure
  const record = kind === "record" ? [page === "zone" ? "adcode" : "zone"] : ["adcode"];
  const filters = kind === "record" || kind === "panel" ? FILTERS : [];
  return [...since, ...record, ...filters, "weights"];
}

/**
 * The address of a page's table for people; nothing where it has none.
 * @param {string} page
 * @param {URLSearchParams} query
 */
export function tableAddress(page, query) {
  const table = TABLES[page];
  if (!table) return "";
  const whole = new URLSearchParams({ table });
  const left = new Set(table === "changes" ? LOOKS : ["since", ...LOOKS]);
  for (const [key, value] of query) if (!left.has(key)) whole.append(key, value);
  return `table.xlsx?${whole}`;
}

/**
 * Whether a page is about the map that another site can embed.
 * @param {string} page
 */
export function hasMap(page) {
  return page in TABLES || page in SUBJECTS;
}

/**
 * The page that another site embeds: this one, or the one with the map of a figure.
 * @param {string} page
 * @param {URLSearchParams} query
 */
export function embeddedPage(page, query) {
  if (page !== "figure") return page;
  return query.has("since") ? "compare" : "";
}

/**
 * The address of the map as one file; nothing where a page is about no map of zones.
 * @param {string} page
 * @param {URLSearchParams} query
 */
export function fileAddress(page, query) {
  if (!(page in TABLES)) return "";
  const map = new URLSearchParams([...query].filter(([key]) => !LOOKS.includes(key)));
  return `map.html?${map}`;
}
