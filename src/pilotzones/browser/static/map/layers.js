/* The map itself: ground, zones, provinces, the outline of what is chosen, the tooltip. */

import { AskedProvinces } from "./asked.js";
import { Border } from "./border.js";
import { fetchJson } from "../shared/fetching.js";
import { Figures } from "./figures.js";
import { Ground } from "./ground.js";
import { Names } from "./names.js";
import { Provinces } from "./provinces.js";
import { ROLE } from "../shared/roles.js";
import { Outline, actOnKey } from "./shapes.js";
import { Tooltip } from "./tooltip.js";
import { Zones } from "./zones.js";

/** How fine the shapes are, and from which zoom on; a map in one file has one level for all. */
const LEVELS = /** @type {[level: string, from: number][]} */ (
  window.pilotZonesFiles
    ? [["overview", -Infinity]]
    : [
        ["detail", 6],
        ["overview", 4.75],
        ["coarse", -Infinity],
      ]
);
export const FIRST_LEVEL = LEVELS[LEVELS.length - 1][0];

/** @typedef {import("./figures.js").DrawnFigure} DrawnFigure */

/**
 * @typedef {object} Acts
 * @property {(place: Zone | Province | DrawnFigure) => HTMLElement[]} describe
 * @property {(id: string | null) => void} chooseZone
 * @property {(adcode: string) => void} chooseProvince
 */

export class MapLayers {
  /**
   * @param {L.Map} map
   * @param {{ layers: Layers, labels: Label[], names: MapNames, words: Words }} content
   * @param {Acts} acts
   */
  constructor(map, { layers, labels, names, words }, acts) {
    this.map = map;
    this.acts = acts;
    this.level = FIRST_LEVEL;
    this.tooltip = new Tooltip(map, acts.describe);
    this.ground = new Ground(map, layers);
    this.border = new Border(map, this.ground.nation);
    this.zones = new Zones(map, labels, layers.zones, words);
    this.names = new Names(map, names, this.zones);
    this.asked = new AskedProvinces(map);
    this.outline = new Outline(map);
    this.figures = new Figures(map, (figure) => {
      this.tooltip.follow(figure.layer, figure);
      this.tooltip.followFocus(figure);
    });
    /** @type {Shape[]} */
    this.place = [];
    this.zones.onDot = (dot, zone) => this.listen(dot, zone, () => acts.chooseZone(zone.id));
    for (const zone of this.zones.all) this.listenToZone(zone);
  }

  /** @param {Zone} zone */
  listenToZone(zone) {
    const choose = () => this.acts.chooseZone(zone.id);
    this.listen(zone.layer, zone, choose);
    this.listenToKeys(zone, choose);
    zone.path.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.acts.chooseZone(null);
    });
  }

  /** @param {L.Layer} layer @param {Zone | Province} place @param {() => void} choose */
  listen(layer, place, choose) {
    this.tooltip.follow(layer, place);
    layer.on("click", choose);
  }

  /** @param {Zone | Province} place @param {() => void} choose */
  listenToKeys(place, choose) {
    this.tooltip.followFocus(place);
    actOnKey(place.path, choose);
  }

  /**
   * Draw the provinces, once, for a shape that is drawn anew loses the focus.
   * @param {Features} file
   */
  drawProvinces(file) {
    if (this.provinces) return this.provinces;
    this.provinces = new Provinces(this.map, file);
    for (const province of this.provinces.all) {
      const choose = () => this.acts.chooseProvince(province.adcode);
      this.listen(province.layer, province, choose);
      this.listenToKeys(province, choose);
    }
    return this.provinces;
  }

  /** After a change of the zoom. */
  adjust() {
    this.zones.drawDots();
    this.border.adjust();
    this.provinces?.thinValues();
  }

  /**
   * Draw finer or coarser shapes, as the zoom asks; without them the present ones stay.
   * @param {Record<string, string>} files addresses by name
   */
  async swapLevel(files) {
    const zoom = this.map.getZoom();
    const [wanted] = /** @type {[string, number]} */ (LEVELS.find(([, from]) => zoom >= from));
    if (wanted === this.level) return;
    this.level = wanted;
    const name = `${wanted}.json`;
    try {
      const layers = await fetchJson(files[name] || name);
      if (this.level !== wanted) return;
      this.zones.redraw(layers.zones);
      this.ground.redraw(layers);
      this.border.adjust();
      this.drawOutline();
      const frame = /** @type {HTMLElement} */ (this.map.getContainer().closest(".pz-map"));
      frame.dataset.level = wanted;
    } catch (error) {
      console.error(error);
    }
  }

  /** @param {string | null} id */
  mark(id) {
    this.zones.mark(id);
    this.drawOutline();
  }

  /** @param {MapState["place"]} place */
  showPlace(place) {
    this.place = place ? [place.outline] : [];
    this.drawOutline();
  }

  drawOutline() {
    const provinces = this.provinces?.chosenShapes ?? [];
    this.outline.draw([...this.zones.chosenShapes, ...provinces, ...this.place]);
  }

  /** The tooltip after a change of the day or of the values. */
  refreshTooltip() {
    this.tooltip.refresh((place) => !("role" in place) || place.role !== ROLE.HIDDEN);
  }
}
