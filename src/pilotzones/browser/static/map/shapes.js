/* Shapes of Leaflet from GeoJSON, or from paths in the plane of the map. */

import { coordinates } from "./coordinates.js";
import { PlaneArea, PlaneLine } from "./plane.js";

/**
 * @param {Shape} geometry
 * @param {string} className
 * @param {string} pane
 * @param {boolean} interactive
 * @returns {ShapeLayer}
 */
export function shape(geometry, className, pane, interactive = false) {
  const style = { className, pane, interactive, smoothFactor: 0, weight: 1, fillOpacity: 1 };
  const line = { ...style, fill: false };
  const isLine = geometry.type.includes("Line");
  if ("d" in geometry) {
    const layer = isLine ? new PlaneLine([], line) : new PlaneArea([], style);
    layer.setShape(geometry);
    return layer;
  }
  const places = coordinates(geometry);
  const layer = isLine ? L.polyline(places, line) : L.polygon(places, style);
  return Object.assign(layer, { shape: geometry });
}

/** The path of a layer that is on a map. @param {L.Path} layer */
export const pathOf = (layer) => /** @type {SVGElement} */ (layer.getElement());

/** @param {Features} file @returns {Map<string, Shape>} */
export const geometryById = (file) =>
  new Map(file.features.map(({ id, geometry }) => [String(id), geometry]));

/** Lets a key press act as a click. @param {Element} path @param {() => void} act */
export function actOnKey(path, act) {
  path.addEventListener("keydown", (event) => {
    const { key } = /** @type {KeyboardEvent} */ (event);
    if (key !== "Enter" && key !== " ") return;
    event.preventDefault();
    act();
  });
}

/** The halo around what is chosen, above everything that could cover it. */
export class Outline {
  /** @param {L.Map} map */
  constructor(map) {
    this.group = L.layerGroup().addTo(map);
  }

  /** @param {Shape[]} shapes */
  draw(shapes) {
    this.group.clearLayers();
    for (const className of ["chosen-halo", "chosen-outline"]) {
      for (const one of shapes) shape(one, className, "borders").addTo(this.group);
    }
  }
}
