/* The inset of the South China Sea; it moves to the left where it would cover more at the right. */

import { element } from "../shared/dom.js";
import { fit } from "./fit.js";
import { Ground } from "./ground.js";
import { ROLE } from "../shared/roles.js";
import { geometryById, pathOf, shape } from "./shapes.js";

const UP_TO = 1.15; // times the scale of the national view
/** Up to this shape of the picture it stands at the left in the still, as in its style sheet. */
const LEFT_UP_TO = 1.5;
/** To the edge of the picture, as in the style sheet, and to what may not be covered. */
const EDGE_PX = 8 + 6;
/** @type {Point[]} */
const SOUTH_CHINA_SEA = [
  [3.2, 105.8],
  [3.2, 121.5],
  [24.5, 106.2],
  [24.5, 122],
];
/** A place of those below counts as so many zones. */
const WEIGHT = 1000;
/** Taiwan, Diaoyu Dao, Chiwei Yu, the south of Hainan, the border of Tibet. @type {Point[]} */
const NEVER_COVERED = [
  [21.9, 120.8],
  [23, 121.5],
  [24, 121.7],
  [25.1, 122],
  [25.7, 123.5],
  [25.9, 124.6],
  [18.2, 109.5],
  [32.5, 79],
  [31, 79],
  [30.3, 81],
  [28.8, 84.5],
  [28, 87],
  [27.5, 89],
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
    this.fit();
    // it has another size on a turned phone, or none while its page is hidden
    new ResizeObserver(() => this.fit()).observe(this.frame);
    this.ground = new Ground(this.map, layers);
    const geometry = geometryById(layers.zones);
    for (const zone of zones) {
      const [west, south, east] = zone.box;
      if (south >= 25 || west >= 122 || east <= 105) continue;
      const outline = /** @type {Shape} */ (geometry.get(zone.id));
      zone.insetPath = pathOf(shape(outline, "inset-zone is-hidden", "zones").addTo(this.map));
    }
  }

  fit() {
    if (!this.map) return;
    this.map.invalidateSize({ pan: false });
    fit(this.map, SOUTH_CHINA_SEA, [0, 0, 0, 0]);
  }

  /**
   * @param {L.Map} map
   * @param {number} national zoom of the view of all China
   * @param {readonly Zone[]} zones
   */
  place(map, national, zones) {
    this.node.hidden = 2 ** (map.getZoom() - national) > UP_TO;
    if (this.node.hidden) return;
    const { x: width, y: height } = map.getSize();
    const [x, y] = [this.node.offsetWidth + EDGE_PX, this.node.offsetHeight + EDGE_PX];
    const shown = zones.filter(({ role }) => role !== ROLE.HIDDEN);
    const left = covered(map, L.bounds([0, height - y], [x, height]), shown);
    const right = covered(map, L.bounds([width - x, height - y], [width, height]), shown);
    // where nothing decides it stands as in the still
    const atLeft = width <= LEFT_UP_TO * height ? left <= right : left < right;
    this.node.classList.toggle("is-left", atLeft);
  }
}

/**
 * How much lies below a part of the map.
 * @param {L.Map} map
 * @param {L.Bounds} part
 * @param {readonly Zone[]} zones
 */
function covered(map, part, zones) {
  const count = (/** @type {Point[]} */ places) =>
    places.filter((place) => part.contains(map.latLngToContainerPoint(place))).length;
  return WEIGHT * count(NEVER_COVERED) + count(zones.map(({ lat, lon }) => [lat, lon]));
}
