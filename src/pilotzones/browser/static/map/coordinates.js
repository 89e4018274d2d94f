/* Places of Leaflet from GeoJSON. */

const DEPTH = { Polygon: 1, MultiPolygon: 2, LineString: 0, MultiLineString: 1 };

/** @param {GeoJsonShape} geometry */
export const coordinates = (geometry) =>
  L.GeoJSON.coordsToLatLngs(geometry.coordinates, DEPTH[geometry.type]);
