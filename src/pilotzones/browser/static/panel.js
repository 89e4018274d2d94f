/* The panel beside the map: what the server sends, or what the document of the day did. The stories
   of all documents are fetched once; the timeline gives the day. */

import { fetchPatiently, mount } from "./shared/component.js";
import { stopIndex } from "./shared/days.js";
import { element } from "./shared/dom.js";
import { currentDay, onDay } from "./shared/messages.js";

/** @implements {Widget<PanelData>} */
class Panel {
  /** @type {PanelData} */
  data;
  /** @type {Stories | undefined} */
  stories;
  /** @type {string | undefined} */
  html;
  /** Of the record that is open. @type {string | undefined} */
  name;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.ignoreDay = onDay(() => this.draw());
    this.listening = new AbortController();
    const { signal } = this.listening;
    document.addEventListener("keydown", (event) => this.key(event), { signal });
  }

  remove() {
    this.ignoreDay();
    this.listening.abort();
  }

  /** @param {PanelData} data */
  async update(data) {
    this.data = data;
    const stories = data.stories && (await fetchPatiently(data.stories));
    if (this.data !== data) return;
    this.stories = stories;
    if (stories) this.draw();
    else this.show(data.html || "");
  }

  draw() {
    const day = currentDay();
    if (!this.stories || !day) return;
    const { stops, on_the_day: onTheDay, afterwards, whole } = this.stories;
    const stop = stops[stopIndex(stops, day)];
    this.show(stop.html);
    this.root.dataset.on = day;
    const heading = /** @type {HTMLElement} */ (this.root.querySelector("h2"));
    heading.textContent = stop.on === day ? onTheDay : afterwards;
    this.root.querySelector(".pz-whole")?.remove();
    if (this.data.filtered) heading.after(element("p", "pz-quiet pz-whole", whole));
  }

  /** @param {string} html */
  show(html) {
    if (html === this.html) return;
    this.html = html;
    this.root.innerHTML = html; // from a template that escapes every value
    const name = this.close && this.root.querySelector("h2")?.textContent;
    if (name && name !== this.name) bringTheMap();
    this.name = name ?? undefined;
  }

  /** What closes the record of a zone. @returns {HTMLElement | null} */
  get close() {
    return this.root.querySelector(".pz-close a");
  }

  /** @param {KeyboardEvent} event */
  key({ key, target, defaultPrevented }) {
    const free = target === document.body || this.root.contains(/** @type {Node} */ (target));
    if (key === "Escape" && free && !defaultPrevented) this.close?.click();
  }
}

/** With the record comes its zone on the map; on a phone the record is a sheet below the map. */
function bringTheMap() {
  const both = document.querySelector(".st-key-map-and-panel");
  const isSheet = window.matchMedia("(max-width: 640px)").matches;
  if (both && (isSheet || both.getBoundingClientRect().top < 0)) both.scrollIntoView();
}

/** @param {Component<PanelData>} component */
export default function drawPanel(component) {
  return mount(component, (host) => {
    const root = element("article", "pz-panel");
    root.setAttribute("aria-live", "polite");
    host.append(root);
    return new Panel(root);
  });
}
