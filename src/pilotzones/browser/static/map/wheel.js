/* The wheel and one finger scroll the page; with a key, or with two fingers, they zoom the map. A
   hint says so to who tries it without. */

import { element, fill } from "../shared/dom.js";

const SHOWN_MS = 1600;
const FINGER_MOVED_PX = 24;
const isMac = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether a turn of the wheel is for the map. @param {WheelEvent} event */
export const zoomsMap = ({ ctrlKey, metaKey }) => ctrlKey || metaKey;

export class Wheel {
  /** @param {L.Map} map */
  constructor(map) {
    this.node = element("div", "pz-gesture");
    this.node.hidden = true;
    this.node.setAttribute("aria-hidden", "true"); // of no use without a pointer
    const picture = map.getContainer();
    picture.append(this.node);
    picture.addEventListener("wheel", (event) => this.turn(event), { capture: true });
    if (window.matchMedia("(pointer: coarse)").matches) {
      map.dragging.disable();
      this.listenToFingers(picture);
    }
  }

  /** @param {Texts} texts */
  setTexts(texts) {
    this.wheel = fill(texts.wheel, { key: isMac() ? "⌘" : "Ctrl" });
    this.fingers = texts.fingers;
  }

  /** Leaflet zooms with every turn that it hears of. @param {WheelEvent} event */
  turn(event) {
    if (zoomsMap(event)) return;
    event.stopImmediatePropagation();
    this.tell(this.wheel);
  }

  /** @param {HTMLElement} picture */
  listenToFingers(picture) {
    let from = 0;
    const passive = { passive: true };
    picture.addEventListener("touchstart", ({ touches }) => (from = touches[0].clientX), passive);
    picture.addEventListener(
      "touchmove",
      ({ touches }) => {
        // up and down is scrolling the page
        const aside = Math.abs(touches[0].clientX - from) > FINGER_MOVED_PX;
        if (touches.length === 1 && aside) this.tell(this.fingers);
      },
      passive,
    );
  }

  /** @param {string} [text] */
  tell(text) {
    if (!text) return;
    this.node.textContent = text;
    this.node.hidden = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.node.hidden = true;
    }, SHOWN_MS);
  }
}
