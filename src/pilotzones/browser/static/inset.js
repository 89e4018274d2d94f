/* The inset of the South China Sea; it moves to the left where it would cover a part of China. */

import { element } from "./dom.js";
import { fit } from "./fit.js";
import { Ground } from "./ground.js";
import { geometryById, pathOf, shape } from "./shapes.js";

const UP_TO = 1.15; // times the scale of the national view
const MARGIN_PX = 6;
const GAP_PX = 8;
/** @type {Point[]} */
const SOUTH_CHINA_SEA = [
  [3.2, 105.8],
  [3.2, 121.5],
  [24.5, 106.2],
  [24.5, 122],
];
/** Taiwan, Diaoyu Dao and Chiwei Yu, the south of Hainan. @type {Point[]} */
const NEVER_COVERED = [
  [21.9, 120.8],
  [23, 121.5],
  [24, 121.7],
  [25.1, 122],
  [25.7, 123.5],
  [25.9, 124.6],
  [18.2, 109.5],
];
const FIXED = {
  zoomControl: false,
  attributionControl: false,
  dragging: false,
  keyboard: false,
  scrollWheelZoom: false,
  doubleClickZoom: false,
  boxZoom: false,
  touchZoom: false,
  zoomSnap: 0,
};

export class Inset {
  constructor() {
    this.node = element("div", "pz-inset");
    this.frame = element("div", "pz-inset-map");
    this.title = element("div", "pz-inset-title");
    this.node.append(this.frame, this.title);
    this.node.setAttribute("aria-hidden", "true");
  }

  /** @param {HTMLElement} parent */
  addTo(parent) {
    parent.append(this.node);
    return this;
  }

  remove() {
    this.map?.remove();
    this.node.remove();
  }

  /** @param {Layers} layers @param {readonly Zone[]} zones */
  draw(layers, zones) {
    const crs = L.CRS.ChinaAlbers;
    this.map = L.map(this.frame, { ...FIXED, crs, center: [14, 114], zoom: 2 });
    fit(this.map, SOUTH_CHINA_SEA, [0, 0, 0, 0]);
    this.ground = new Ground(this.map, layers);
    const geometry = geometryById(layers.zones);
    for (const zone of zones) {
      const [west, south, east] = zone.box;
      if (south >= 25 || west >= 122 || east <= 105) continue;
      const outline = /** @type {Shape} */ (geometry.get(zone.id));
      zone.insetPath = pathOf(shape(outline, "inset-zone is-hidden", "zones").addTo(this.map));
    }
  }

  /**
   * @param {L.Map} map
   * @param {number} national zoom of the view of all China
   * @param {HTMLElement} legend
   */
  place(map, national, legend) {
    this.node.hidden = 2 ** (map.getZoom() - national) > UP_TO;
    this.node.classList.remove("is-left");
    this.node.style.left = "";
    if (!this.covers(map)) return;
    this.node.classList.add("is-left");
    // beside the legend where that lies on the map
    const onMap = getComputedStyle(legend).position === "absolute";
    const beside = onMap ? legend.offsetLeft + legend.offsetWidth : 0;
    this.node.style.left = `${beside + GAP_PX}px`;
  }

  /** @param {L.Map} map */
  covers(map) {
    const { left, top } = map.getContainer().getBoundingClientRect();
    const box = this.node.getBoundingClientRect();
    const covered = L.bounds(
      [box.left - MARGIN_PX, box.top - MARGIN_PX],
      [box.right + MARGIN_PX, box.bottom + MARGIN_PX],
    );
    return NEVER_COVERED.some((place) =>
      covered.contains(map.latLngToContainerPoint(place).add([left, top])),
    );
  }
}
