/* A link to the view, and the code that shows its map on another site, to the clipboard. */

const SAID_MS = 2500;

/**
 * @typedef {object} Shared
 * @property {(page?: string) => URLSearchParams} query
 * @property {() => string} sentence
 * @property {() => Texts | undefined} texts
 */

export class Share {
  /** @param {HTMLElement} status @param {Shared} shared */
  constructor(status, shared) {
    this.status = status;
    this.shared = shared;
  }

  link() {
    const link = new URL(`?${this.shared.query()}`, window.location.href);
    return this.copy("copied", link.href);
  }

  embed() {
    const frame = document.createElement("iframe");
    frame.src = new URL(`./?embed=true&${this.shared.query("")}`, window.location.href).href;
    frame.title = this.shared.sentence();
    frame.style.cssText = "border: 0; width: 100%; height: 600px";
    return this.copy("embed_copied", frame.outerHTML);
  }

  /** @param {string} said the word for what was copied @param {string} text */
  async copy(said, text) {
    const { copy = "", [said]: copied = "" } = this.shared.texts() ?? {};
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // without https a page may not use the clipboard: show the text to be copied by hand
      window.prompt(copy, text);
      return;
    }
    this.status.textContent = copied;
    setTimeout(() => {
      this.status.textContent = "";
    }, SAID_MS);
  }
}
