/* How the page and the frame of its map talk to each other; nothing else does.
   A map in one file is page and frame at once, of an origin that no address names. */

/**
 * From the map: it is drawn for the first time, again, or cannot be.
 * @typedef {{ pilotzones: "ready" | "shown" | "failed" }} MapMessage
 */
/**
 * From Streamlit to all its frames; the theme also follows the system, without a run of the server.
 * @typedef {{ type: "streamlit:render", theme?: { base: string } }} RenderMessage
 */
/** @typedef {Partial<MapMessage & RenderMessage>} PilotZonesMessage */

/** The maps of this page. A frame of another origin has no document here. */
function mapsHere() {
  const frames = [...document.querySelectorAll("iframe")].map((frame) => frame.contentDocument);
  return [document, ...frames].flatMap((place) => {
    const { PilotZones } = /** @type {Partial<Window>} */ (place?.defaultView ?? {});
    return PilotZones ?? [];
  });
}

/**
 * Let the map show a day at once, before the server has answered, and before the next picture:
 * a message would come after it.
 * @param {string} day
 */
export function showOnMap(day) {
  for (const map of mapsHere()) {
    try {
      map.showDay(day);
    } catch (error) {
      reportError(error);
    }
  }
}

/** @param {MapMessage["pilotzones"]} pilotzones */
export function sendMapEvent(pilotzones) {
  /** @type {MapMessage} */
  const message = { pilotzones };
  if (!window.pilotZonesFiles) window.parent.postMessage(message, window.location.origin);
}

/**
 * The message of an event; an empty one if it comes from elsewhere.
 * @param {MessageEvent} event
 * @returns {PilotZonesMessage}
 */
export function readMessage({ origin, source, data }) {
  const own = origin === window.location.origin || source === window;
  return own && data && typeof data === "object" ? data : {};
}

/** Where the reader, or a link, moved the map of this page; null where the page chose. */
export function sightOfMap() {
  const [map] = mapsHere();
  return map?.sight() ?? null;
}

/* The components of a page have the day of the timeline in common. */

const DAY_EVENT = "pilotzones-day";

export const currentDay = () => window.pilotZonesDay;

/** @param {string} day */
export function announceDay(day) {
  window.pilotZonesDay = day;
  window.dispatchEvent(new Event(DAY_EVENT));
}

/** Act at each change of the day, until the result is called. @param {() => void} act */
export function onDay(act) {
  window.addEventListener(DAY_EVENT, act);
  return () => window.removeEventListener(DAY_EVENT, act);
}
