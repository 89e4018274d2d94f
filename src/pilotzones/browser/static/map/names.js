/* The names on the map: of zones, and in grey of provinces and countries where there is room. */

import { kilometresPerPixel } from "./albers.js";
import { element } from "../shared/dom.js";
import { around, placeNames } from "./placing.js";
import { ROLE, isChanged } from "../shared/roles.js";

const LINE_PX = 14;
/** From the middle of a dot to its name. */
const BESIDE_DOT_PX = 6;
/** Part of the room of a name that counts as the heart of its area. */
const HEART = 0.7;
const WIDE = 3;
/** From so many levels above the view of the country on, every name may stand beside its zone. */
const CLOSER = 0.8;
/** With so many zones found, each is worth a name. */
const FEW = 40;
/** How far a name may stand from its zone, with a line to it: a share of the picture. */
const REACH = 0.085;

/** Ranks; the first has the first choice. */
const [CHOSEN, CHANGED, FOUND, FOREMOST, OTHER] = [0, 1, 2, 3, 5];

/**
 * @typedef {object} Setting
 * @property {Lang} lang
 * @property {string | null} chosen
 * @property {boolean} filtered
 * @property {boolean} shaded whether the provinces have values in place of names
 */

/** @typedef {import("./placing.js").Wanted & { text: string, className: string }} Label */

export class Names {
  /** @param {L.Map} map @param {MapNames} names @param {import("./zones.js").Zones} zones */
  constructor(map, names, zones) {
    this.map = map;
    this.names = names;
    this.zones = zones;
    /** Zoom of the view of the country. */
    this.national = 0;
    /** What lies over the map. @type {() => Element[]} */
    this.furniture = () => [];
    this.pane = map.createPane("names");
    this.pane.setAttribute("aria-hidden", "true"); // the paths have labels
    /** @type {Map<string, HTMLElement>} */
    this.nodes = new Map();
    /** @type {Map<string, number>} */
    this.widths = new Map();
    this.pencil = /** @type {CanvasRenderingContext2D} */ (
      document.createElement("canvas").getContext("2d")
    );
    map.on("zoomstart", () => this.pane.classList.add("is-zooming"));
    /** None until the page was looked at. @type {import("./placing.js").Rect[] | null} */
    this.taken = null;
    document.fonts?.addEventListener("loadingdone", () => {
      this.widths.clear();
      this.measure();
      this.place();
    });
  }

  /** Look at the page, which a step of the timeline has no time for. */
  measure() {
    this.pencil.font = getComputedStyle(this.pane).font;
    const { left, top } = this.map.getContainer().getBoundingClientRect();
    this.taken = this.furniture().map((node) => {
      const box = node.getBoundingClientRect();
      return {
        left: box.left - left,
        right: box.right - left,
        top: box.top - top,
        bottom: box.bottom - top,
      };
    });
  }

  /** @param {Setting} setting */
  show(setting) {
    this.setting = setting;
    this.place();
  }

  /** @param {string | null} chosen */
  choose(chosen) {
    if (this.setting) this.show({ ...this.setting, chosen });
  }

  place() {
    this.pane.classList.remove("is-zooming");
    const { setting, map, taken } = this;
    const size = map.getSize();
    if (!setting || !taken || !size.x || !size.y) return;
    const kilometres = kilometresPerPixel(map.getZoom());
    const zones = setting.shaded ? [] : this.zones.all.filter(isNamed);
    const [origin, frame] = [map.containerPointToLayerPoint([0, 0]), { left: 2, top: 2 }];
    const labels = [
      ...this.zoneLabels(zones, setting, kilometres),
      ...this.areaLabels(setting, kilometres),
    ];
    const placed = placeNames(
      labels,
      { ...frame, right: size.x - 2, bottom: size.y - 2 },
      taken,
      this.hearts(zones, kilometres),
    );
    this.draw(labels, placed, origin);
  }

  /** @param {readonly Zone[]} zones @param {Setting} setting @param {number} kilometres */
  zoneLabels(zones, setting, kilometres) {
    const closer = this.map.getZoom() > this.national + CLOSER;
    const found = setting.filtered && zones.length <= FEW;
    const labels = zones.map((zone) => {
      const { at, rank: major, ...text } = this.names.zones[zone.index];
      const changed = isChanged(this.zones.classes, zone.role);
      const rank = rankOf({ id: zone.id, changed, found, major }, setting.chosen);
      const room = zone.dot ? 0 : at[2] / kilometres;
      const place = zone.dot ? [zone.lat, zone.lon] : at;
      const gap = zone.dot ? BESIDE_DOT_PX : Math.max(BESIDE_DOT_PX, HEART * room + 2);
      return {
        ...this.label(zone.id, text[setting.lang], place, room),
        rank,
        area: zone.area,
        gap: rank < OTHER || closer ? gap : undefined,
        reach: rank < OTHER ? REACH * this.map.getSize().x : undefined,
        insists: rank <= FOREMOST,
        className: rank <= CHANGED ? "is-first" : "",
      };
    });
    return labels.toSorted((one, other) => one.rank - other.rank || other.area - one.area);
  }

