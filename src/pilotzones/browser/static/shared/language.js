/* The language that the document says it has. */

/**
 * The language of the document, for screen readers and faces. To set the one that it has already
 * would style every element again.
 * @param {Lang} lang
 */
export function setLanguage(lang) {
  const { documentElement: root } = document;
  const language = lang === "zh" ? "zh-CN" : "en";
  if (root.lang !== language) root.lang = language;
}
