/* The map in its frame: day and title above the picture, legend and sources beside or below it, so
   that nothing lies over a zone; in the picture only buttons, the inset, and what passes. */

import { Controls } from "./controls.js";
import { element } from "../shared/dom.js";
import { Inset } from "./inset.js";
import { Legend } from "./legend.js";
import { Notices } from "./notices.js";
import { Stamp } from "./stamp.js";
import { Wheel } from "./wheel.js";

export class Furniture {
  /** @param {L.Map} map @param {{ home: () => void, retry: () => void }} acts */
  constructor(map, { home, retry }) {
    this.picture = map.getContainer();
    this.picture.classList.add("pz-picture");
    this.node = element("div", "pz-map");
    this.node.setAttribute("role", "region"); // a name alone says nothing to a screen reader
    this.picture.replaceWith(this.node);
    const plate = element("div", "pz-plate");
    this.node.append(hatching(), plate);
    this.stamp = new Stamp().addTo(plate);
    plate.append(this.picture);
    this.legend = new Legend().addTo(plate);
    this.source = element("span", "pz-source");
    this.note = element("span", "pz-note");
    const foot = element("div", "pz-foot");
    foot.append(this.source, " · ", this.note);
    plate.append(foot);
    this.notices = new Notices(retry).addTo(this.picture);
    this.inset = new Inset().addTo(this.picture);
    this.controls = new Controls(home).addTo(map);
    this.wheel = new Wheel(map);
  }

  /** @param {Texts} texts */
  setTexts(texts) {
    this.inset.title.textContent = texts.south_china_sea;
    this.source.textContent = texts.source;
    this.note.textContent = texts.note;
    this.notices.empty.textContent = texts.empty;
    this.controls.setTexts(texts);
    this.wheel.setTexts(texts);
  }

  /** What lies over the picture all the time. */
  get over() {
    const buttons = this.picture.querySelectorAll(".leaflet-bar, .leaflet-control-scale-line");
    return this.inset.node.hidden ? [...buttons] : [...buttons, this.inset.node];
  }
}

const HATCHING = `<svg class="pz-hatch" width="0" height="0" aria-hidden="true">
  <pattern id="pz-hatch" width="5" height="5" patternUnits="userSpaceOnUse"
    patternTransform="rotate(45)"><path d="M0 0V5"/></pattern></svg>`;

/** The pattern of revoked zones, which the style sheet names. */
function hatching() {
  const template = document.createElement("template");
  template.innerHTML = HATCHING;
  return template.content;
}
