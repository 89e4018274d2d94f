/* Zoom, scale and home, as controls of Leaflet. */

import { button, element, fill } from "../shared/dom.js";

/** The scale of Leaflet, in words of the language. */
export class Scale extends L.Control.Scale {
  constructor() {
    super({ position: "bottomleft", imperial: false });
    /** @type {string | null} */
    this.template = null;
  }

  /** @param {string} template */
  setTemplate(template) {
    this.template = template;
    this._update();
  }

  /** Called by Leaflet. @param {number} most metres at the full width */
  _updateMetric(most) {
    if (!this.template) return; // the words come later than the map
    const metres = this._getRoundNum(most);
    const text = fill(this.template, { n: metres / 1000 });
    this._updateScale(this._mScale, text, metres / most);
  }
}

export class Home extends L.Control {
  /** @param {() => void} act */
  constructor(act) {
    super({ position: "topleft" });
    this.button = button("pz-home", "", act);
  }

  onAdd() {
    const bar = element("div", "leaflet-bar");
    bar.append(this.button);
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  }
}

export class Controls {
  /** @param {() => void} home */
  constructor(home) {
    this.zoom = L.control.zoom({ position: "topleft" });
    this.scale = new Scale();
    this.home = new Home(home);
    this.skip = button("pz-skip", "", () => this.zoomButtons[0].focus());
  }

  /** @param {L.Map} map */
  addTo(map) {
    map.getContainer().prepend(this.skip);
    for (const control of [this.zoom, this.scale, this.home]) control.addTo(map);
    return this;
  }

  remove() {
    this.skip.remove();
    for (const control of [this.zoom, this.scale, this.home]) control.remove();
  }

  get zoomButtons() {
    return [.../** @type {HTMLElement} */ (this.zoom.getContainer()).querySelectorAll("a")];
  }

  /** @param {Texts} texts */
  setTexts(texts) {
    const [zoomIn, zoomOut] = this.zoomButtons;
    label(this.home.button, texts.home);
    label(zoomIn, texts.zoom_in);
    label(zoomOut, texts.zoom_out);
    this.scale.setTemplate(texts.kilometres);
    this.skip.textContent = texts.skip;
  }
}

/** @param {HTMLElement} node @param {string} text */
function label(node, text) {
  node.title = text;
  node.setAttribute("aria-label", text);
}
