/* The choropleth of the provincial divisions: a shape and a value each. */

import { element } from "../shared/dom.js";
import { overlap } from "./placing.js";
import { pathOf, shape } from "./shapes.js";

export class Provinces {
  /** @param {L.Map} map @param {Features} file */
  constructor(map, file) {
    this.all = file.features.map((feature) => drawProvince(map, feature));
  }

  /** @param {Record<string, Shade>} shades by adcode @param {string[]} chosen adcodes */
  show(shades, chosen) {
    this.chosen = chosen;
    for (const province of this.all) {
      const { path, label } = Object.assign(province, shades[province.adcode]);
      path.style.setProperty("--value", province.fill);
      path.setAttribute("aria-label", `${province.name}, ${province.hint}`);
      path.classList.toggle("is-chosen", chosen.includes(province.adcode));
      label.textContent = province.value;
      label.style.setProperty("--value-ink", province.ink);
      label.style.setProperty("--value-halo", province.fill);
    }
    this.thinValues();
  }

  get chosenShapes() {
    const chosen = this.all.filter(({ adcode }) => this.chosen?.includes(adcode));
    return chosen.map(({ layer }) => layer.shape);
  }

  /** The value of a small division gives way to that of a larger one; its tooltip has it still. */
  thinValues() {
    for (const { label } of this.all) label.hidden = false;
    // all is measured before anything is hidden, or the browser would lay out the page each time
    const measured = this.all.map(({ label, path }) => {
      const { width, height } = /** @type {SVGGraphicsElement} */ (path).getBBox();
      return { label, box: label.getBoundingClientRect(), size: width * height };
    });
    /** @type {DOMRect[]} */
    const kept = [];
    for (const { label, box } of measured.toSorted((one, other) => other.size - one.size)) {
      label.hidden = kept.some((other) => overlap(box, other));
      if (!label.hidden) kept.push(box);
    }
  }
}

/**
 * @param {L.Map} map
 * @param {Features["features"][number]} feature
 * @returns {Province}
 */
function drawProvince(map, { id, geometry, properties }) {
  const { adcode = String(id), lat = 0, lon = 0 } = properties;
  const layer = shape(geometry, `province-area province-${adcode}`, "zones", true).addTo(map);
  const [path, label] = [pathOf(layer), element("div", "pz-value")];
  path.setAttribute("tabindex", "0");
  path.setAttribute("role", "button");
  const icon = L.divIcon({ className: "", html: label, iconSize: [40, 14] });
  L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(map);
  return { adcode, lat, lon, layer, path, label, name: "", hint: "", value: "", fill: "", ink: "" };
}
