/* The search of every page: a combobox over zones, places, documents and days. */

import { element, fill } from "../shared/dom.js";
import { fetchPatiently } from "../shared/component.js";
import { readDay } from "../shared/days.js";
import { SearchIndex } from "../shared/search-index.js";

/** @typedef {import("../shared/search-index.js").Entry} Entry */
/**
 * @typedef {object} Found
 * @property {Entry[]} entries
 * @property {string} said what a screen reader hears, and stands above the entries if they are none
 *   of those asked for
 */
/**
 * @typedef {object} Searching
 * @property {() => string} address of the index
 * @property {(entry: Entry) => void} choose
 */

export class Search {
  /**
   * @param {HTMLInputElement} input
   * @param {HTMLElement} list
   * @param {HTMLElement} status
   * @param {Searching} searching
   */
  constructor(input, list, status, searching) {
    this.input = input;
    this.list = list;
    this.status = status;
    this.searching = searching;
    /** @type {Entry[]} */
    this.entries = [];
    this.active = -1;
    this.listen();
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("focus", () => this.load());
    input.addEventListener("input", () => this.suggest());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // the field keeps the focus while an entry is pressed
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.press(event));
  }

  /** @param {Lang} lang @param {Texts} texts @param {Words["batches"]} batches */
  setWords(lang, texts, batches) {
    this.lang = lang;
    this.batches = batches;
    this.texts = texts;
    this.input.placeholder = texts.search;
    this.input.setAttribute("aria-label", texts.search);
    this.list.setAttribute("aria-label", texts.search);
  }

  /** @returns {Promise<SearchIndex>} */
  async load() {
    const rows = await fetchPatiently(this.searching.address());
    if (rows !== this.rows) this.index = new SearchIndex(rows);
    this.rows = rows;
    return /** @type {SearchIndex} */ (this.index);
  }

  async suggest() {
    const { value } = this.input;
    const index = this.index ?? (await this.load());
    // more was typed while the index came
    if (value !== this.input.value) return;
    const day = readDay(value);
    if (day) this.show([dayEntry(day)], "");
    else this.show(index.find(value).found, "");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    // Enter ends what an input method composes
    if (event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      this.mark(this.active + steps[/** @type {keyof typeof steps} */ (event.key)]);
    } else if (event.key === "Enter") this.enter();
    else if (event.key === "Escape") this.escape(event);
  }

  async enter() {
    const { value } = this.input;
    const day = readDay(value);
    if (this.active >= 0) this.choose(this.entries[this.active]);
    else if (day) this.choose(dayEntry(day));
    else if (value.trim()) this.decide(this.index ?? (await this.load()), value);
  }

  /**
   * Open what a text means; where that is not one thing, list what it may mean.
   * @param {SearchIndex} index
   * @param {string} text
   */
  decide(index, text) {
    const { texts = {} } = this;
    const { exact, found } = index.find(text);
    const meant = exact.length ? exact : found;
    if (meant.length === 1) this.choose(meant[0]);
    else if (meant.length) this.show(meant, exact.length ? texts.several : texts.no_whole);
    else {
      const near = index.nearest(text);
      this.show(near, near.length ? texts.nearest : texts.nothing);
    }
  }

  /** @param {KeyboardEvent} event */
  escape(event) {
    if (this.list.hidden && !this.input.value) return;
    event.stopPropagation();
    if (this.list.hidden) this.input.value = "";
    this.close();
  }

  /** @param {MouseEvent} event */
  press(event) {
    const option = /** @type {HTMLElement} */ (event.target).closest("[role=option]");
    const place = [...this.list.querySelectorAll("[role=option]")].indexOf(
      /** @type {Element} */ (option),
    );
    if (place >= 0) this.choose(this.entries[place]);
  }

  /** @param {Entry} entry */
  choose(entry) {
    this.input.value = "";
    this.close();
    this.input.blur();
    this.searching.choose(entry);
  }

  /** @param {Entry[]} entries @param {string} said */
  show(entries, said) {
    this.entries = entries;
    const options = entries.map((entry, place) => this.option(entry, place));
    const head = said ? [element("li", "said", said)] : [];
    for (const line of head) line.setAttribute("role", "presentation");
    this.list.replaceChildren(...head, ...options);
    this.list.hidden = !entries.length && !said;
    this.input.setAttribute("aria-expanded", String(entries.length > 0));
    this.status.textContent = said;
    this.mark(-1);
  }

  close() {
    this.show([], "");
  }

  /** @param {Entry} entry @param {number} place */
  option(entry, place) {
    const option = element("li");
    option.id = `found-${place}`;
    option.setAttribute("role", "option");
    const [name, other] = this.names(entry);
    option.append(element("span", "name", name), element("span", "other", other));
    option.append(element("span", "kind", this.kind(entry)));
    return option;
  }

  /** @param {Entry} entry */
  names({ kind, zh, en, id, within_en }) {
    if (kind === "day") return [id, ""];
    if (kind === "document") return [within_en, ""];
    return this.lang === "zh" ? [zh, en] : [en, zh];
  }

  /** What an entry is, and where. @param {Entry} entry */
  kind({ kind, batch, revoked, id, within_zh, within_en }) {
    const { texts = {}, batches = {}, lang } = this;
    const within = lang === "zh" ? within_zh : within_en;
    if (kind === "day" || kind === "document") {
      return kind === "day" ? texts.of_day : `${texts.of_document} · ${id}`;
    }
    const text = texts[revoked ? "of_revoked" : `of_${kind}`];
    const what = fill(text, { batch: batches[batch] });
    return [what, within].filter(Boolean).join(" · ");
  }

  /** @param {number} place */
  mark(place) {
    const options = [...this.list.querySelectorAll("[role=option]")];
    this.active = place < -1 ? options.length - 1 : place >= options.length ? -1 : place;
    for (const [at, option] of options.entries()) {
      option.setAttribute("aria-selected", String(at === this.active));
    }
    const marked = options[this.active];
    if (marked) {
      this.input.setAttribute("aria-activedescendant", marked.id);
      marked.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }
}

/** @param {string} day @returns {Entry} */
const dayEntry = (day) => ({
  kind: "day",
  id: day,
  zh: "",
  en: "",
  within_zh: "",
  within_en: "",
  batch: 0,
  revoked: false,
  keys: [],
  around: "",
});
