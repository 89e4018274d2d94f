/* Shapes of Leaflet from GeoJSON. */

const DEPTH = { Polygon: 1, MultiPolygon: 2, LineString: 0, MultiLineString: 1 };

/** @param {Shape} geometry */
export const coordinates = (geometry) =>
  L.GeoJSON.coordsToLatLngs(geometry.coordinates, DEPTH[geometry.type]);

/**
 * @param {Shape} geometry
 * @param {string} className
 * @param {string} pane
 * @param {boolean} interactive
 */
export function shape(geometry, className, pane, interactive = false) {
  const style = { className, pane, interactive, smoothFactor: 0, weight: 1, fillOpacity: 1 };
  return geometry.type.endsWith("LineString")
    ? L.polyline(coordinates(geometry), { ...style, fill: false })
    : L.polygon(coordinates(geometry), style);
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

  /** @param {L.Polygon[]} layers */
  draw(layers) {
    this.group.clearLayers();
    const style = { pane: "borders", fill: false, interactive: false, smoothFactor: 0 };
    for (const className of ["chosen-halo", "chosen-outline"]) {
      for (const layer of layers) {
        L.polygon(layer.getLatLngs(), { ...style, className }).addTo(this.group);
      }
    }
  }
}
