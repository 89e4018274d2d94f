/* The track of the timeline: its stops, the stretch that has passed, the handles. */

import { element } from "../shared/dom.js";
import { layout, place, spacing } from "./layout.js";

const PIN_PX = 9;
const DOT_PX = 13;

/**
 * @typedef {object} Marks
 * @property {Stop[]} stops
 * @property {number} current index of the stop in force
 * @property {string} on
 * @property {string | null} since the earlier day of a comparison
 * @property {boolean} two whether both days can be moved
 * @property {(index: number) => { approved: number, revoked: number }} eventsAt
 * @property {(index: number) => string} describe
 */

export class Track {
  /** @param {(name: string) => HTMLElement} part @param {() => unknown} redraw */
  constructor(part, redraw) {
    this.slider = part("slider");
    this.node = part("track");
    this.handles = { from: part("from"), to: part("to") };
    /** Where a day lies, in pixels from the edge. @type {(day: string) => number} */
    this.at = () => 0;
    /** Of the stops, in pixels from the margin. @type {number[]} */
    this.places = [];
    this.margin = 0;
    /** @type {{ key: string, node: HTMLElement }[]} */
    this.stops = [];
    this.done = element("span", "done");
    this.node.append(this.done);
    /** In pixels. To look at it while the page is being written would lay it out once more. */
    this.width = 0;
    new ResizeObserver(([{ contentRect }]) => {
      this.width = contentRect.width;
      redraw();
    }).observe(this.slider);
  }

  /** @param {Marks} marks */
  draw(marks) {
    const { width } = this;
    if (!width) return;
    const days = marks.stops.map(({ on }) => on);
    const room = spacing(width, days.length);
    this.margin = room.margin;
    this.places = layout(days, room.room, room.gap);
    this.slider.dataset.narrow = String(room.narrow);
    const end = room.room + room.margin - PIN_PX / 2;
    this.at = (day) => place(day, days, this.places, end) + this.margin;
    for (const { node } of this.stops.splice(days.length)) node.remove();
    this.stops = days.map((_, index) => this.drawStop(this.lookOf(index, marks, room), index));
    // on a comparison the bar runs from the earlier day, which has a mark of its own
    const from = marks.since ? this.at(marks.since) : 0;
    this.done.style.left = this.share(from);
    this.done.style.width = this.share(this.at(marks.on) - from);
    this.placeHandles(marks, days, from);
  }

  /** @param {Marks} marks @param {string[]} days @param {number} from */
  placeHandles({ on, since, current, two }, days, from) {
    const { from: earlier, to } = this.handles;
    this.slider.dataset.two = String(two);
    to.className = two ? "bracket" : "handle";
    to.dataset.between = String(on !== days[current]);
    to.style.left = this.share(two ? this.beside(this.at(on), 1) : this.at(on));
    earlier.className = two ? "bracket" : "earlier";
    earlier.style.left = this.share(two ? this.beside(from, -1) : from);
    earlier.hidden = !since;
  }

  /** Of the width, for paper is narrower than the window and nothing is drawn anew for it. */
  share(/** @type {number} */ pixels) {
    return `${(pixels / this.width) * 100}%`;
  }

  /** Beside the dot of a stop, not over it. @param {number} x @param {1 | -1} side */
  beside(x, side) {
    const dots = this.places.map((one) => one + this.margin);
    const dot = dots.find((one) => Math.abs(one - x) < DOT_PX);
    return dot === undefined ? x : dot + side * DOT_PX;
  }

  /**
   * A stop that looks as before stays, so that a step lays out two of them and not the whole track.
   * @param {Look} look @param {number} index
   */
  drawStop(look, index) {
    const key = JSON.stringify(look);
    const before = this.stops[index];
    if (before?.key === key) return before;
    const stop = { key, node: nodeOf(look) };
    if (before) before.node.replaceWith(stop.node);
    else this.node.append(stop.node);
    return stop;
  }

  /**
   * @param {number} index
   * @param {Marks} marks
   * @param {ReturnType<typeof spacing>} room
   * @returns {Look}
   */
  lookOf(index, { stops, current, eventsAt, describe }, { narrow, tiny, counts }) {
    const { on, short, colour, batch } = stops[index];
    return {
      on,
      colour,
      left: this.share(this.places[index] + this.margin),
      state: stateOf(index, current),
      title: describe(index),
      dot: tiny ? "" : String(batch || "–"),
      date: narrow ? (tiny ? "" : `’${on.slice(2, 4)}`) : short,
      events: counts ? eventsAt(index) : null,
    };
  }
}

/**
 * @typedef {Record<"on" | "colour" | "left" | "state" | "title" | "dot" | "date", string> & {
 *   events: { approved: number, revoked: number } | null }} Look
 */

/** @param {Look} look */
function nodeOf({ on, colour, left, state, title, dot, date, events }) {
  const node = element("span", "stop");
  node.style.left = left;
  node.style.setProperty("--batch", colour);
  node.style.setProperty("--ink", inkOn(colour));
  node.dataset.on = on;
  node.dataset.state = state;
  node.title = title;
  const label = element("span", "label");
  if (date) label.append(element("span", "date", date));
  if (events) label.append(drawCounts(events));
  node.append(element("span", "dot", dot), label);
  return node;
}

// where black and white letters have the same contrast
const MIDDLE = 0.179;

/**
 * The ink that reads better on a colour, by the contrast of WCAG 2.
 * @param {string} colour `#rrggbb`
 */
export function inkOn(colour) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return luminance > MIDDLE ? "#000000" : "#ffffff";
}

/** @param {number} index @param {number} current */
function stateOf(index, current) {
  if (index === current) return "current";
  return index < current ? "past" : "ahead";
}

/** @param {{ approved: number, revoked: number }} events */
function drawCounts({ approved, revoked }) {
  const counts = element("span", "counts", `+${approved}`);
  if (revoked) counts.append(" ", element("span", "minus", `−${revoked}`));
  return counts;
}
