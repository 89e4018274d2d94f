/* The links to the pages, and the title of the page that is open. */

import { element } from "../shared/dom.js";
import { setLanguage } from "../shared/language.js";

const ATLAS = "./";

export class Navigation {
  /** @param {HTMLElement} node @param {HTMLAnchorElement[]} others links elsewhere in the head */
  constructor(node, others) {
    this.node = node;
    this.others = others;
    /** @type {HTMLAnchorElement[]} */
    this.links = [];
    // on a phone the links scroll, and their widths come with the style and the font
    this.watch = new ResizeObserver(() => this.scrollToPage());
  }

  scrollToPage() {
    const link = this.links.find((one) => one.hasAttribute("aria-current"));
    if (!link) return;
    this.node.scrollLeft = link.offsetLeft - (this.node.clientWidth - link.offsetWidth) / 2;
  }

  /** Once a language, for a link that is drawn anew loses the focus. @param {Words} words */
  draw({ pages, tabs, timeline }) {
    this.links = tabs.map((path) => {
      const link = element("a", "", pages[path]);
      link.dataset.path = path;
      return link;
    });
    this.node.setAttribute("aria-label", timeline.pages);
    this.node.replaceChildren(...this.links);
    this.watch.disconnect();
    for (const node of [this.node, ...this.links]) this.watch.observe(node);
  }

  /** @param {TimelineData} data @param {Words} words @param {string} day written out */
  showPage({ lang, page, title, subject }, { pages, timeline, tabs }, day) {
    const path = page || ATLAS;
    setLanguage(lang);
    const shown = tabs.includes(path) ? `${day}${subject.where}` : "";
    const name = title || [page && pages[path], shown].filter(Boolean).join(", ");
    document.title = `${name} – ${timeline.page_title}`;
    for (const link of this.links) {
      if (link.dataset.path !== path) link.removeAttribute("aria-current");
      else link.setAttribute("aria-current", "page");
    }
  }

  /** Each with the View as that page takes it. @param {(page: string) => URLSearchParams} query */
  carry(query) {
    for (const link of [...this.links, ...this.others]) {
      const { path = "" } = link.dataset;
      link.href = `${path}?${query(path)}`;
    }
  }
}
