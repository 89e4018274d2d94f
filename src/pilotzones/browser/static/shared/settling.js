/* Names of the reader's table that are not matched, each with the places that it may mean: one
   press settles a name. */

import { button, element } from "./dom.js";

/** As buttons; more candidates are a list to choose from. */
const MOST_BUTTONS = 6;
/** Rows that are drawn before the reader asks for all: the map comes below them. */
const MOST_ROWS = 5;

/** @implements {Widget<SettlingData>} */
export class Settling {
  /** @type {SettlingData} */
  data;
  /** @type {Component<SettlingData>} */
  component;
  whole = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.head = element("tr");
    this.body = element("tbody");
    this.caption = element("caption");
    const table = element("table");
    const head = element("thead");
    head.append(this.head);
    table.append(this.caption, head, this.body);
    this.more = button("", "", () => this.showAll());
    root.append(table, this.more);
  }

  remove() {}

  /** @param {SettlingData} data @param {Component<SettlingData>} component */
  update(data, component) {
    // the names of another table
    if (data.number !== this.data?.number) this.whole = false;
    this.data = data;
    this.component = component;
    this.draw();
  }

  showAll() {
    const first = this.body.children.length;
    this.whole = true;
    this.draw();
    /** @type {HTMLElement | null} */ (
      this.body.children[first]?.querySelector("button, select")
    )?.focus();
  }

  draw() {
    const { labels, names } = this.data;
    this.caption.textContent = labels.caption;
    this.head.replaceChildren(
      ...["name", "rows", "figure", "place"]
        .filter((column) => labels[column])
        .map((column) => {
          const cell = element("th", column, labels[column]);
          cell.scope = "col";
          return cell;
        }),
    );
    // whoever settles a name by key goes on from there
    const held = /** @type {ShadowRoot} */ (this.root.getRootNode()).activeElement;
    const at = held?.closest("tr")?.dataset.name;
    const shown = this.whole ? names : names.slice(0, MOST_ROWS);
    this.body.replaceChildren(...shown.map((name) => this.row(name)));
    this.more.hidden = shown.length === names.length;
    this.more.textContent = labels.all;
    if (at !== undefined) this.focusRow(at);
  }

  /** @param {string} name */
  focusRow(name) {
    const rows = [...this.body.rows];
    const row = rows.find((one) => one.dataset.name === name);
    /** @type {HTMLElement | null | undefined} */ (row?.querySelector("button, select"))?.focus();
  }

  /** @param {UnsettledName} name */
  row(name) {
    const { labels } = this.data;
    const row = element("tr");
    row.dataset.name = name.text;
    const head = element("th", "name", name.text || labels.empty);
    head.scope = "row";
    row.append(head, element("td", "rows", name.rows));
    if (labels.figure) row.append(element("td", "figure", name.figure));
    const cell = element("td", "place");
    cell.append(...this.choices(name));
    row.append(cell);
    return row;
  }

  /** @param {UnsettledName} name @returns {HTMLElement[]} */
  choices({ text, chosen, candidates }) {
    const { labels } = this.data;
    if (chosen) {
      const undo = button("", labels.undo, () => this.choose(text, ""));
      undo.setAttribute("aria-label", `${labels.undo}: ${text}`);
      return [element("span", "chosen", chosen), undo];
    }
    if (!candidates.length) return [element("span", "none", labels.none)];
    if (candidates.length > MOST_BUTTONS) return [this.list(text, candidates)];
    return candidates.map(([code, label]) => button("", label, () => this.choose(text, code)));
  }

  /** @param {string} text @param {[string, string][]} candidates */
  list(text, candidates) {
    const select = element("select");
    select.setAttribute("aria-label", `${this.data.labels.choose}: ${text}`);
    for (const [code, label] of [["", this.data.labels.choose], ...candidates]) {
      const option = element("option", "", label);
      option.value = code;
      select.append(option);
    }
    select.addEventListener("change", () => this.choose(text, select.value));
    return select;
  }

  /** @param {string} text @param {string} code nothing to undo the choice */
  choose(text, code) {
    this.component.setTriggerValue("place", { text, code });
  }
}
