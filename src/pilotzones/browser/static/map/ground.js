/* What lies below the zones and never changes: neighbours, land, borders. */

import { shape } from "./shapes.js";

const PANES = Object.entries({ neighbours: 310, land: 320, zones: 400, borders: 420, points: 450 });

/** @typedef {Exclude<keyof Layers, "zones">} GroundLayer */

/** @type {Record<GroundLayer, [className: string, pane: string]>} */
const STYLES = {
  neighbours: ["neighbour", "neighbours"],
  nation: ["nation", "land"],
  province_lines: ["province-line", "borders"],
  lines: ["line", "borders"],
};
const NAMES = /** @type {GroundLayer[]} */ (Object.keys(STYLES));

export class Ground {
  /** @param {L.Map} map @param {Layers} layers */
  constructor(map, layers) {
    for (const [name, level] of PANES) map.createPane(name).style.zIndex = String(level);
    const borders = /** @type {HTMLElement} */ (map.getPane("borders"));
    borders.style.pointerEvents = "none";
    this.drawn = NAMES.map((name) => {
      const [className, pane] = STYLES[name];
      return layers[name].features.map(({ geometry, properties }) =>
        shape(geometry, `${className} ${properties.kind || ""}`, pane).addTo(map),
      );
    });
  }

  /** The outline of China. */
  get nation() {
    return this.drawn[NAMES.indexOf("nation")][0];
  }

  /** In another level of detail. @param {Layers} layers */
  redraw(layers) {
    this.drawn.forEach((drawn, n) => {
      const { features } = layers[NAMES[n]];
      drawn.forEach((layer, i) => layer.setShape?.(features[i].geometry));
    });
  }
}
