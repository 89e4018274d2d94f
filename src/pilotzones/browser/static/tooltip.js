/* The words at the pointer or at the focus of the keyboard, for a zone or a province. */

import { element } from "./dom.js";

export class Tooltip {
  /**
   * @param {L.Map} map
   * @param {(place: Zone | Province) => HTMLElement[]} describe
   */
  constructor(map, describe) {
    this.map = map;
    this.describe = describe;
    this.box = L.tooltip({ direction: "top", offset: [0, -6], opacity: 1 });
    /** @type {Zone | Province | null} */
    this.place = null;
  }

  /** @param {L.Layer} layer @param {Zone | Province} place */
  follow(layer, place) {
    layer.on("mouseover", ({ latlng }) => this.show(place, latlng));
    layer.on("mousemove", ({ latlng }) => this.box.setLatLng(latlng));
    layer.on("mouseout", () => this.hide());
  }

  /** @param {Zone | Province} place */
  followFocus(place) {
    place.path.addEventListener("focus", () => this.show(place, L.latLng(place.lat, place.lon)));
    place.path.addEventListener("blur", () => this.hide());
  }

  /** @param {Zone | Province} place @param {L.LatLng} latlng */
  show(place, latlng) {
    this.place = place;
    const content = element("div", "pz-hint");
    content.append(...this.describe(place));
    this.box.setContent(content).setLatLng(latlng);
    if (!this.map.hasLayer(this.box)) this.box.addTo(this.map);
  }

  hide() {
    this.place = null;
    this.box.remove();
  }

  /**
   * After a change of the day or the language.
   * @param {(place: Zone | Province) => boolean} drawn
   */
  refresh(drawn) {
    const latlng = this.box.getLatLng();
    if (!this.place || !latlng) return;
    if (drawn(this.place)) this.show(this.place, latlng);
    else this.hide();
  }
}
