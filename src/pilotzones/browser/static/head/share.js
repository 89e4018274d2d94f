/* What a page shares, in one menu: picture, texts, table, link, code, file.
   It is made when it is opened, from the address, and nothing is asked of the server before. */

import { button, element } from "../shared/dom.js";
import { sightOfMap } from "../shared/messages.js";
import {
  FIGURE_NAMES,
  embeddedPage,
  figureQuery,
  figuresOf,
  fileAddress,
  hasMap,
  tableAddress,
} from "./share-views.js";

const SAID_MS = 4000;
const FORMATS = ["png", "svg", "pdf"];

/**
 * @typedef {object} Shared
 * @property {() => string} page
 * @property {(page?: string) => URLSearchParams} query
 * @property {() => string} sentence
 * @property {() => Texts | undefined} texts
 * @property {() => string} version of the data
 */

export class Share {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  passing;

  /**
   * @param {{ opener: HTMLElement, menu: HTMLElement, status: HTMLElement }} nodes
   * @param {Shared} shared
   */
  constructor({ opener, menu, status }, shared) {
    this.opener = opener;
    this.menu = menu;
    this.status = status;
    this.shared = shared;
    this.listening = new AbortController();
    const { signal } = this.listening;
    opener.addEventListener("click", () => this.toggle());
    menu.addEventListener("keydown", (event) => event.key === "Escape" && this.close(true));
    const outside = (/** @type {Event} */ event) => {
      const path = event.composedPath();
      if (!path.includes(menu) && !path.includes(opener)) this.close();
    };
    document.addEventListener("pointerdown", outside, { signal });
    document.addEventListener("focusin", outside, { signal });
  }

  remove() {
    this.listening.abort();
  }

  /** @param {string} name */
  text(name) {
    return this.shared.texts()?.[name] ?? "";
  }

  toggle() {
    if (this.menu.hidden) this.open();
    else this.close();
  }

  open() {
    this.draw();
    this.menu.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    /** @type {HTMLElement | null} */ (this.menu.querySelector("select, button, a"))?.focus();
  }

  /** @param {boolean} [back] whether the focus goes back to the button */
  close(back = false) {
    if (this.menu.hidden) return;
    this.menu.hidden = true;
    this.menu.replaceChildren();
    this.opener.setAttribute("aria-expanded", "false");
    if (back) this.opener.focus();
  }

  draw() {
    const page = this.shared.page();
    const query = this.shared.query();
    // of a page alone: neither a figure nor a file is of a part of the map
    query.delete("at");
    const figures = figuresOf(page, query);
    const parts = [this.address(page, query)];
    if (figures.length) parts.unshift(this.picture(page, query, figures));
    this.menu.setAttribute("aria-label", this.text("share"));
    this.menu.replaceChildren(...parts);
  }

  /**
   * The figure of the view, in every form.
   * @param {string} page
   * @param {URLSearchParams} query
   * @param {string[]} figures
   */
  picture(page, query, figures) {
    const group = this.group("share_picture");
    let name = figures[0];
    /** @type {HTMLAnchorElement[]} */
    const links = FORMATS.map((format) => this.file(format.toUpperCase(), ""));
    /** @param {string} ending */
    const at = (ending) => `figure.${ending}?${figureQuery(name, page, query)}`;
    const point = () => links.forEach((link, n) => link.setAttribute("href", at(FORMATS[n])));
    point();
    if (figures.length > 1) {
      group.append(
        this.choice(figures, (chosen) => {
          name = chosen;
          point();
        }),
      );
    }
    group.append(
      button("", this.text("copy_picture"), () => this.copyPicture(at("png"))),
      ...links,
      button("", this.text("copy_caption"), () => this.copyWords(at("json"), "caption")),
      button("", this.text("copy_alt"), () => this.copyWords(at("json"), "alternative_text")),
    );
    return group;
  }

  /** Link, code, table and file. @param {string} page @param {URLSearchParams} query */
  address(page, query) {
    const group = this.group("share_view");
    group.append(
      button("", this.text("copy"), () => this.copy(this.link())),
      ...this.citable(query),
    );
    if (hasMap(page)) group.append(button("", this.text("embed"), () => this.embed()));
    const files = [
      ["share_table", tableAddress(page, query)],
      ["share_file", fileAddress(page, query)],
    ];
    for (const [name, href] of files) if (href) group.append(this.file(this.text(name), href));
    return group;
  }

  /** @param {string} heading */
  group(heading) {
    const group = element("div", "group");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", this.text(heading));
    group.append(element("p", "heading", this.text(heading)));
    return group;
  }

  /** @param {string} text @param {string} href */
  file(text, href) {
    const link = element("a", "", text);
    link.setAttribute("href", href);
    link.download = "";
    return link;
  }

  /** @param {string[]} figures @param {(name: string) => void} choose */
  choice(figures, choose) {
    const select = element("select");
    select.setAttribute("aria-label", this.text("share_picture"));
    for (const name of figures) {
      const option = element("option", "", this.text(FIGURE_NAMES[name.split(":")[0]]));
      option.value = name;
      select.append(option);
    }
    select.addEventListener("change", () => choose(select.value));
    return select;
  }

  /** The address of what the reader sees, with the place and zoom of the map. */
  link(data = "") {
    const query = seen(this.shared.query());
    if (data) query.set("data", data);
    return new URL(`?${query}`, window.location.href).href;
  }

  /**
   * A link that shows the same for ever, unless the other one does.
   * @param {URLSearchParams} query
   */
  citable(query) {
    const version = this.shared.version();
    if (query.has("data")) return [];
    return [button("", this.text("copy_citable"), () => this.copy(this.link(version)))];
  }

  embed() {
    const frame = document.createElement("iframe");
    const page = embeddedPage(this.shared.page(), this.shared.query());
    const query = seen(this.shared.query(page));
    frame.src = new URL(`./${page}?embed=true&${query}`, window.location.href).href;
    frame.allow = "clipboard-write";
    frame.title = this.shared.sentence();
    frame.style.cssText = "border: 0; width: 100%; height: 600px";
    return this.copy(frame.outerHTML);
  }

  /** @param {string} address */
  async copyPicture(address) {
    this.say(this.text("drawing"), false);
    try {
      // asked for at once: a browser lets only a click write to the clipboard
      const picture = fetch(address).then(blobOf);
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
      this.say(this.text("copied"));
    } catch {
      this.say(this.text("no_picture"));
    }
  }

  /** @param {string} address @param {"caption" | "alternative_text"} name */
  async copyWords(address, name) {
    try {
      const words = await (await fetch(address)).json();
      await this.copy(words[name]);
    } catch {
      this.say(this.text("not_fetched"));
    }
  }

  /** @param {string} text */
  async copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // without https a page may not use the clipboard: show the text to be copied by hand
      window.prompt(this.text("by_hand"), text);
      return;
    }
    this.say(this.text("copied"));
  }

  /** @param {string} text @param {boolean} [passing] */
  say(text, passing = true) {
    this.status.textContent = text;
    clearTimeout(this.passing);
    if (!passing) return;
    this.passing = setTimeout(() => {
      this.status.textContent = "";
    }, SAID_MS);
  }
}

/** A query with the place and zoom of the map as it is now. @param {URLSearchParams} query */
function seen(query) {
  const sight = sightOfMap();
  query.delete("at");
  if (sight) query.set("at", sight.join(","));
  return query;
}

/** @param {Response} response */
function blobOf(response) {
  if (!response.ok) throw new Error(String(response.status));
  return response.blob();
}