  /** @param {Setting} setting @param {number} kilometres */
  areaLabels({ lang, shaded }, kilometres) {
    const { provinces, neighbours } = this.names;
    const all = [
      ...(shaded ? [] : provinces.map((area) => ({ area, className: "is-province" }))),
      ...neighbours.map((area) => ({ area, className: "is-country" })),
    ];
    return all.flatMap(({ area, className }) => {
      const best = this.roomiest(area, kilometres);
      return best ? [{ ...this.label(area.en, area[lang], best.at, best.room), className }] : [];
    });
  }

  /**
   * Of the places of an area the one with most room in the frame.
   * @param {AreaName} area
   * @param {number} kilometres in a pixel
   */
  roomiest({ at }, kilometres) {
    const { x: width, y: height } = this.map.getSize();
    /** @type {{ at: number[], room: number } | null} */
    let best = null;
    for (const place of at) {
      const { x, y } = this.map.latLngToContainerPoint([place[0], place[1]]);
      const toTheEdge = Math.min(y, height - y, x / WIDE, (width - x) / WIDE);
      const room = Math.min(place[2] / kilometres, toTheEdge);
      if (room > (best?.room ?? 0)) best = { at: place, room };
    }
    return best;
  }

  /** @param {string} key @param {string} text @param {number[]} place @param {number} room */
  label(key, text, place, room) {
    const { x, y } = this.map.latLngToContainerPoint([place[0], place[1]]);
    return { key, text, x, y, room, width: this.width(text), height: LINE_PX };
  }

  /** @param {string} text */
  width(text) {
    const known = this.widths.get(text);
    if (known !== undefined) return known;
    const width = Math.ceil(this.pencil.measureText(text).width * 1.06) + 4;
    this.widths.set(text, width);
    return width;
  }

  /** The heart of each zone. @param {readonly Zone[]} zones @param {number} kilometres */
  hearts(zones, kilometres) {
    return new Map(
      zones.map(({ id, index, lat, lon, dot }) => {
        const at = dot ? [lat, lon, 0] : this.names.zones[index].at;
        const { x, y } = this.map.latLngToContainerPoint([at[0], at[1]]);
        const half = Math.max(4, (HEART * at[2]) / kilometres);
        return [id, around(x, y, 2 * half * (dot ? 1 : 2), 2 * half)];
      }),
    );
  }

  /**
   * @param {readonly Label[]} labels
   * @param {Map<string, import("./placing.js").Place>} placed
   * @param {L.Point} origin
   */
  draw(labels, placed, origin) {
    const unused = new Set(this.nodes.keys());
    for (const { key, text, className } of labels) {
      const box = placed.get(key);
      if (!box) continue;
      unused.delete(key);
      const node = this.node(key);
      if (node.textContent !== text) node.textContent = text;
      node.className = `pz-name ${className}${box.line ? " is-led" : ""}`;
      Object.assign(node.style, {
        width: `${box.right - box.left}px`,
        left: `${box.left + origin.x}px`,
        top: `${box.top + origin.y}px`,
      });
      if (box.line) lead(node, box, box.line);
    }
    for (const key of unused) {
      this.nodes.get(key)?.remove();
      this.nodes.delete(key);
    }
  }

  /** @param {string} key */
  node(key) {
    let node = this.nodes.get(key);
    if (!node) {
      node = element("div");
      node.dataset.name = key;
      this.nodes.set(key, node);
      this.pane.append(node);
    }
    return node;
  }
}

/**
 * Draw the line of a name, from its edge.
 * @param {HTMLElement} node @param {import("./placing.js").Rect} box
 * @param {import("./leaders.js").Line} line
 */
function lead({ style }, box, [x, y, toX, toY]) {
  style.setProperty("--x", `${toX - box.left}px`);
  style.setProperty("--y", `${toY - box.top}px`);
  style.setProperty("--length", `${Math.hypot(x - toX, y - toY)}px`);
  style.setProperty("--turn", `${Math.atan2(y - toY, x - toX)}rad`);
}

/** @param {Zone} zone */
const isNamed = ({ role, near }) => near || role !== ROLE.HIDDEN;

/**
 * @param {{ id: string, changed: boolean, found: boolean, major: number }} zone
 * @param {string | null} chosen
 */
function rankOf({ id, changed, found, major }, chosen) {
  if (id === chosen) return CHOSEN;
  if (changed) return CHANGED;
  if (found) return FOUND;
  return OTHER - major;
}
