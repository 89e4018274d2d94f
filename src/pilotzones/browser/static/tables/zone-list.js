/* Beside the map in one file: a list of its zones that can be searched, and the record of one. */

import { longDay, stopIndex } from "../shared/days.js";
import { bothNames, button, element, fill } from "../shared/dom.js";
import { currentDay, onDay } from "../shared/messages.js";
import { ROLE, isRevoked } from "../shared/roles.js";
import { fold } from "../shared/search-index.js";

/** @typedef {{ zone: Label, item: HTMLLIElement, open: HTMLButtonElement, keys: string[] }} Item */

export class ZoneList {
  /** The zone whose record is open. @type {Label | null} */
  zone = null;

  /**
   * @param {HTMLElement} root
   * @param {FileContent & { zones: Label[], words: Words }} content
   * @param {(zone: Label | null) => void} choose
   */
  constructor(root, content, choose) {
    this.content = content;
    this.choose = choose;
    const { lang } = content.state;
    const { labels } = content;
    root.setAttribute("aria-label", labels.zones);
    this.search = element("input");
    this.search.type = "search";
    this.search.placeholder = labels.search;
    this.search.setAttribute("aria-label", labels.search);
    this.status = element("p", "status");
    this.status.setAttribute("role", "status");
    this.list = element("ul");
    this.found = element("div", "found");
    this.found.append(this.search, this.status, this.list);
    this.record = element("article", "record");
    this.record.hidden = true;
    root.append(this.record, this.found);
    this.items = content.zones
      .map((zone, index) => ({ index, ...this.item(zone) }))
      .toSorted((one, other) => (sortKey(one.zone, lang) < sortKey(other.zone, lang) ? -1 : 1));
    this.list.append(...this.items.map(({ item }) => item));
    this.listen(root);
    this.draw();
  }

  /** @param {HTMLElement} root */
  listen(root) {
    this.search.addEventListener("input", () => this.draw());
    root.addEventListener("keydown", (event) => this.key(event));
    onDay(() => {
      this.draw();
      if (this.zone) this.drawRecord(this.zone);
    });
  }

  /** @param {Label} zone @returns {Item} */
  item(zone) {
    const { lang } = this.content.state;
    const [first, second] = bothNames(zone, lang);
    const item = element("li");
    const open = button("", "", () => this.open(zone, true));
    const batch = this.content.words.batches[zone.batch] ?? "";
    open.append(
      element("strong", "", first),
      element("span", "", second),
      element("small", "", [zone.province[lang], batch].filter(Boolean).join(" · ")),
    );
    open.append(element("small", "gone", this.content.words.table.revoked));
    item.append(open);
    const keys = [zone.en, zone.zh, zone.pinyin, zone.province.en, zone.province.zh, zone.id];
    return { zone, item, open, keys: keys.map(fold) };
  }

  /** The letters of the roles on the day of the timeline. */
  get roles() {
    const { state, words } = this.content;
    const stop = stopIndex(words.stops, currentDay() ?? state.on);
    return state.roles?.[stop] ?? words.stops[stop].roles;
  }

  draw() {
    const { labels, words } = this.content;
    const text = fold(this.search.value);
    let shown = 0;
    for (const { index, item, keys } of this.items) {
      const role = this.roles[index];
      item.hidden = role === ROLE.HIDDEN || !keys.some((key) => key.includes(text));
      item.classList.toggle("is-revoked", isRevoked(words.roles, role));
      if (!item.hidden) shown += 1;
    }
    this.status.textContent = shown ? fill(labels.listed, { n: shown }) : labels.none;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape" && this.zone) this.close();
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const shown = this.items.filter(({ item }) => !item.hidden).map(({ open }) => open);
    const at = shown.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (at < 0 && event.target !== this.search) return;
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    (next < 0 ? this.search : shown[Math.min(next, shown.length - 1)])?.focus();
  }

  /**
   * Open the record of a zone.
   * @param {Label} zone
   * @param {boolean} here whether it was chosen in the list, not on the map
   */
  open(zone, here) {
    this.zone = zone;
    this.drawRecord(zone);
    this.record.hidden = false;
    this.found.hidden = true;
    if (!here) return;
    this.choose(zone);
    this.record.querySelector("button")?.focus();
  }

  close() {
    const left = this.items.find(({ zone }) => zone === this.zone);
    this.zone = null;
    this.record.hidden = true;
    this.found.hidden = false;
    this.choose(null);
    if (left && !left.item.hidden) left.open.focus();
    else this.search.focus();
  }

  /** What was chosen on the map. @param {string | null} id */
  show(id) {
    const zone = this.content.zones.find((one) => one.id === id);
    if (zone) this.open(zone, false);
    else if (this.zone) this.close();
  }

  /** @param {Label} zone */
  drawRecord(zone) {
    const { records, labels, state, words } = this.content;
    const { lang } = state;
    const [first, second] = bothNames(zone, lang);
    const [measures, revokedBy] = records.zones[zone.id];
    const facts = element("dl");
    const add = (/** @type {string} */ name, /** @type {(string | Node)[]} */ ...values) => {
      const value = element("dd");
      value.append(...values);
      facts.append(element("dt", "", name), value);
    };
    const dated = (/** @type {string} */ day, /** @type {string} */ number) => [
      longDay(day, lang),
      element("br"),
      this.document(number),
    ];
    add(labels.province, zone.province[lang]);
    if (words.batches[zone.batch]) add(labels.batch, words.batches[zone.batch]);
    add(labels.approved, ...dated(zone.approved, zone.document));
    if (zone.revoked) add(labels.revoked, ...dated(zone.revoked, revokedBy));
    const heading = element("h2", "", first);
    heading.append(" ", element("span", "", second));
    const rules = element("div", "rules");
    // written by the template that pages use, every value escaped
    rules.innerHTML = records.measures[measures];
    const back = button("", labels.back, () => this.close());
    const doubt = zone.verified ? [] : [element("p", "doubt", words.map.unverified)];
    this.record.replaceChildren(back, heading, ...doubt, facts, rules);
  }

  /** @param {string} number */
  document(number) {
    const address = this.content.words.documents[number];
    if (!address) return number;
    const link = element("a", "", number);
    link.href = address;
    return link;
  }
}

/** @param {Label} zone @param {Lang} lang */
const sortKey = (zone, lang) => (lang === "zh" ? zone.pinyin : zone.en.toLowerCase());
