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
    this.zones = zones;
    this.documents = words.documents;
    this.words = words.table;
    this.stops = words.stops;
    this.root.querySelector("caption").textContent = this.words.caption;
    this.root.setAttribute("aria-label", this.words.caption);
    this.draw();
  }

  pick(target) {
    const row = target.closest("tr");
    if (row && !target.closest("a")) this.component.setTriggerValue("zone", row.dataset.id);
  }

  draw() {
    const { data, sort, stops } = this;
    this.day = window.pilotZonesDay;
    if (!stops || !this.day) return;
    clearTimeout(this.soon);
    const index = Math.max(0, stops.findLastIndex((stop) => stop.on <= this.day));
    const roles = data.roles ? data.roles[index] : stops[index].roles;
    this.head.replaceChildren(...Object.keys(COLUMNS).map((name) => {
      const cell = element("th");
      cell.scope = "col";
      cell.className = name;
      if (sort.column === name) cell.setAttribute("aria-sort", sort.down ? "descending" : "ascending");
      const button = element("button", "", this.words[`column_${name}`]);
      button.type = "button";
      button.append(element("span", "arrow", sort.column === name ? (sort.down ? "▼" : "▲") : ""));
      button.addEventListener("click", () => {
        this.sort = { column: name, down: sort.column === name && !sort.down };
        this.draw();
        this.head.querySelector(`.${name} button`).focus();
      });
      cell.append(button);
      return cell;
    }));
    const rows = this.zones
      .map((zone, i) => ({ zone, role: roles[i] }))
      .filter(({ role }) => role !== ".")
      .map(({ zone, role }) => {
        const revoked = "rxlp".includes(role);
        return { zone, cells: Object.entries(COLUMNS).map(([name, read]) => [name, ...read(zone, data, revoked, this.words)]) };
      });
    const key = Object.keys(COLUMNS).indexOf(sort.column);
    const order = (a, b) => (a.cells[key][2] < b.cells[key][2] ? -1 : a.cells[key][2] > b.cells[key][2] ? 1 : 0);
    rows.sort((a, b) => (sort.down ? -order(a, b) : order(a, b)));
    this.root.dataset.on = this.day;
    this.body.replaceChildren(...rows.map(({ zone, cells }) => {
      const row = element("tr", zone.id === data.zone ? "is-chosen" : "");
      row.dataset.id = zone.id;
      for (const [name, texts] of cells) row.append(this.cell(name, texts, zone));
      return row;
    }));
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
