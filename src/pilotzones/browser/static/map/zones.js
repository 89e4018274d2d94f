/* The zones: all are always on the map, each in the classes of its role. */

import { kilometresPerPixel } from "./albers.js";
import { ROLE, isLost } from "../shared/roles.js";
import { geometryById, pathOf, shape } from "./shapes.js";

/** An area in pixels, 8 by 8: a smaller zone has a dot. */
const SMALLEST = 64;

export class Zones {
  /** @type {Words} */
  words;
  /** @type {RoleClasses} */
  classes;
  /** All that a role may add. @type {string[]} */
  allClasses;
  /** By batch. @type {Map<number | null, string>} */
  colours;

  /**
   * @param {L.Map} map
   * @param {Label[]} labels
   * @param {Features} file
   * @param {Words} words
   */
  constructor(map, labels, file, words) {
    this.map = map;
    this.ties = L.layerGroup().addTo(map);
    this.setWords(words);
    /** @type {string | null} */
    this.chosen = null;
    /** @type {(dot: L.CircleMarker, zone: Zone) => void} */
    this.onDot = () => {};
    const geometry = geometryById(file);
    this.all = labels.map((label, index) => drawZone(label, index, geometry));
    // the smaller ones last, so that a zone inside another lies above it
    for (const zone of this.all.toSorted((one, other) => other.area - one.area)) {
      zone.layer.addTo(map);
      zone.path = pathOf(zone.layer);
    }
  }

  /** In another level of detail. @param {Features} file */
  redraw(file) {
    const geometry = geometryById(file);
    for (const { id, layer } of this.all) {
      layer.setShape?.(/** @type {Shape} */ (geometry.get(id)));
    }
  }

  /** Take colours and classes, with which all is drawn anew. @param {Words} words */
  setWords(words) {
    if (words === this.words) return;
    this.words = words;
    this.colours = new Map(words.stops.map(({ batch, colour }) => [batch, colour]));
    this.classes = words.roles;
    this.allClasses = [...new Set(Object.values(words.roles).flat())];
    this.stale = true;
  }

  /**
   * @param {Part[]} parts
   * @param {(zone: Zone) => string | null} describe the label of a zone; none where it is no button
   */
  show(parts, describe) {
    for (const zone of this.all) {
      const part = parts[zone.index];
      const { role } = part;
      if (isSame(part, zone) && !this.stale) continue;
      Object.assign(zone, part);
      for (const path of pathsOf(zone)) this.dress(zone, path);
      setReachable(zone.path, role === ROLE.HIDDEN ? null : describe(zone));
    }
    this.stale = false;
  }

  /** @param {Zone} zone @param {SVGElement} path */
  dress(zone, path) {
    path.classList.remove(...this.allClasses);
    path.classList.add(...this.classes[zone.role]);
    path.classList.toggle("is-absorbed", zone.absorbed);
    path.classList.toggle("is-aside", zone.aside);
    path.classList.toggle("is-near", zone.near);
    path.classList.toggle("is-chosen", zone.id === this.chosen);
    path.style.setProperty("--batch", this.colours.get(zone.batch) ?? "");
  }

  /** @param {string | null} id */
  mark(id) {
    this.chosen = id;
    for (const zone of this.all) {
      for (const path of pathsOf(zone)) path.classList.toggle("is-chosen", zone.id === id);
    }
  }

  /** The shape of the chosen zone, also on a day when there is no such zone. */
  get chosenShapes() {
    return this.all.filter(({ id }) => id === this.chosen).map(({ layer }) => layer.shape);
  }

  get hasDots() {
    return this.all.some(({ dot, role }) => dot && role !== ROLE.HIDDEN);
  }

  /** Dots for zones that are too small to see at this zoom. */
  drawDots() {
    // the projection keeps areas, so the area gives the number of pixels that a zone covers
    const smallest = SMALLEST * kilometresPerPixel(this.map.getZoom()) ** 2;
    for (const zone of this.all) {
      if (zone.area < smallest) zone.dot ??= this.drawDot(zone);
      else {
        zone.dot?.remove();
        zone.dot = null;
      }
    }
  }

  /** @param {Zone} zone */
  drawDot(zone) {
    const className = `zone-point zone-point-${zone.id} is-hidden`;
    const style = { className, radius: 3.5, pane: "points", fillOpacity: 1, weight: 1 };
    const dot = L.circleMarker([zone.lat, zone.lon], style).addTo(this.map);
    pathOf(dot).setAttribute("aria-hidden", "true"); // the zone's own path has a label
    this.dress(zone, pathOf(dot));
    this.onDot(dot, zone);
    return dot;
  }

  /** Lines from each zone that was lost to the one that absorbed it. @param {boolean} visible */
  drawTies(visible) {
    this.ties.clearLayers();
    if (!visible) return;
    for (const zone of this.all) {
      const to = isLost(this.classes, zone.role) && this.find(zone.successor);
      if (to) this.drawTie([zone.lat, zone.lon], [to.lat, to.lon]);
    }
  }

  /** @param {Point} from @param {Point} to */
  drawTie(from, to) {
    const style = { pane: "points", interactive: false };
    L.polyline([from, to], { ...style, className: "tie" }).addTo(this.ties);
    L.circleMarker(to, { ...style, className: "tie-end", radius: 3 }).addTo(this.ties);
  }

  /** @param {string | null} id */
  find(id) {
    return this.all.find((zone) => zone.id === id);
  }
}

/**
 * @param {Label} label
 * @param {number} index
 * @param {Map<string, Shape>} geometry
 * @returns {Zone}
 */
function drawZone(label, index, geometry) {
  const outline = /** @type {Shape} */ (geometry.get(label.id));
  const layer = shape(outline, `zone zone-${label.id} is-hidden`, "zones", true);
  return {
    ...label,
    index,
    layer,
    path: /** @type {SVGElement} */ (/** @type {unknown} */ (null)), // once it is on the map
    dot: null,
    insetPath: null,
    role: ROLE.HIDDEN,
    absorbed: false,
    aside: false,
    near: false,
  };
}

/** @param {Part} one @param {Part} other */
const isSame = (one, other) =>
  one.role === other.role &&
  one.absorbed === other.absorbed &&
  one.aside === other.aside &&
  one.near === other.near;

/** @param {Zone} zone */
function pathsOf({ path, dot, insetPath }) {
  return [path, dot && pathOf(dot), insetPath].filter((one) => one !== null);
}

/**
 * Let keyboard and screen reader find a path, or hide it from them.
 * @param {SVGElement} path
 * @param {string | null} label
 */
function setReachable(path, label) {
  if (label === null) {
    path.removeAttribute("tabindex");
    path.removeAttribute("role");
    path.setAttribute("aria-hidden", "true");
  } else {
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.removeAttribute("aria-hidden");
    path.setAttribute("aria-label", label);
  }
}
