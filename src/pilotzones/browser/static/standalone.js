/* The map in one file: it is page and frame at once, with a list of the zones beside it. */

import drawTimeline from "./timeline.js";
import { currentDay } from "./shared/messages.js";
import { ZoneList } from "./tables/zone-list.js";

const content = /** @type {FileContent} */ (window.pilotZonesContent);
const files = /** @type {Record<string, any>} */ (window.pilotZonesFiles);
const { state } = content;

window.PilotZones.mount(window.PilotZones.create("map"), []);
window.PilotZones.show(state);

// a tree of its own, so that the styles of the timeline and of the map keep apart
const tree = /** @type {HTMLElement} */ (document.getElementById("timeline")).attachShadow({
  mode: "open",
});
const style = document.createElement("style");
style.textContent = `${content.timelineStyle} nav, .tools { display: none !important; }`;
tree.append(style);
drawTimeline({ data: content.timeline, parentElement: tree, setTriggerValue() {} });

let moves = state.move;
const list = new ZoneList(
  /** @type {HTMLElement} */ (document.getElementById("zones")),
  { ...content, zones: files["zones.json"], words: files[state.words] },
  (zone) => {
    // closing a record leaves the map where it is
    if (zone) moves += 1;
    const box = zone ? zone.box : null;
    const on = currentDay() ?? state.on;
    window.PilotZones.show({ ...state, on, zone: zone?.id ?? null, box, move: moves });
  },
);
// what is chosen on the map
window.Streamlit = { setComponentValue: ({ zone }) => list.show(zone) };
if (state.zone) list.show(state.zone);
