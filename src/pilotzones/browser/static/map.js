/* The map inside the frame of streamlit-folium.

   The script that folium sends never changes: it calls PilotZones.mount once. A rerun sends a call
   of PilotZones.show with the state: one letter for each zone and stop. Geometry is fetched by
   address, once, and never travels with a rerun. */

import "./map/crs.js";
import { Frame } from "./map/frame.js";

/** @type {Frame | undefined} */
let frame;

const OPTIONS = {
  center: L.latLng(36, 104),
  zoom: 3.5,
  zoomSnap: 0,
  zoomDelta: 0.7,
  wheelPxPerZoomLevel: 100,
  minZoom: 2,
  maxZoom: 10,
  zoomControl: false,
  attributionControl: false,
};

/** The name of the file; a version of the data may stand behind it. @param {string} address */
const nameOf = (address) => address.replace(/\?.*/, "").split("/").at(-1);

window.PilotZones = {
  create: (id) => L.map(id, { ...OPTIONS, crs: L.CRS.ChinaAlbers }),
  mount(map, addresses) {
    const files = addresses.map((address) => [nameOf(address), address]);
    frame = new Frame(map, Object.fromEntries(files));
  },
  show(state) {
    frame?.show(state);
  },
  showDay: (day) => frame?.follow(day),
  sight: () => frame?.camera.sight ?? null,
};
