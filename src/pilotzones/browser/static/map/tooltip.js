/* The words at the pointer or at the focus of the keyboard, for a zone or a province. They stand
   beside the place that they explain, or, where there is no room, beside the pointer. */

import { element } from "../shared/dom.js";
import { inside } from "./placing.js";

/** @typedef {import("./figures.js").DrawnFigure} DrawnFigure */

const GAP_PX = 8;
/** Farther from the pointer the words seem to belong to something else. */
const FARTHEST_PX = 140;

export class Tooltip {
  /**
   * @param {L.Map} map
   * @param {(place: Zone | Province | DrawnFigure) => HTMLElement[]} describe
   */
  constructor(map, describe) {
    this.map = map;
    this.describe = describe;
    this.node = element("div", "pz-hint");
    /** @type {Zone | Province | DrawnFigure | null} */
    this.place = null;
    this.at = L.point(0, 0);
    /** What has the focus of the keyboard. @type {Zone | Province | DrawnFigure | null} */
    this.focused = null;
    map.on("movestart", () => this.hide());
    map.on("moveend", () => {
      if (this.focused?.path.matches(":focus-visible[tabindex]")) this.showFocused();
    });
  }

  /** @param {L.Layer} layer @param {Zone | Province | DrawnFigure} place */
  follow(layer, place) {
    layer.on("mouseover", ({ containerPoint }) => this.show(place, containerPoint));
    // a finger does not hover
    layer.on("click", ({ containerPoint }) => this.show(place, containerPoint));
    layer.on("mousemove", ({ containerPoint }) => this.moveTo(containerPoint));
    layer.on("mouseout", () => this.hide());
  }

  /** @param {Zone | Province | DrawnFigure} place */
  followFocus(place) {
    place.path.addEventListener("focus", () => {
      this.focused = place;
      this.showFocused();
    });
    place.path.addEventListener("blur", () => {
      this.focused = null;
      this.hide();
    });
  }

  showFocused() {
    const place = this.focused;
    if (place) this.show(place, this.map.latLngToContainerPoint([place.lat, place.lon]));
  }

  /** @param {Zone | Province | DrawnFigure} place @param {L.Point} at */
  show(place, at) {
    this.place = place;
    this.node.replaceChildren(...this.describe(place));
    this.map.getContainer().append(this.node);
    this.moveTo(at);
  }

  /** @param {L.Point} at */
  moveTo(at) {
    if (!this.place) return;
    this.at = at;
    const { left, top } = this.map.getContainer().getBoundingClientRect();
    const shape = this.place.path.getBoundingClientRect();
    const zone = {
      left: shape.left - left,
      right: shape.right - left,
      top: shape.top - top,
      bottom: shape.bottom - top,
    };
    const size = { x: this.node.offsetWidth, y: this.node.offsetHeight };
    const place = tooltipPlace(at, zone, size, this.map.getSize());
    this.node.style.transform = `translate(${place.x}px, ${place.y}px)`;
  }

  hide() {
    this.place = null;
    this.node.remove();
  }

  /**
   * After a change of the day or the language.
   * @param {(place: Zone | Province | DrawnFigure) => boolean} drawn
   */
  refresh(drawn) {
    if (!this.place) return;
    if (drawn(this.place)) this.show(this.place, this.at);
    else this.hide();
  }
}

/** @typedef {{ x: number, y: number }} Pixel */

/**
 * The upper left corner of the words: above, below or beside a zone, else beside the pointer.
 * @param {Pixel} at the pointer
 * @param {import("./placing.js").Rect} zone
 * @param {Pixel} size of the words
 * @param {Pixel} frame
 */
export function tooltipPlace(at, zone, size, frame) {
  const most = { x: frame.x - size.x - 2, y: frame.y - size.y - 2 };
  const [x, y] = [clamp(at.x - size.x / 2, most.x), clamp(at.y - size.y / 2, most.y)];
  const beside = [
    { x, y: zone.top - GAP_PX - size.y },
    { x, y: zone.bottom + GAP_PX },
    { x: zone.right + GAP_PX, y },
    { x: zone.left - GAP_PX - size.x, y },
  ];
  const whole = { left: 0, top: 0, right: frame.x, bottom: frame.y };
  const fitting = beside.find(
    (place) => inside(boxOf(place, size), whole) && distance(at, place, size) <= FARTHEST_PX,
  );
  if (fitting) return fitting;
  const above = at.y - 2 * GAP_PX - size.y;
  return { x, y: above >= 0 ? above : Math.min(at.y + 2 * GAP_PX, most.y) };
}

/** @param {Pixel} place @param {Pixel} size */
const boxOf = ({ x, y }, size) => ({ left: x, right: x + size.x, top: y, bottom: y + size.y });

/** @param {number} value @param {number} most */
const clamp = (value, most) => Math.max(2, Math.min(value, most));

/** From a point to a box. @param {Pixel} at @param {Pixel} place @param {Pixel} size */
const distance = (at, place, size) =>
  Math.hypot(
    Math.max(place.x - at.x, 0, at.x - place.x - size.x),
    Math.max(place.y - at.y, 0, at.y - place.y - size.y),
  );
