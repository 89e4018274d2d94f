/* What stands above the timeline: name, search, pages, headline. */

import { About } from "./about.js";
import { Navigation } from "./navigation.js";
import { preparePaper } from "./paper.js";
import { Search } from "./search.js";
import { Share } from "./share.js";
import { Summary } from "./summary.js";

/**
 * @typedef {object} Hosting
 * @property {() => TimelineData} data
 * @property {(page?: string) => URLSearchParams} query the View, as a page takes it
 * @property {(page: string, query: string) => void} turn
 * @property {(day: string) => void} take
 */

/**
 * Make a link lead to the first node that takes the focus now, with the address left as it is.
 * @param {HTMLElement} link @param {HTMLElement[]} nodes
 */
function skipTo(link, nodes) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    event.stopPropagation();
    nodes.find((node) => node.tabIndex >= 0)?.focus();
  });
  return link;
}

export class Head {
  /** @param {(name: string) => HTMLElement} part @param {Hosting} page */
  constructor(part, page) {
    this.page = page;
    this.sentence = "";
    /** @type {Texts | undefined} */
    this.texts = undefined;
    /** Of the data. */
    this.version = "";
    const links = /** @type {HTMLAnchorElement[]} */ (["product", "about-link"].map(part));
    [links[0].dataset.path, links[1].dataset.path] = ["./", "data"];
    this.skip = skipTo(part("skip"), ["slider", "from"].map(part));
    this.navigation = new Navigation(part("nav"), links);
    this.summary = new Summary(part);
    const input = /** @type {HTMLInputElement} */ (part("search"));
    this.search = new Search(input, part("found"), part("search-status"), {
      address: () => page.data().search,
      choose: (entry) => this.open(entry),
    });
    const nodes = { opener: part("share"), menu: part("share-menu"), status: part("said") };
    this.share = new Share(nodes, {
      page: () => page.data().page,
      query: page.query,
      sentence: () => this.sentence,
      texts: () => this.texts,
      version: () => this.version,
    });
    window.addEventListener("beforeprint", preparePaper);
    this.about = new About(part("about"), part("about-close"), () => input.focus());
  }

  /** @param {Lang} lang @param {Words} words */
  setWords(lang, words) {
    if (words.timeline !== this.texts) this.navigation.draw(words);
    this.texts = words.timeline;
    this.skip.textContent = words.timeline.skip;
    this.version = words.version;
    this.search.setWords(lang, words.timeline, words.batches);
  }

  /** @param {Words} words @param {import("./summary.js").Moment} moment */
  show(words, moment) {
    const data = this.page.data();
    const { day, sentence } = this.summary.show(data, words, moment);
    this.sentence = sentence;
    this.navigation.carry(this.page.query);
    this.navigation.showPage(data, words, day);
    this.about.show(data.page);
  }

  /** Open the record of what was found. @param {import("../shared/search-index.js").Entry} entry */
  open({ kind, id }) {
    if (kind === "day") return this.page.take(id);
    const page = kind === "zone" ? "zone" : kind === "document" ? "" : "place";
    const query = this.page.query(page);
    query.delete("zone");
    query.set(kind === "zone" ? "zone" : kind === "document" ? "on" : "adcode", id);
    return this.page.turn(page, String(query));
  }
}
