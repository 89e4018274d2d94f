/* Links to pages and zones, which carry the View and are followed without loading the app anew. */

import { eveOf } from "../shared/days.js";

/**
 * The View for a page, on a day that may be ahead of the server's.
 * @param {Pick<TimelineData, "link" | "follows">} data
 * @param {{ on: string, page: string, stop: string }} place the day, the path, the day of the
 *   document in force
 */
export function viewQuery({ link, follows }, { on, page, stop }) {
  const query = new URLSearchParams(link);
  query.set("on", on);
  // a place is open on its own page alone
  if (page !== "place") query.delete("adcode");
  // an earlier day that the reader did not choose is taken only where it is shown
  if (follows && page === "figure") query.set("since", eveOf(stop));
  return query;
}

/**
 * Links to zones come without the rest of the View, those that end in "?" without all of it.
 * @param {string} href
 * @param {URLSearchParams} view
 */
export function wholeLink(href, view) {
  if (href.endsWith("?")) return href + view;
  const [page, zone] = href.split("?zone=");
  if (zone === undefined || zone.includes("&")) return href;
  const query = new URLSearchParams(view);
  query.delete("zone");
  return `${page}?zone=${zone}&${query}`;
}

/**
 * @typedef {object} Destinations
 * @property {() => URLSearchParams | null} view nothing before the first words
 * @property {(page: string) => boolean} knows
 * @property {(id: string | null) => void} openZone
 * @property {(page: string, query: string) => void} turn
 */

export class Links {
  /** @param {Destinations} destinations */
  constructor(destinations) {
    this.destinations = destinations;
    this.listening = new AbortController();
    const options = { capture: true, signal: this.listening.signal };
    document.addEventListener("click", (event) => this.follow(event), options);
    // who opens such a link elsewhere or copies it gets the whole View
    document.addEventListener("pointerdown", (event) => this.complete(event), options);
    document.addEventListener("focusin", (event) => this.complete(event), options);
  }

  remove() {
    this.listening.abort();
  }

  /** @param {MouseEvent} event */
  follow(event) {
    const link = linkOf(event);
    const view = this.destinations.view();
    if (!link || !view || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const [page, query] = wholeLink(hrefOf(link), view).split("?");
    if (query === undefined || !this.destinations.knows(page)) return;
    event.preventDefault();
    if (page === "") this.destinations.openZone(new URLSearchParams(query).get("zone"));
    else this.destinations.turn(page.replace("./", ""), query);
  }

  /** @param {Event} event */
  complete(event) {
    const link = linkOf(event);
    const view = this.destinations.view();
    if (!link) return;
    if (view) link.setAttribute("href", wholeLink(hrefOf(link), view));
    // what a browser could show, such as a picture, is saved as well, under the name it comes with
    const own = link.origin === window.location.origin;
    if (own && link.closest("[data-testid=stLinkButton]")) link.download = "";
  }
}

/** @param {HTMLAnchorElement} link */
const hrefOf = (link) => link.getAttribute("href") ?? "";

/** @param {Event} event */
const linkOf = (event) =>
  event.composedPath().find(
    /** @returns {node is HTMLAnchorElement} */
    (node) => node instanceof HTMLAnchorElement && node.hasAttribute("href"),
  );

/**
 * Give the address of this page the query of a link, so that Streamlit has nothing to write before
 * it writes the address of the other page, and the history gets one entry.
 * @param {string} query
 */
export function takeQuery(query) {
  const here = [...new URLSearchParams(window.location.search)];
  const kept = here.filter(([name]) => name.startsWith("embed"));
  const whole = new URLSearchParams([...kept, ...new URLSearchParams(query)]);
  window.history.replaceState(window.history.state, "", `?${whole}`);
}
