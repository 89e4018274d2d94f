/* The links to the pages, and the title of the page that is open. */

import { element, htmlLang } from "./dom.js";

const ATLAS = "./";

export class Navigation {
  /** @param {HTMLElement} node */
  constructor(node) {
    this.node = node;
    /** @type {HTMLAnchorElement[]} */
    this.links = [];
  }

  /** Once a language, for a link that is drawn anew loses the focus. @param {Words} words */
  draw({ pages, timeline }) {
    const paths = Object.keys(pages).filter((path) => path);
    this.links = paths.map((path) => {
      const link = element("a", "", pages[path]);
      link.dataset.path = path;
      return link;
    });
    this.node.setAttribute("aria-label", timeline.pages);
    this.node.replaceChildren(...this.links);
  }

  /** @param {TimelineData} data @param {Words} words */
  showPage({ lang, page }, { pages, timeline }) {
    const path = page || ATLAS;
    document.documentElement.lang = htmlLang(lang);
    document.title = page ? `${pages[path]} – ${timeline.page_title}` : timeline.page_title;
    for (const link of this.links) {
      if (link.dataset.path === path) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  /** Each with the View as that page takes it. @param {(page: string) => URLSearchParams} query */
  carry(query) {
    for (const link of this.links) {
      const { path = "" } = link.dataset;
      link.href = `${path}?${query(path)}`;
    }
  }
}
