/* What the style sheet of paper needs to know of the screen. */

/* CSS pixels of the first sheet that the map may take, in A4 or Letter with usual margins. */
const PAPER = { width: 660, height: 620 };

export function preparePaper() {
  markDark();
  shrinkMap();
}

/* The map keeps its layout and is made smaller: a browser draws its frame again for the width of
   paper without asking it, which cuts off the east and the South China Sea. */
function shrinkMap() {
  const frame = document.querySelector(".st-key-map-frame iframe");
  if (!frame) return;
  const { clientWidth: width, clientHeight: height } = frame;
  const scale = Math.min(1, PAPER.width / width, PAPER.height / height);
  const { style } = document.documentElement;
  style.setProperty("--drawn-width", `${width}px`);
  style.setProperty("--drawn-height", `${height}px`);
  style.setProperty("--drawn-scale", String(scale));
}

/* Paper is light: Streamlit does not say whether the page is dark. */
function markDark() {
  const app = document.querySelector(".stApp");
  const dark = app !== null && getComputedStyle(app).colorScheme === "dark";
  document.documentElement.toggleAttribute("data-dark", dark);
}
