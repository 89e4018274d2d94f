/* A veil lies over the place of the map until its frame has drawn the map or shown why it cannot.
   The frame is looked at, for a message of a quick one might come before this listens. */

const WATCH_MS = 200;
const LATE_MS = 15000;

export const watchVeils = () => setInterval(liftVeils, WATCH_MS);

/** @returns {NodeListOf<HTMLElement>} */
const down = () => document.querySelectorAll(".pz-veil:not([hidden])");

/** Whether the still of the first answer stands in place of the page. */
export const isStill = () => document.getElementById("pz-still") !== null;

/** Lift each veil below which the map, or its fault, has come. */
export function liftVeils() {
  for (const veil of down()) {
    if (isDrawn(veil)) veil.hidden = true;
    else wait(veil);
  }
}

/** Whether the map below has come, or its fault. @param {HTMLElement} veil */
export function isDrawn(veil) {
  const frame = veil.closest(".st-key-map-frame")?.querySelector("iframe");
  const drawn = ".pz-map[data-day], .pz-message:not([hidden])";
  return Boolean(frame?.contentDocument?.querySelector(drawn));
}

/** @param {HTMLElement} veil */
function wait(veil) {
  const waited = Number(veil.dataset.waited || 0) + WATCH_MS;
  veil.dataset.waited = String(waited);
  const late = veil.dataset.late ?? "";
  if (waited < LATE_MS || veil.textContent === late) return;
  veil.textContent = late;
  veil.setAttribute("role", "alert");
}
