/* What lies over the map: the boundaries did not load, or no zone passes the filters. */

import { button, element } from "../shared/dom.js";

/** These words cannot be fetched, for fetching is what has failed. */
const FAILED = {
  en: { text: "The boundaries could not be loaded.", again: "Try again" },
  zh: { text: "边界数据未能加载。", again: "重试" },
};

export class Notices {
  /** @param {() => void} retry */
  constructor(retry) {
    this.retry = retry;
    this.failure = element("div", "pz-message");
    this.failure.setAttribute("role", "alert");
    this.failure.hidden = true;
    this.empty = element("div", "pz-empty");
    this.empty.setAttribute("role", "status");
    this.empty.hidden = true;
  }

  /** @param {HTMLElement} parent */
  addTo(parent) {
    parent.append(this.failure, this.empty);
    L.DomEvent.disableClickPropagation(this.failure);
    return this;
  }

  remove() {
    this.failure.remove();
    this.empty.remove();
  }

  /** @param {unknown} error @param {Lang} lang */
  fail(error, lang) {
    const { text, again } = FAILED[lang];
    const detail = error instanceof Error ? error.message : String(error);
    this.failure.replaceChildren(
      element("p", "", text),
      element("p", "pz-detail", detail),
      button("", again, this.retry),
    );
    this.failure.hidden = false;
  }

  clear() {
    this.failure.hidden = true;
  }
}
