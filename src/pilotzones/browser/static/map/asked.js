/* The outlines of the provinces that were asked for: a day may have no zone in them. */

import { geometryById, shape } from "./shapes.js";

export class AskedProvinces {
  /** @param {L.Map} map */
  constructor(map) {
    this.group = L.layerGroup().addTo(map);
    this.drawn = "";
  }

  /** @param {Features | null} file @param {readonly string[]} adcodes */
  show(file, adcodes) {
    if (String(adcodes) === this.drawn) return;
    this.drawn = String(adcodes);
    this.group.clearLayers();
    const known = file ? geometryById(file) : new Map();
    for (const adcode of adcodes) {
      const geometry = known.get(adcode);
      if (geometry) shape(geometry, "province-outline", "borders").addTo(this.group);
    }
  }
}
