/* Which part of China the map shows: all of it, a box, or where the reader moved it. */

import { extentOf, fit, outlinePoints, zoomFor } from "./fit.js";

const INSET_ROOM_PX = 112; // beside Taiwan
/** @type {Point[]} */
const MAINLAND = [
  [39.4, 73.5],
  [49.2, 87.8],
  [53.6, 123.3],
  [48.4, 135.1],
  [40, 73.6],
  [25.8, 124.6],
  [21.9, 121.0],
  [18.1, 109.5],
  [27.3, 88.9],
  [30.4, 80.8],
];

/** @typedef {{ stamp: HTMLElement, foot: HTMLElement, legend: HTMLElement }} Furniture */
/** @typedef {{ box: Box, highest: number }} Aim */

export class Camera {
  /** @param {L.Map} map @param {Furniture} furniture what lies on the map */
  constructor(map, furniture) {
    this.map = map;
    this.furniture = furniture;
    /** By the reader: until then a frame of another size shows the same again. */
    this.moved = false;
    /** Null for all of China. @type {Aim | null} */
    this.aim = null;
    /** Zoom of the view of all China. */
    this.national = 0;
  }

  /** Note what the reader does to the map. @param {HTMLElement[]} zoomButtons */
  watch(zoomButtons) {
    const node = this.map.getContainer();
    const moved = () => {
      this.moved = true;
    };
    this.map.on("dragstart", moved);
    node.addEventListener("wheel", moved, { passive: true });
    node.addEventListener("touchmove", ({ touches }) => touches.length > 1 && moved(), {
      passive: true,
    });
    for (const one of zoomButtons) one.addEventListener("click", moved);
  }

  /** Whether the frame is so narrow that the legend is in the foot. */
  get narrow() {
    return getComputedStyle(this.furniture.legend).position !== "absolute";
  }

  /** @returns {Margins} */
  get margins() {
    const { stamp, foot } = this.furniture;
    const below = foot.offsetHeight + 10;
    return this.narrow ? [stamp.offsetHeight + 14, 10, below, 10] : [14, INSET_ROOM_PX, below, 14];
  }

  /** All of China. @param {boolean} animate */
  home(animate) {
    this.moved = false;
    this.aim = null;
    const { map, margins } = this;
    // further out the drawn part of the world would end inside the frame; setMinZoom might move it
    const least = zoomFor(extentOf(MAINLAND).getSize(), map.getSize(), margins);
    map.options.minZoom = least - (map.options.zoomDelta ?? 1) / 2;
    this.national = fit(map, MAINLAND, margins, { animate: animate && !prefersStill() });
  }

  /** A box. @param {Aim} aim @param {boolean} animate */
  look({ box, highest }, animate) {
    const places = outlinePoints(box);
    const extent = extentOf(places).getSize();
    const size = this.map.getSize();
    const [beside, between] = this.marginsOfBox();
    const larger = zoomFor(extent, size, beside, highest) > zoomFor(extent, size, between, highest);
    const margins = !this.narrow && larger ? beside : between;
    fit(this.map, places, margins, { highest, animate: animate && !prefersStill() });
    this.moved = false;
    this.aim = { box, highest };
  }

  /** Beside day and legend, or between them. @returns {[Margins, Margins]} */
  marginsOfBox() {
    const { stamp, foot, legend } = this.furniture;
    const left = Math.max(stamp.offsetWidth, legend.offsetWidth) + 24;
    const below = foot.offsetHeight + (this.narrow ? 0 : legend.offsetHeight) + 24;
    return [
      [16, 50, foot.offsetHeight + 16, left],
      [stamp.offsetHeight + 24, 50, below, 24],
    ];
  }

  /** After a change of the size of the frame. */
  showAgain() {
    if (this.moved) return;
    if (this.aim) this.look(this.aim, false);
    else this.home(false);
  }
}

const prefersStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
