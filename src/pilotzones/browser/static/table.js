/* The table of the zones shown on the day of the timeline; it knows every zone from zones.json. */

import { element, fetchJson, mount } from "./component.js";

const AFTER_THE_MAP_MS = 40;

/* Static: nothing of the data goes through it. */
const SKELETON = `
<div class="zones" tabindex="0" role="region"><table><caption></caption><thead><tr></tr></thead><tbody></tbody></table></div>`;

/* Text and number of each column, for show and for sorting. */
const COLUMNS = {
  zone: (zone, data) => [data.lang === "zh" ? [zone.zh, zone.en] : [zone.en, zone.zh], data.lang === "zh" ? zone.pinyin : zone.en.toLowerCase()],
  province: (zone, data) => [[zone.province[data.lang]], zone.province.adcode],
  batch: (zone) => [[zone.batch], zone.batch],
  approved: (zone) => [[zone.approved], zone.approved],
  status: (zone, data, revoked, words) => [[revoked ? words.revoked : words.active], revoked ? 1 : 0],
  revoked: (zone, data, revoked) => [[revoked ? zone.revoked : ""], revoked ? zone.revoked : ""],
  document: (zone) => [[zone.document], zone.document],
};

class Table {
  constructor(root) {
    this.root = root;
    this.sort = { column: "approved", down: false };
    this.head = root.querySelector("thead tr");
    this.body = root.querySelector("tbody");
    this.body.addEventListener("click", (event) => this.pick(event.target));
    // the map comes first
    this.onDay = () => { clearTimeout(this.soon); this.soon = setTimeout(() => this.draw(), AFTER_THE_MAP_MS); };
    window.addEventListener("pilotzones-day", this.onDay);
  }

  remove() { clearTimeout(this.soon); window.removeEventListener("pilotzones-day", this.onDay); }

  async update(data, component) {
    this.data = data;
    this.component = component;
    const [zones, words] = await Promise.all([data.zones, data.words].map(fetchJson));
    if (this.data !== data) return;
    const other = words.table !== this.words || zones !== this.zones; // language or data
    this.zones = zones;
    this.documents = words.documents;
    this.words = words.table;
    this.stops = words.stops;
    if (other) {
      this.drawn = new Map();
      this.drawHead();
      this.none = element("tr", "none");
      this.none.append(element("td", "", words.map.empty));
      this.none.firstChild.colSpan = this.head.children.length;
    }
    this.root.querySelector("caption").textContent = this.words.caption;
    this.root.setAttribute("aria-label", this.words.caption);
    this.draw();
  }

  pick(target) {
    const row = target.closest("tr");
    if (row?.dataset.id && !target.closest("a")) this.component.setTriggerValue("zone", row.dataset.id);
  }

  /* once a language, for a button that is drawn anew loses the focus */
  drawHead() {
    this.head.replaceChildren(...Object.keys(COLUMNS).map((name) => {
      const cell = element("th", name);
      cell.scope = "col";
      const button = element("button", "", this.words[`column_${name}`]);
      button.type = "button";
      button.append(element("span", "arrow"));
      button.addEventListener("click", () => {
        this.sort = { column: name, down: this.sort.column === name && !this.sort.down };
        this.draw();
      });
      cell.append(button);
      return cell;
    }));
  }

  draw() {
    const { data, sort, stops } = this;
    this.day = window.pilotZonesDay;
    if (!stops || !this.day) return;
    clearTimeout(this.soon);
    const index = Math.max(0, stops.findLastIndex((stop) => stop.on <= this.day));
    const roles = data.roles ? data.roles[index] : stops[index].roles;
    for (const cell of this.head.children) {
      const sorted = sort.column === cell.className;
      if (sorted) cell.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
      cell.querySelector(".arrow").textContent = sorted ? (sort.down ? "▼" : "▲") : "";
    }
    const rows = this.zones.flatMap((zone, i) => (roles[i] === "." ? [] : [this.row(zone, "rxlp".includes(roles[i]))]));
    const [one, other] = sort.down ? [1, -1] : [-1, 1];
    rows.sort((a, b) => (a.keys[sort.column] < b.keys[sort.column] ? one : a.keys[sort.column] > b.keys[sort.column] ? other : 0));
    for (const { row } of rows) row.classList.toggle("is-chosen", row.dataset.id === data.zone);
    this.root.dataset.on = this.day;
    this.fill(rows.length ? rows.map(({ row }) => row) : [this.none]);
  }

  /* rows that stay are not touched, so that only the others are laid out anew */
  fill(rows) {
    const shown = new Set(rows);
    for (const row of [...this.body.children]) if (!shown.has(row)) row.remove();
    let next = this.body.firstElementChild;
    for (const row of rows) {
      if (row === next) next = next.nextElementSibling;
      else this.body.insertBefore(row, next);
    }
  }

  /* a zone has one row while it is active and one when it is revoked, whatever the day */
  row(zone, revoked) {
    const name = `${zone.id} ${revoked}`;
    if (!this.drawn.has(name)) {
      const row = element("tr");
      row.dataset.id = zone.id;
      const keys = {};
      for (const [column, read] of Object.entries(COLUMNS)) {
        const [texts, key] = read(zone, this.data, revoked, this.words);
        row.append(this.cell(column, texts, zone));
        keys[column] = key;
      }
      this.drawn.set(name, { row, keys });
    }
    return this.drawn.get(name);
  }

  cell(name, texts, zone) {
    const cell = element("td", name);
    if (name === "zone") {
      const open = element("button", "", texts[0]);
      open.type = "button";
      open.append(element("span", "second", texts[1]));
      if (!zone.verified) {
        const flag = element("span", "flag", "?");
        flag.title = this.words.unverified;
        open.append(flag, element("span", "hidden", this.words.unverified));
      }
      cell.append(open);
    } else if (name === "document" && this.documents[texts[0]]) {
      const link = element("a", "", texts[0]);
      link.href = this.documents[texts[0]];
      link.target = "_blank";
      link.rel = "noopener";
      cell.append(link);
    } else {
      cell.textContent = texts[0];
    }
    return cell;
  }
}

export default function drawTable(component) {
  return mount(component, (host) => {
    host.innerHTML = SKELETON;
    return new Table(host.firstElementChild);
  });
}
