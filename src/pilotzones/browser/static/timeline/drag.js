/* Dragging a handle of the timeline with a pointer. */

const SIDEWAYS_PX = 6;

/**
 * @typedef {object} Drag
 * @property {(x: number) => void} move to a position in the window
 * @property {(done: boolean) => void} end
 */

/**
 * Follow a pointer from where it went down until it is lifted or taken away.
 * @param {HTMLElement} slider what has the focus meanwhile
 * @param {PointerEvent} start
 * @param {Drag} drag
 */
export function followPointer(slider, start, { move, end }) {
  slider.focus();
  // also over the map, which is a document of its own
  slider.setPointerCapture(start.pointerId);
  const following = new AbortController();
  // a finger may be about to scroll the page: it means the slider if it goes sideways or is lifted
  let meant = start.pointerType !== "touch";
  /** @param {PointerEvent} event */
  const onMove = ({ type, clientX }) => {
    meant ||= type === "pointerup" || Math.abs(clientX - start.clientX) > SIDEWAYS_PX;
    if (meant) move(clientX);
  };
  /** @param {PointerEvent} event */
  const onEnd = (event) => {
    following.abort();
    const done = event.type === "pointerup";
    if (done) onMove(event);
    end(done);
  };
  const { signal } = following;
  slider.addEventListener("pointermove", onMove, { signal });
  slider.addEventListener("pointerup", onEnd, { signal });
  slider.addEventListener("pointercancel", onEnd, { signal });
  onMove(start);
}
