/* The projection as a reference system of Leaflet. */

import { HALF_WORLD, project, unproject } from "./albers.js";

const SCALE = 0.5 / HALF_WORLD;

L.CRS.ChinaAlbers = L.extend({}, L.CRS.Earth, {
  code: "ChinaAlbers",
  projection: {
    bounds: L.bounds([-HALF_WORLD, -HALF_WORLD], [HALF_WORLD, HALF_WORLD]),
    /** @param {L.LatLng} place */
    project(place) {
      const { x, y } = project(place);
      return L.point(x, y);
    },
    /** @param {L.Point} metres */
    unproject: (metres) => L.latLng(unproject(metres)),
  },
  transformation: L.transformation(SCALE, 0.5, -SCALE, 0.5),
  wrapLng: undefined,
});
