/* Shapes of Leaflet from GeoJSON, or from paths in the plane of the map. */

import { HALF_WORLD } from "./albers.js";

const DEPTH = { Polygon: 1, MultiPolygon: 2, LineString: 0, MultiLineString: 1 };
/** Metres of a unit of those paths, as in coarse.py. */
const UNIT_M = 1000;

/** @param {GeoJsonShape} geometry */
export const coordinates = (geometry) =>
  L.GeoJSON.coordsToLatLngs(geometry.coordinates, DEPTH[geometry.type]);

/**
 * A class of Leaflet for shapes that may be paths in the plane: those are neither projected nor
 * clipped, only moved and scaled.
 * @param {{ extend: Function, prototype: any }} base
 * @returns {new (places: L.LatLng[], style: L.PolylineOptions) => ShapeLayer}
 */
function ofPlane(base) {
  const { _project: project, _update: update } = base.prototype;
  /** @type {ThisType<any>} */
  const members = {
    /** @param {Shape} drawn */
    setShape(drawn) {
      this.shape = drawn;
      this.d = "d" in drawn ? drawn.d : null;
      this.written = null;
      this.setLatLngs("d" in drawn ? [] : coordinates(drawn));
    },
    _project() {
      if (this.d === null) project.call(this);
    },
    _update() {
      const { _map: map, _path: path } = this;
      if (!map) return;
      if (this.d === null) {
        path.removeAttribute("transform");
        update.call(this);
        return;
      }
      // a layer that comes back has a new path
      if (this.written !== path) path.setAttribute("d", this.d);
      this.written = path;
      path.setAttribute("transform", planeTransform(map));
    },
  };
  return base.extend(members);
}

/** @param {L.Map} map */
function planeTransform(map) {
  const scale = L.CRS.ChinaAlbers.scale(map.getZoom());
  const { x, y } = map.getPixelOrigin();
  const by = (UNIT_M * scale) / (2 * HALF_WORLD);
  return `matrix(${by} 0 0 ${by} ${scale / 2 - x} ${scale / 2 - y})`;
}

const Line = ofPlane(L.Polyline);
const Area = ofPlane(L.Polygon);

/**
 * @param {Shape} geometry
 * @param {string} className
 * @param {string} pane
 * @param {boolean} interactive
 */
export function shape(geometry, className, pane, interactive = false) {
  const style = { className, pane, interactive, smoothFactor: 0, weight: 1, fillOpacity: 1 };
  const isLine = geometry.type.includes("Line");
  const layer = isLine ? new Line([], { ...style, fill: false }) : new Area([], style);
  layer.setShape(geometry);
  return layer;
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
