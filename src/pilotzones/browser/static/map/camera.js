/* Which part of China the map shows: all of it, a box, or where the reader moved it. */

import { extentOf, fit, fitExtent, marginsFor, outlinePoints, zoomFor } from "./fit.js";
import { zoomsMap } from "./wheel.js";

/** Of the inset with its gaps: where the picture is wide, China stands beside it. */
const INSET_ROOM_PX = 112;
const WIDE = 1.5;
const EDGE_PX = 10;
/** Zoom and home: at the upper left, and at the lower right where the frame is narrow, where no
    part of China lies when all of it is shown. */
const BUTTONS_PX = 56;
/** There the coast keeps clear of them, if the picture is high enough for China to be that wide. */
const COAST_PX = 36;
const HIGH = 0.75;
/** Between a circle and the edge of the picture, with its outline. */
const CIRCLE_PX = 3;
/** Of the scale, at the lower left. */
const SCALE_PX = 36;
/** Up to this width of the frame, as in the style sheet. */
const NARROW_PX = 540;
/** As deep as a link may lead. */
const HIGHEST_ZOOM_OF_SIGHT = 10;
/** Of a sight: about a hundred metres. */
const DECIMALS = 3;
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

/** @typedef {{ box: Box, highest: number }} Aim */

export class Camera {
  /** @param {L.Map} map */
  constructor(map) {
    this.map = map;
    /** By the reader: until then a frame of another size shows the same again. */
    this.moved = false;
    /** Null for all of China. @type {Aim | null} */
    this.aim = null;
    /** What a link showed. @type {Sight | null} */
    this.linked = null;
    /** Zoom of the view of all China. */
    this.national = 0;
    /** Of a reader's figures, in pixels at zoom 0. @type {{ x: number, y: number, radius: number }[]} */
    this.circles = [];
  }

  /** Make room for circles; whether any are others than before. @param {readonly Figure[]} figures */
  hold(figures) {
    const before = JSON.stringify(this.circles);
    const china = chinaExtent();
    this.circles = figures.flatMap(({ lat, lon, radius }) => {
      const place = L.CRS.ChinaAlbers.latLngToPoint(L.latLng(lat, lon), 0);
      // the islands far in the south are in the inset alone
      const counts = radius !== null && china.contains(place);
      return counts ? [{ x: place.x, y: place.y, radius: radius + CIRCLE_PX }] : [];
    });
    return JSON.stringify(this.circles) !== before;
  }

  /** Note what the reader does to the map. @param {HTMLElement[]} zoomButtons */
  watch(zoomButtons) {
    const node = this.map.getContainer();
    const moved = () => {
      this.moved = true;
    };
    this.map.on("dragstart", moved);
    node.addEventListener("wheel", (event) => zoomsMap(event) && moved(), { passive: true });
    node.addEventListener("touchmove", ({ touches }) => touches.length > 1 && moved(), {
      passive: true,
    });
    for (const one of zoomButtons) one.addEventListener("click", moved);
  }

  get narrow() {
    const frame = /** @type {HTMLElement} */ (this.map.getContainer().closest(".pz-map"));
    return frame.clientWidth <= NARROW_PX;
  }

  /** @returns {Margins} */
  get margins() {
    const { x, y } = this.map.getSize();
    const wide = x > WIDE * y ? INSET_ROOM_PX : EDGE_PX;
    const right = this.narrow && y > HIGH * x ? COAST_PX : wide;
    const below = this.narrow ? roomBelow(x - EDGE_PX - right, y) : EDGE_PX;
    /** @type {Margins} */
    const margins = [EDGE_PX, right, below, EDGE_PX];
    if (!this.circles.length) return margins;
    const china = chinaExtent();
    const corners = { min: china.getTopLeft(), max: china.getBottomRight() };
    return marginsFor(this.circles, corners, { x, y }, margins);
  }

  /** In a frame of this size. */
  measure() {
    const { map, margins } = this;
    this.national = zoomFor(chinaExtent().getSize(), map.getSize(), margins);
    // further out the drawn part of the world would end inside the frame; setMinZoom might move it
    map.options.minZoom = this.national - (map.options.zoomDelta ?? 1) / 2;
  }

  /** All of China. @param {boolean} animate */
  home(animate) {
    this.moved = false;
    this.aim = null;
    this.linked = null;
    this.measure();
    fit(this.map, MAINLAND, this.margins, { animate: animate && !prefersStill() });
  }

  /** A box. @param {Aim} aim @param {boolean} animate */
  look({ box, highest }, animate) {
    this.measure();
    const edge = 2 * EDGE_PX;
    /** @type {Margins} */
    const margins = this.narrow
      ? [edge, BUTTONS_PX, edge, edge]
      : [edge, edge, SCALE_PX, BUTTONS_PX];
    const options = { highest, animate: animate && !prefersStill() };
    fit(this.map, outlinePoints(box), margins, options);
    this.moved = false;
    this.aim = { box, highest };
    this.linked = null;
  }

  /**
   * What a link asks for: as much as all of China would take, doubled so often.
   * @param {Sight} sight
   * @param {boolean} animate
   */
  see(sight, animate) {
    const [lat, lon, zoom] = sight;
    this.measure();
    const half = chinaExtent()
      .getSize()
      .divideBy(2 ** (zoom + 1));
    const middle = L.CRS.ChinaAlbers.latLngToPoint(L.latLng(lat, lon), 0);
    const extent = L.bounds(middle.subtract(half), middle.add(half));
    const options = { highest: HIGHEST_ZOOM_OF_SIGHT, animate: animate && !prefersStill() };
    fitExtent(this.map, extent, this.margins, options);
    this.moved = false;
    this.linked = sight;
  }

  /** What `see` would show again; null while the map shows what the page chose. */
  get sight() {
    if (!this.moved) return this.linked;
    const { x, y } = this.map.getSize();
    const [top, right, bottom, left] = this.margins;
    const middle = [(left + x - right) / 2, (top + y - bottom) / 2];
    const { lat, lng } = this.map.containerPointToLatLng(L.point(middle[0], middle[1]));
    const sight = [lat, lng, this.map.getZoom() - this.national];
    return /** @type {Sight} */ (sight.map((number) => Number(number.toFixed(DECIMALS))));
  }

  /** After a change of the size of the frame. */
  showAgain() {
    if (this.moved) this.measure();
    else if (this.linked) this.see(this.linked, false);
    else if (this.aim) this.look(this.aim, false);
    else this.home(false);
  }
}

const chinaExtent = () => extentOf(MAINLAND);

/** In a narrow frame China stands at the top: buttons and inset have what is left below it.
 * @param {number} width of China, pixels
 * @param {number} height of the picture, pixels
 */
function roomBelow(width, height) {
  const { x, y } = chinaExtent().getSize();
  return Math.max(EDGE_PX, height - EDGE_PX - (width * y) / x);
}

const prefersStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
