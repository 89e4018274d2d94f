/* The panel beside the map: what it is handed, or what the document of the day did. The timeline
   says the day; the stories of all documents are fetched once. */

import { element, fetchJson, mount } from "./component.js";

class Panel {
  constructor(root) {
    this.root = root;
    this.onDay = () => this.draw();
    window.addEventListener("pilotzones-day", this.onDay);
  }

  remove() { window.removeEventListener("pilotzones-day", this.onDay); }

  async update(data) {
    this.wanted = data;
    const told = data.stories && (await fetchJson(data.stories));
    if (this.wanted !== data) return;
    this.told = told;
    if (told) this.draw();
    else this.show(data.html || "");
  }

  draw() {
    const day = window.pilotZonesDay;
    if (!this.told || !day) return;
    const { stops, on_the_day: onTheDay, afterwards, whole } = this.told;
    const stop = stops.findLast(({ on }) => on <= day) || stops[0];
    this.show(stop.html);
    this.root.dataset.on = day;
    const heading = this.root.querySelector("h2");
    heading.textContent = stop.on === day ? onTheDay : afterwards;
    this.root.querySelector(".pz-whole")?.remove();
    if (this.wanted.filtered) heading.after(element("p", "pz-quiet pz-whole", whole));
  }

  show(html) {
    if (html === this.html) return;
    this.html = html;
    this.root.innerHTML = html; // from a template that escapes every value
  }
}

export default function drawPanel(component) {
  return mount(component, (host) => {
    const root = element("article", "pz-panel");
    root.setAttribute("aria-live", "polite");
    host.append(root);
    return new Panel(root);
  });
}
