/* The table of the zones shown on the day of the timeline, or of those that changed between two.

   It knows every zone from zones.json. */

import { fetchPatiently, mount } from "./shared/component.js";
import { stopIndex } from "./shared/days.js";
import { bothNames, button, element, fill } from "./shared/dom.js";
import { currentDay, onDay } from "./shared/messages.js";
import { ROLE, isRevoked } from "./shared/roles.js";
import { COLUMNS, byKey, keysOf, textsOf } from "./tables/columns.js";
import { isStill } from "./shared/veils.js";

/** The still has no table: the map that takes its place comes first. */
const LOOK_AGAIN_MS = 100;
const DOCUMENTS = new Set(["document", "approved_by", "revoked_by"]);

/* Static: nothing of the data goes through it. Roles, for its parts are laid out as no table is. */
const SKELETON = `
<div class="zones">
  <table role="table">
    <caption></caption>
    <thead role="rowgroup"><tr role="row"></tr></thead>
    <tbody role="rowgroup"></tbody>
  </table>
</div>`;

/** @typedef {{ row: HTMLTableRowElement, keys: import("./tables/columns.js").Keys }} Row */

/** @implements {Widget<TableData>} */
class Table {
  /** @type {TableData} */
  data;
  /** @type {Component<TableData>} */
  component;
  /** @type {Words} */
  words;
  /** @type {Label[]} */
  zones;
  /** By zone and what it is here. @type {Map<string, Row>} */
  drawn = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  soon;
  /** Without a column in the order in which the rows come. */
  sort = { column: "", down: false };

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.head = /** @type {HTMLElement} */ (root.querySelector("thead tr"));
    this.body = /** @type {HTMLElement} */ (root.querySelector("tbody"));
    this.none = element("tr", "none");
    this.body.addEventListener("click", ({ target }) => this.pick(/** @type {Element} */ (target)));
    this.ignoreDay = onDay(() => this.draw());
  }

  remove() {
    clearTimeout(this.soon);
    this.ignoreDay();
  }

  /** @param {TableData} data @param {Component<TableData>} component */
  async update(data, component) {
    if (!this.data && !data.changes) this.sort.column = "approved";
    this.data = data;
    this.component = component;
    const [zones, words] = await Promise.all([data.zones, data.words].map(fetchPatiently));
    if (this.data !== data) return;
    const other = words !== this.words || zones !== this.zones; // language or data
    this.zones = zones;
    this.words = words;
    if (other) this.drawAnew();
    this.draw();
  }

  /** @param {Element} target */
  pick(target) {
    const row = target.closest("tr");
    const id = row?.dataset.id;
    // a second press closes what the first one has opened
    if (id && !target.closest("a")) {
      this.component.setTriggerValue("zone", id === this.data.zone ? "" : id);
    }
  }

  /** Once a language, for a button that is drawn anew loses the focus. */
  drawAnew() {
    this.drawn = new Map();
    this.root.classList.toggle("of-changes", Boolean(this.data.changes));
    this.head.replaceChildren(...this.columns.map((name) => this.drawHead(name)));
    const cell = element("td", "", this.words.map.empty);
    cell.colSpan = this.head.children.length;
    this.none.replaceChildren(cell);
  }

  get columns() {
    return this.data.changes ? COLUMNS.changes : COLUMNS.zones;
  }

  /** @param {string} name */
  drawHead(name) {
    const cell = element("th", name);
    cell.scope = "col";
    const sort = button("", this.words.table[`column_${name}`], () => {
      this.sort = { column: name, down: this.sort.column === name && !this.sort.down };
      this.draw();
    });
    sort.append(element("span", "arrow"));
    cell.append(sort);
    return cell;
  }

  draw() {
    const day = currentDay();
    if (!this.words || !day) return;
    clearTimeout(this.soon);
    if (isStill()) {
      this.soon = setTimeout(() => this.draw(), LOOK_AGAIN_MS);
      return;
    }
    this.showSort();
    const rows = this.rowsOn(day);
    rows.sort(byKey(this.sort));
    for (const { row } of rows)
      row.classList.toggle("is-chosen", row.dataset.id === this.data.zone);
    this.root.dataset.on = day;
    this.count(rows);
    this.fill(rows.length ? rows.map(({ row }) => row) : [this.none]);
  }

  /** @param {readonly Row[]} rows */
  count(rows) {
    const { table } = this.words;
    const caption = /** @type {HTMLElement} */ (this.root.querySelector("caption"));
    if (this.data.changes) {
      caption.textContent = table.caption_changes;
      return;
    }
    const revoked = rows.filter(({ keys }) => keys.revoked).length;
    const words = revoked ? table.count_revoked : table.count;
    const counted = fill(words, { active: rows.length - revoked, revoked });
    caption.replaceChildren(table.caption, " ", element("span", "counted", counted));
  }

  showSort() {
    for (const cell of this.head.children) {
      const sorted = this.sort.column === cell.className;
      const direction = this.sort.down ? "descending" : "ascending";
      if (sorted) cell.setAttribute("aria-sort", direction);
      else cell.removeAttribute("aria-sort");
      const arrow = /** @type {HTMLElement} */ (cell.querySelector(".arrow"));
      arrow.textContent = sorted ? { ascending: "▲", descending: "▼" }[direction] : "";
    }
  }

  /** @param {string} day */
  rowsOn(day) {
    if (this.data.changes) return this.data.changes.map((change) => this.changed(change));
    const { stops, roles } = this.words;
    const index = stopIndex(stops, day);
    const letters = this.data.roles?.[index] ?? stops[index].roles;
    return this.zones.flatMap((zone, i) =>
      letters[i] === ROLE.HIDDEN ? [] : [this.row(zone, { revoked: isRevoked(roles, letters[i]) })],
    );
  }

  /** @param {Change} change */
  changed([id, kind, revokedBy]) {
    const known = (/** @type {string | null} */ one) => this.zones.find((zone) => zone.id === one);
    const zone = /** @type {Label} */ (known(id));
    const successor = revokedBy ? known(zone.successor) : undefined;
    const change = this.words.table[`change_${kind}`];
    return this.row(zone, { revoked: Boolean(revokedBy), change, revokedBy, successor });
  }

  /**
   * Rows that stay are not touched, so that only the others are laid out anew.
   * @param {Element[]} rows
   */
  fill(rows) {
    const shown = new Set(rows);
    for (const row of this.body.querySelectorAll("tr")) if (!shown.has(row)) row.remove();
    let next = this.body.firstElementChild;
    for (const row of rows) {
      if (row === next) next = next.nextElementSibling;
      else this.body.insertBefore(row, next);
    }
  }

  /**
   * A zone has one row while it is active and one when it is revoked, on any day.
   * @param {Label} zone
   * @param {Omit<import("./tables/columns.js").Context, "lang">} what
   */
  row(zone, what) {
    const name = [zone.id, what.revoked, what.change].join(" ");
    const known = this.drawn.get(name) ?? this.drawRow(zone, { lang: this.data.lang, ...what });
    this.drawn.set(name, known);
    return known;
  }

  /** @param {Label} zone @param {import("./tables/columns.js").Context} context @returns {Row} */
  drawRow(zone, context) {
    const row = element("tr");
    row.dataset.id = zone.id;
    for (const name of this.columns) {
      const cell = element("td", name);
      const text = textsOf[name](zone, context);
      if (name === "zone") cell.append(...this.drawNames(zone, context));
      else if (DOCUMENTS.has(name)) cell.append(this.drawDocument(text));
      else cell.textContent = text;
      if (name === "batch") cell.prepend(this.drawColour(zone.batch));
      if (name === "approved" && context.revoked) cell.append(this.drawEnd(zone));
      row.append(cell);
    }
    return { row, keys: keysOf(zone, context) };
  }

  /** @param {Label} zone @param {import("./tables/columns.js").Context} context */
  drawNames(zone, { lang, successor }) {
    const [first, second] = bothNames(zone, lang);
    const open = button("", first); // the click is that of the row
    open.append(" ", element("span", "second", second));
    // where there is no room for its column
    const where = element("span", "instead", zone.province[lang]);
    if (successor) where.append(` → ${bothNames(successor, lang)[0]}`);
    if (zone.verified) return [open, where];
    const { unverified, unverified_short: short } = this.words.table;
    const flag = element("span", "flag", short);
    flag.title = unverified;
    open.append(flag);
    return [open, where];
  }

  /** The colour of a batch, as on the map. @param {number} batch */
  drawColour(batch) {
    const dot = element("span", "dot");
    const stop = this.words.stops.find((one) => one.batch === batch);
    if (stop) dot.style.setProperty("--batch", stop.colour);
    return dot;
  }

  /** Where there is no room for the column of revocations. @param {Label} zone */
  drawEnd({ revoked }) {
    return element("span", "instead", fill(this.words.map.revoked_on, { day: revoked ?? "" }));
  }

  /** @param {string} number */
  drawDocument(number) {
    const address = this.words.documents[number];
    if (!address) return number;
    const link = element("a", "", number);
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener";
    return link;
  }
}

/** @param {Component<TableData>} component */
export default function drawTable(component) {
  return mount(component, (host) => {
    host.innerHTML = SKELETON;
    return new Table(/** @type {HTMLElement} */ (host.firstElementChild));
  });
}
