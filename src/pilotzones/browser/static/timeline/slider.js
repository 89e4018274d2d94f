/* What makes an element a slider: the keys that move it, and what a screen reader says of it. */

/** @type {Record<string, number>} */
export const KEYS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -2,
  PageUp: 2,
  Home: -Infinity,
  End: Infinity,
};

/**
 * @param {HTMLElement} node
 * @param {{ label: string, days: number, now: number, text: string }} said
 */
export function speakOf(node, { label, days, now, text }) {
  const values = { label, valuemin: 1, valuemax: days, valuenow: now, valuetext: text };
  for (const [name, value] of Object.entries(values)) {
    node.setAttribute(`aria-${name}`, String(value));
  }
  node.setAttribute("role", "slider");
  // to set it anew lays out the page
  if (node.tabIndex !== 0) node.tabIndex = 0;
}

/** @param {HTMLElement} node */
export function silence(node) {
  node.removeAttribute("role");
  node.removeAttribute("tabindex");
  node.removeAttribute("title");
  for (const name of node.getAttributeNames()) {
    if (name.startsWith("aria-")) node.removeAttribute(name);
  }
}
