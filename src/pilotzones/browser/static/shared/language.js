/* The language of the document, for screen readers and the choice of faces. */

/**
 * Set it where it changes: setting the one that it has already styles every element again.
 * @param {Lang} lang
 */
export function setLanguage(lang) {
  const { documentElement: root } = document;
  const language = lang === "zh" ? "zh-CN" : "en";
  if (root.lang !== language) root.lang = language;
}
