/* Elements and texts. Values become text nodes, so that no name is read as HTML. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string | number} [text]
 */
export function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = String(text);
  return node;
}

/** @param {string} className @param {string} text @param {() => void} [act] */
export function button(className, text, act) {
  const node = element("button", className, text);
  node.type = "button";
  if (act) node.addEventListener("click", act);
  return node;
}

/**
 * A template with its {names} replaced.
 * @param {string} template
 * @param {Record<string, string | number>} values
 */
export const fill = (template, values) =>
  template.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** Both names of a zone, that of the language first. @param {Label} zone @param {Lang} lang */
export const bothNames = (zone, lang) => (lang === "zh" ? [zone.zh, zone.en] : [zone.en, zone.zh]);
