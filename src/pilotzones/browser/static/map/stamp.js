/* Above the picture, for a screenshot must show it: day, title, count. */

import { element } from "../shared/dom.js";

/**
 * A template cut at its {names}: days to stay in one line each, and the words between them.
 * @param {string} template
 * @param {Record<string, string>} days
 */
export const splitAtDays = (template, days) =>
  template
    .split(/\{(\w+)\}/)
    .map((text, i) => (i % 2 ? { day: days[text] } : { text }))
    .filter(({ text }) => text !== "");

export class Stamp {
  constructor() {
    this.node = element("div", "pz-stamp");
    this.title = element("div", "pz-title");
    this.day = element("div", "pz-day");
    this.count = element("div", "pz-count");
    this.node.append(this.day, this.title, this.count);
  }

  /** @param {HTMLElement} parent */
  addTo(parent) {
    parent.append(this.node);
    return this;
  }

  remove() {
    this.node.remove();
  }

  /** @param {string} template @param {Record<string, string>} days @param {string} count */
  show(template, days, count) {
    const parts = splitAtDays(template, days);
    const nodes = parts.map(({ day, text }) => text ?? element("span", "pz-date", day));
    this.day.replaceChildren(...nodes);
    this.count.textContent = count;
  }
}
