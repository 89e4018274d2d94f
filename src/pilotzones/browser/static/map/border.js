/* The land border with some countries, and the land of China within a distance of it. */

import { kilometresPerPixel } from "./albers.js";
import { coordinates } from "./coordinates.js";
import { geometryById, pathOf } from "./shapes.js";

const NATION = "pz-nation";

export class Border {
  /** @param {L.Map} map @param {ShapeLayer} nation its outline keeps the strip inside */
  constructor(map, nation) {
    this.map = map;
    this.nation = nation;
    this.within = 0;
    /** @type {L.Polyline | null} */
    this.strip = null;
    /** @type {L.Polyline | null} */
    this.line = null;
    /** What the strip is clipped with. @type {SVGUseElement | null} */
    this.inside = null;
  }

  /**
   * @param {Features} file
   * @param {readonly string[]} countries
   * @param {number} within kilometres
   */
  show(file, countries, within) {
    this.hide();
    this.within = within;
    const known = geometryById(file);
    const lines = countries.flatMap((code) => {
      const geometry = known.get(code);
      return geometry ? linesOf(/** @type {GeoJsonShape} */ (geometry)) : [];
    });
    const style = { interactive: false, smoothFactor: 0, noClip: true, fill: false };
    if (within) {
      this.strip = L.polyline(lines, { ...style, className: "border-strip", pane: "land" });
      this.strip.addTo(this.map);
      this.clip();
    }
    this.line = L.polyline(lines, { ...style, className: "border-line", pane: "borders" });
    this.line.addTo(this.map);
    this.adjust();
  }

  hide() {
    this.strip?.remove();
    this.line?.remove();
    this.strip = null;
    this.line = null;
  }

  /** As wide as the zoom asks, to either side of the border. */
  adjust() {
    this.strip?.setStyle({ weight: (2 * this.within) / kilometresPerPixel(this.map.getZoom()) });
    if (this.inside) this.nation.place?.(this.inside);
  }

  /** Make the outline of the country a clipping path, which the style sheet names. */
  clip() {
    const nation = pathOf(this.nation);
    const drawing = /** @type {SVGSVGElement} */ (nation.ownerSVGElement);
    if (nation.id === NATION) return;
    nation.id = NATION;
    const clip = document.createElementNS(drawing.namespaceURI, "clipPath");
    const use = document.createElementNS(drawing.namespaceURI, "use");
    clip.id = "pz-inside";
    use.setAttribute("href", `#${NATION}`);
    this.inside = /** @type {SVGUseElement} */ (use);
    clip.append(use);
    drawing.prepend(clip);
  }
}

/** @param {GeoJsonShape} geometry @returns {L.LatLng[][]} */
function linesOf(geometry) {
  const lines = coordinates(geometry);
  return /** @type {L.LatLng[][]} */ (geometry.type === "LineString" ? [lines] : lines);
}
