/* What lies on the map and is none of it: stamp, foot with legend and inset, notices, controls. */

import { Controls } from "./controls.js";
import { element } from "./dom.js";
import { Inset } from "./inset.js";
import { Legend } from "./legend.js";
import { Notices } from "./notices.js";
import { Stamp } from "./stamp.js";

export class Furniture {
  /** @param {L.Map} map @param {{ home: () => void, retry: () => void }} acts */
  constructor(map, { home, retry }) {
    const node = map.getContainer();
    this.foot = element("div", "pz-foot");
    this.stamp = new Stamp().addTo(node);
    node.append(this.foot);
    this.notices = new Notices(retry).addTo(node);
    this.inset = new Inset().addTo(this.foot);
    this.legend = new Legend().addTo(this.foot);
    this.source = element("div", "pz-source");
    this.note = element("div", "pz-note");
    this.foot.append(this.source, this.note);
    L.DomEvent.disableClickPropagation(this.foot);
    this.controls = new Controls(home).addTo(map);
  }

  /** @param {Texts} texts */
  setTexts(texts) {
    this.stamp.title.textContent = texts.title;
    this.inset.title.textContent = texts.south_china_sea;
    this.source.textContent = texts.source;
    this.note.textContent = texts.note;
    this.notices.empty.textContent = texts.empty;
    this.controls.setTexts(texts);
  }

  /** What the camera must leave room for. */
  get sizes() {
    return { stamp: this.stamp.node, foot: this.foot, legend: this.legend.node };
  }
}
