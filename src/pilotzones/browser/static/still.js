/* The still that the first answer carries: its timeline, its theme, and when it makes way.

   The page is drawn below it, unseen; it takes the place of the still when its map is drawn, or
   when it has something else to say. Static, so that its hash can stand in the page's policy. */

import { Track } from "./timeline/track.js";
import { isDrawn, liftVeils } from "./shared/veils.js";

/** A page without a map is there some moments after its head: as long as Streamlit takes for it. */
const REST_MS = 150;
const LATEST_MS = 30000;
const READ = "pilotzones-about-read";

const still = /** @type {HTMLElement} */ (document.getElementById("pz-still"));
const hosts = [...still.querySelectorAll("*")].map((node) => node.shadowRoot);
const roots = hosts.filter((root) => root !== null);

/** @param {string} selector */
const find = (selector) =>
  roots.map((root) => root.querySelector(selector)).find((node) => node !== null) ?? null;

/** @param {string} name */
const part = (name) => /** @type {HTMLElement} */ (find(`[data-part="${name}"]`));

/** @typedef {Omit<import("./timeline/track.js").Marks, "eventsAt" | "describe">} Days */

function drawTimeline() {
  const text = still.querySelector("#pz-still-timeline")?.textContent ?? "";
  /** @type {Days} */
  const days = JSON.parse(text);
  const eventsAt = (/** @type {number} */ index) => days.stops[index];
  const track = new Track(part, () => track.draw({ ...days, eventsAt, describe: () => "" }));
}

/** As on the live page: who has read the line sees it no more, and the map knows its theme. */
function dress() {
  const dark = window.matchMedia("(prefers-color-scheme: dark)").matches;
  find(".pz-map")?.setAttribute("data-theme", dark ? "dark" : "light");
  try {
    if (window.localStorage.getItem(READ) !== null) find(".about")?.remove();
  } catch {
    // a browser may keep nothing
  }
}

/** Whether the live page can be shown. */
function isReady() {
  const root = document.getElementById("root");
  if (!root) return false;
  // a fault of the page, or a question of Streamlit, must be seen
  if (document.querySelector('[role="dialog"], [data-testid="stException"]')) return true;
  const app = root.querySelector('[data-testid="stApp"]');
  const rests = app?.getAttribute("data-test-script-state") === "notRunning";
  /** @type {HTMLElement | null} */
  const veil = root.querySelector(".pz-veil");
  if (veil) return window.pilotZonesDay !== undefined && isDrawn(veil);
  // with data that cannot be loaded there is no head
  const headed = window.pilotZonesDay !== undefined;
  return rests && (headed || root.querySelector('[data-testid="stAlert"]') !== null);
}

function wait() {
  const start = performance.now();
  let since = Infinity;
  const look = () => {
    const now = performance.now();
    since = isReady() ? Math.min(since, now) : Infinity;
    const settled = now - since >= (document.querySelector("#root .pz-veil") ? 0 : REST_MS);
    // on a slow line the still is better than a page that has not begun
    const late =
      now - start > LATEST_MS && document.querySelector('[data-testid="stApp"]') !== null;
    if (settled || late) {
      liftVeils();
      still.remove();
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

dress();
drawTimeline();
wait();
