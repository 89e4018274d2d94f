/* The track of the timeline: its stops, the stretch that has passed, the handle. */

import { element } from "./dom.js";
import { layout, place, spacing } from "./timeline-layout.js";

const PIN_PX = 9;

/**
 * @typedef {object} Marks
 * @property {Stop[]} stops
 * @property {number} current index of the stop in force
 * @property {string} on
 * @property {string | null} since the earlier day of a comparison
 * @property {(index: number) => { approved: number, revoked: number }} eventsAt
 * @property {(index: number) => string} describe
 */

export class Track {
  /** @param {HTMLElement} slider @param {HTMLElement} node */
  constructor(slider, node) {
    this.slider = slider;
    this.node = node;
    /** Of the stops, in pixels from the margin. @type {number[]} */
    this.places = [];
    this.margin = 0;
  }

  /** @param {Marks} marks */
  draw(marks) {
    const width = this.slider.clientWidth;
    if (!width) return;
    const days = marks.stops.map(({ on }) => on);
    const room = spacing(width, days.length);
    this.margin = room.margin;
    this.places = layout(days, room.room, room.gap);
    this.slider.dataset.narrow = String(room.narrow);
    const end = room.room + room.margin - PIN_PX / 2;
    /** @param {string} day */
    const at = (day) => this.pixels(place(day, days, this.places, end));
    const stops = marks.stops.map((stop, index) => this.drawStop(stop, index, marks, room));
    const handle = element("span", "handle");
    handle.style.left = at(marks.on);
    handle.dataset.between = String(marks.on !== days[marks.current]);
    // on a comparison the bar runs from the earlier day, which has a mark of its own
    const from = marks.since ? at(marks.since) : "0px";
    const done = element("span", "done");
    done.style.left = from;
    done.style.width = `calc(${at(marks.on)} - ${from})`;
    const earlier = element("span", "earlier");
    earlier.style.left = from;
    earlier.hidden = !marks.since;
    this.node.replaceChildren(done, ...stops, earlier, handle);
  }

  /** @param {number} from the margin */
  pixels(from) {
    return `${from + this.margin}px`;
  }

  /**
   * @param {Stop} stop
   * @param {number} index
   * @param {Marks} marks
   * @param {ReturnType<typeof spacing>} room
   */
  drawStop(stop, index, { current, eventsAt, describe }, { narrow, tiny, counts }) {
    const node = element("span", "stop");
    node.style.left = this.pixels(this.places[index]);
    node.style.setProperty("--batch", stop.colour);
    node.dataset.on = stop.on;
    node.dataset.state = stateOf(index, current);
    node.title = describe(index);
    const label = element("span", "label");
    if (!narrow) label.append(element("span", "date", stop.short));
    else if (!tiny) label.append(element("span", "date", `’${stop.on.slice(2, 4)}`));
    if (counts) label.append(drawCounts(eventsAt(index)));
    node.append(element("span", "dot", tiny ? "" : stop.batch || "–"), label);
    return node;
  }
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
