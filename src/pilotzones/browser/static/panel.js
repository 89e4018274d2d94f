/* The panel beside the map: what the server sends, or what the document of the day did. The stories
   of all documents are fetched once; the timeline gives the day. */

import { fetchPatiently, mount } from "./component.js";
import { stopIndex } from "./days.js";
import { element } from "./dom.js";
import { currentDay, onDay } from "./messages.js";

/** @implements {Widget<PanelData>} */
class Panel {
  /** @type {PanelData} */
  data;
  /** @type {Stories | undefined} */
  stories;
  /** @type {string | undefined} */
  html;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.remove = onDay(() => this.draw());
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
  }
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
