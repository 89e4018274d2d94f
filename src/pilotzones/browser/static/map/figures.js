/* A reader's figures: a circle or a shaded prefecture each, under the outlines of the zones. */

import { geometryById, pathOf, shape } from "./shapes.js";

/** @typedef {Figure & { layer: L.Path, path: SVGElement }} DrawnFigure */

export class Figures {
  /** @param {L.Map} map @param {(figure: DrawnFigure) => void} listen */
  constructor(map, listen) {
    this.listen = listen;
    this.group = L.layerGroup().addTo(map);
    this.drawn = "[]";
  }

  /**
   * Draw them, unless they are there, for a shape that is drawn anew loses the focus.
   * @param {Figure[]} figures
   * @param {Features | null} file the shapes of prefectures
   */
  show(figures, file) {
    const wanted = JSON.stringify(figures);
    if (wanted === this.drawn) return;
    this.drawn = wanted;
    this.group.clearLayers();
    const shapes = file ? geometryById(file) : new Map();
    for (const figure of figures) {
      const layer = /** @type {L.Path} */ (drawFigure(figure, shapes).addTo(this.group));
      const path = pathOf(layer);
      path.style.setProperty("--value", figure.fill);
      path.setAttribute("tabindex", "0");
      path.setAttribute("role", "img");
      path.setAttribute("aria-label", `${figure.name}, ${figure.hint}`);
      this.listen({ ...figure, layer, path });
    }
  }
}

/** @param {Figure} figure @param {Map<string, Shape>} shapes */
function drawFigure({ adcode, radius, lon, lat }, shapes) {
  const outline = shapes.get(adcode);
  if (radius === null && outline) return shape(outline, `figure figure-${adcode}`, "land", true);
  const className = `figure figure-circle figure-${adcode}`;
  const style = { className, pane: "points", radius: radius ?? 4, weight: 1, fillOpacity: 1 };
  return L.circleMarker([lat, lon], style);
}
