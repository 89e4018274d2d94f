/* The map inside the streamlit-folium frame.

   The script that folium sends stays the same for ever: it calls PilotZones.mount once. What a
   rerun sends is a call of PilotZones.show with the state: one letter for each zone and stop.
   Geometry is fetched by address, once, and never travels with a rerun. */
"use strict";

(function () {
  /* ---- projection: Albers equal-area conic for China, on a sphere (for drawing only) ---- */
  const RADIUS = 6371007;
  const RAD = Math.PI / 180;
  const [SOUTH, NORTH, MERIDIAN] = [25 * RAD, 47 * RAD, 105 * RAD];
  const CONE = (Math.sin(SOUTH) + Math.sin(NORTH)) / 2;
  const C = Math.cos(SOUTH) ** 2 + 2 * CONE * Math.sin(SOUTH);
  const rho = (latitude) => (RADIUS * Math.sqrt(C - 2 * CONE * Math.sin(latitude))) / CONE;
  const RHO_ORIGIN = rho(36 * RAD);
  const HALF_WORLD = Math.PI * 6378137; // so that zoom levels mean what they mean elsewhere

  const Albers = {
    bounds: L.bounds([-HALF_WORLD, -HALF_WORLD], [HALF_WORLD, HALF_WORLD]),
    project({ lat, lng }) {
      const r = rho(lat * RAD);
      const theta = CONE * (lng * RAD - MERIDIAN);
      return L.point(r * Math.sin(theta), RHO_ORIGIN - r * Math.cos(theta));
    },
    unproject({ x, y }) {
      const r = Math.hypot(x, RHO_ORIGIN - y);
      const theta = Math.atan2(x, RHO_ORIGIN - y);
      const sine = (C - ((r * CONE) / RADIUS) ** 2) / (2 * CONE);
      return L.latLng(Math.asin(Math.max(-1, Math.min(1, sine))) / RAD, (MERIDIAN + theta / CONE) / RAD);
    },
  };
  const unit = 0.5 / HALF_WORLD;
  L.CRS.ChinaAlbers = L.extend({}, L.CRS.Earth, {
    code: "ChinaAlbers",
    projection: Albers,
    transformation: L.transformation(unit, 0.5, -unit, 0.5),
    wrapLng: undefined,
  });

  /* ---- constants ---- */
  const LOCALES = { en: "en-GB", zh: "zh-CN" };
  const DETAIL_FROM_ZOOM = 6;
  const SMALLEST_PIXELS = 64; // an area: 8 by 8
  const INSET_UP_TO = 1.15; // times the scale of the national view
  const MAINLAND = [
    [39.4, 73.5], [49.2, 87.8], [53.6, 123.3], [48.4, 135.1], [40, 73.6],
    [25.8, 124.6], [21.9, 121.0], [18.1, 109.5], [27.3, 88.9], [30.4, 80.8],
  ];
  // Taiwan, Diaoyu Dao and Chiwei Yu, the south of Hainan: no part of the frame may lie over them
  const NEVER_COVERED = [[21.9, 120.8], [23, 121.5], [24, 121.7], [25.1, 122], [25.7, 123.5], [25.9, 124.6], [18.2, 109.5]];
  const SOUTH_CHINA_SEA = [[3.2, 105.8], [3.2, 121.5], [24.5, 106.2], [24.5, 122]];

  /* ---- the one map of this frame ---- */
  let map, inset, files, words, texts, state, roles, labels, national;
  let colours = new Map();
  let ties = [];
  let outlines = [];
  let moved = false; // by the reader: until then a frame of another size shows the same again
  let looked = null; // at which box, where not at all of China
  let level = null;
  let chosen = null;
  let lastMove = null;
  let clicks = 0;
  let hinted = null; // the zone or province that the tooltip tells of
  const zones = [];
  const provinces = [];
  const context = {};
  const parts = {};

  const element = (tag, className, text) => {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  };
  // a map that was sent as one file has no page around it
  const tell = (message) => window.pilotZonesFiles || window.parent.postMessage({ pilotzones: message }, window.location.origin);
  const formatters = {}; // each takes longer to make than all its uses
  const longDay = (iso) => (formatters[state.lang] ??=
    new Intl.DateTimeFormat(LOCALES[state.lang], { dateStyle: "long", timeZone: "UTC" })).format(new Date(iso));
  const fill = (template, values) => template.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  /* ---- fetching ---- */
  async function fetchJson(name) {
    // a map that was sent as one file has everything inside
    if (window.pilotZonesFiles) return window.pilotZonesFiles[name];
    const response = await fetch(files[name] || name);
    const type = response.headers.get("content-type") || "";
    // under a wrong path a server may answer any address with its start page
    if (!response.ok || !type.includes("json")) throw new Error(`${name}: HTTP ${response.status}, ${type}`);
    return response.json();
  }

  /* Each file is asked for once, and again only where that failed. */
  const fetched = {};
  function fetchOnce(name) {
    fetched[name] ??= fetchJson(name).catch((error) => {
      delete fetched[name];
      throw error;
    });
    return fetched[name];
  }

  async function load() {
    say(null);
    try {
      // who tries again may have the map already, without something that lies over it
      if (!labels) {
        const [layers, zonesJson] = await Promise.all(["overview.json", "zones.json"].map(fetchOnce));
        await apply();
        labels = zonesJson;
        drawAll(layers);
      }
      await apply();
      tell("ready");
    } catch (error) {
      console.error(error);
      say(String(error.message || error));
      tell("failed");
    }
  }

  function drawAll(layers) {
    level = "overview";
    home(false); // whatever is drawn before the view is set is projected twice
    drawContext(map, layers, context);
    drawZones(layers.zones);
    drawInset(layers);
    map.on("zoomend", () => { drawPoints(); swapLevel(); thinValues(); });
    map.on("moveend", () => { swapLevel(); placeInset(); });
  }

  function say(detail) {
    parts.message.hidden = detail === null;
    if (detail === null) return;
    // these words cannot be fetched, for fetching is what has failed
    const [failed, again] = { en: ["The boundaries could not be loaded.", "Try again"],
      zh: ["边界数据未能加载。", "重试"] }[state.lang];
    const retry = element("button", "", again);
    retry.addEventListener("click", load);
    parts.message.replaceChildren(element("p", "", failed), element("p", "pz-detail", detail), retry);
  }

  /* ---- drawing what never changes ---- */
  const coordinates = (geometry) =>
    L.GeoJSON.coordsToLatLngs(geometry.coordinates, { Polygon: 1, MultiPolygon: 2, LineString: 0, MultiLineString: 1 }[geometry.type]);

  function shape(geometry, className, pane, interactive) {
    const options = { className, pane, interactive, smoothFactor: 0, weight: 1, fillOpacity: 1, stroke: true };
    return geometry.type.endsWith("LineString")
      ? L.polyline(coordinates(geometry), { ...options, fill: false })
      : L.polygon(coordinates(geometry), options);
  }

  function drawContext(target, layers, keep) {
    for (const [name, z] of [["neighbours", 310], ["land", 320], ["zones", 400], ["borders", 420], ["points", 450]]) {
      target.createPane(name).style.zIndex = z;
    }
    target.getPane("borders").style.pointerEvents = "none";
    const add = (features, className, pane) =>
      features.map((feature) => shape(feature.geometry, `${className} ${feature.properties.kind || ""}`, pane, false).addTo(target));
    keep.neighbours = add(layers.neighbours.features, "neighbour", "neighbours");
    keep.nation = add(layers.nation.features, "nation", "land");
    keep.province_lines = add(layers.province_lines.features, "province-line", "borders");
    keep.lines = add(layers.lines.features, "line", "borders");
  }

  function drawZones(file) {
    const geometry = new Map(file.features.map((feature) => [feature.id, feature.geometry]));
    labels.forEach((label, index) => {
      const layer = shape(geometry.get(label.id), `zone zone-${label.id} is-hidden`, "zones", true);
      zones[index] = { ...label, index, layer, point: null, role: null };
    });
    // the smaller ones last, so that a zone inside another lies above it
    [...zones].sort((a, b) => b.area - a.area).forEach((zone) => {
      zone.layer.addTo(map);
      zone.path = zone.layer.getElement();
      listen(zone, () => choose(zone.id));
      zone.path.addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
    });
  }

  /* to the pointer and the keyboard, for a zone or a province */
  function listen(place, pick) {
    const { layer, path } = place;
    layer.on("mouseover", (event) => hint(place, event.latlng));
    layer.on("mousemove", (event) => parts.tooltip.setLatLng(event.latlng));
    layer.on("mouseout", unhint);
    layer.on("click", pick);
    path.addEventListener("focus", () => hint(place, L.latLng(place.lat, place.lon)));
    path.addEventListener("blur", unhint);
    path.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick(); }
    });
  }

  function answer(what) {
    clicks += 1;
    window.Streamlit.setComponentValue({ ...what, click: clicks });
  }

  function choose(id) {
    answer({ zone: id });
    mark(id);
  }

  /* ---- the inset of the South China Sea ---- */
  function drawInset(layers) {
    const quiet = { zoomControl: false, attributionControl: false, dragging: false, keyboard: false,
      scrollWheelZoom: false, doubleClickZoom: false, boxZoom: false, touchZoom: false, zoomSnap: 0, crs: L.CRS.ChinaAlbers };
    inset = L.map(parts.insetMap, { ...quiet, center: [14, 114], zoom: 2 });
    fit(inset, SOUTH_CHINA_SEA, [0, 0, 0, 0]);
    drawContext(inset, layers, {});
    const geometry = new Map(layers.zones.features.map((feature) => [feature.id, feature.geometry]));
    for (const zone of zones) {
      const [west, south, east] = zone.box;
      if (south < 25 && west < 122 && east > 105) {
        zone.insetPath = shape(geometry.get(zone.id), "inset-zone is-hidden", "zones", false).addTo(inset).getElement();
      }
    }
  }

  function placeInset() {
    parts.inset.hidden = 2 ** (map.getZoom() - national) > INSET_UP_TO;
    parts.inset.classList.remove("is-left");
    parts.inset.style.left = "";
    const [frame, box] = [map.getContainer(), parts.inset].map((node) => node.getBoundingClientRect());
    const covered = L.bounds([box.left - 6, box.top - 6], [box.right + 6, box.bottom + 6]);
    const covers = NEVER_COVERED.some((place) =>
      covered.contains(map.latLngToContainerPoint(place).add([frame.left, frame.top])));
    if (!covers) return;
    parts.inset.classList.add("is-left");
    // beside the legend where that lies on the map
    const { legend } = parts;
    const beside = getComputedStyle(legend).position === "absolute" ? legend.offsetLeft + legend.offsetWidth : 0;
    parts.inset.style.left = `${beside + 8}px`;
  }

  /* ---- detail when zoomed ---- */
  async function swapLevel() {
    const wanted = map.getZoom() >= DETAIL_FROM_ZOOM && !window.pilotZonesFiles ? "detail" : "overview";
    if (wanted === level) return;
    level = wanted;
    try {
      const layers = await fetchOnce(`${wanted}.json`);
      if (level !== wanted) return;
      const geometry = new Map(layers.zones.features.map((feature) => [feature.id, feature.geometry]));
      zones.forEach((zone) => zone.layer.setLatLngs(coordinates(geometry.get(zone.id))));
      for (const [name, drawn] of Object.entries(context)) {
        drawn.forEach((layer, i) => layer.setLatLngs(coordinates(layers[name].features[i].geometry)));
      }
      if (state.mode !== "provinces") outlineZone();
      parts.frame.dataset.level = wanted;
    } catch (error) {
      console.error(error); // the coarser outline stays: right, only less fine
    }
  }

  /* ---- zoom ---- */
  const boundsOf = (points) => L.bounds(points.map((point) => L.CRS.ChinaAlbers.latLngToPoint(L.latLng(point), 0)));

  function zoomFor(target, box, [top, right, bottom, left], highest) {
    const [size, room] = [box.getSize(), target.getSize().subtract([left + right, top + bottom])];
    // a frame that is not laid out yet has no room; it is fitted again when it gets its size
    const [width, height] = [Math.max(1, room.x), Math.max(1, room.y)];
    return Math.min(highest, Math.log2(Math.min(width / size.x, height / size.y)));
  }

  function fit(target, points, margins, highest = 9, animate = false) {
    const box = boundsOf(points);
    const zoom = zoomFor(target, box, margins, highest);
    const [top, right, bottom, left] = margins;
    const centre = box.getCenter().multiplyBy(2 ** zoom).add([(right - left) / 2, (bottom - top) / 2]);
    target.setView(L.CRS.ChinaAlbers.pointToLatLng(centre, zoom), zoom, { animate });
    return zoom;
  }

  const corners = ([west, south, east, north]) => {
    const [x, y] = [(west + east) / 2, (south + north) / 2];
    return [[south, west], [south, east], [north, west], [north, east], [south, x], [north, x], [y, west], [y, east]];
  };
  const narrow = () => map.getSize().x <= 620;
  // above: the stamp on a narrow frame; to the right: room for the inset beside Taiwan
  const margins = () => (narrow()
    ? [parts.stamp.offsetHeight + 14, 10, parts.foot.offsetHeight + 10, 10]
    : [14, 112, parts.foot.offsetHeight + 10, 14]);
  const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function home(animate) {
    moved = false;
    looked = null;
    // further out the drawn part of the world would end inside the frame; setMinZoom might move the map
    map.options.minZoom = zoomFor(map, boundsOf(MAINLAND), margins(), 9) - map.options.zoomDelta / 2;
    national = fit(map, MAINLAND, margins(), 9, animate && !still());
    placeInset();
  }

  function look(box, highest, animate = true) {
    const points = corners(box);
    const { stamp, foot, legend } = parts;
    // beside the day and the legend or between them, wherever it shows larger; on a narrow frame
    // the legend stands in the foot
    const beside = [16, 50, foot.offsetHeight + 16, Math.max(stamp.offsetWidth, legend.offsetWidth) + 24];
    const between = [stamp.offsetHeight + 24, 50, foot.offsetHeight + (narrow() ? 0 : legend.offsetHeight) + 24, 24];
    const zoom = (margins) => zoomFor(map, boundsOf(points), margins, highest);
    fit(map, points, !narrow() && zoom(beside) > zoom(between) ? beside : between, highest, animate && !still());
    moved = false;
    looked = [box, highest];
  }

  /* ---- points for zones too small to see ---- */
  function drawPoints() {
    const kilometresPerPixel = (2 * HALF_WORLD) / 1000 / 256 / 2 ** map.getZoom();
    for (const zone of zones) {
      // the projection keeps areas, so the area alone says how many pixels a zone covers
      const small = zone.area < SMALLEST_PIXELS * kilometresPerPixel ** 2;
      if (small && !zone.point) {
        zone.point = L.circleMarker([zone.lat, zone.lon], { radius: 3.5, pane: "points", fillOpacity: 1, weight: 1,
          className: `zone-point zone-point-${zone.id} is-hidden` }).addTo(map);
        const path = zone.point.getElement();
        path.setAttribute("aria-hidden", "true"); // the zone's own path speaks for both
        zone.point.on("mouseover", (event) => hint(zone, event.latlng));
        zone.point.on("mouseout", unhint);
        zone.point.on("click", () => choose(zone.id));
        dress(zone, path);
      } else if (!small && zone.point) {
        zone.point.remove();
        zone.point = null;
      }
    }
  }

  /* ---- state ---- */
  const ROLES = {
    ".": ["is-hidden"], a: ["is-active"], n: ["is-active", "is-new"], r: ["is-revoked"], x: ["is-revoked", "is-new"],
    g: ["is-active", "is-gained"], l: ["is-revoked", "is-lost"], p: ["is-revoked", "is-lost"],
  };
  const ALL_ROLES = [...new Set(Object.values(ROLES).flat()), "is-absorbed"];

  function dress(zone, path) {
    path.classList.remove(...ALL_ROLES);
    path.classList.add(...ROLES[zone.role || "."]);
    path.classList.toggle("is-absorbed", Boolean(zone.absorbed));
    path.classList.toggle("is-near", Boolean(zone.near));
    path.classList.toggle("is-chosen", zone.id === chosen);
    path.style.setProperty("--batch", colours.get(zone.batch));
  }

  function status(zone) {
    const revoked = ROLES[zone.role].includes("is-revoked");
    return revoked
      ? fill(texts.revoked_on, { day: longDay(zone.revoked) })
      : fill(texts.active_since, { day: longDay(zone.approved) });
  }
  const bothNames = (zone) => (state.lang === "zh" ? [zone.zh, zone.en] : [zone.en, zone.zh]);

  const stopOn = (day) => words.stops.findLast((stop) => stop.on <= day) || words.stops[0];
  const eveOf = (day) => new Date(Date.parse(day) - 24 * 3600 * 1000).toISOString().slice(0, 10);

  function rolesOn(day) {
    if (state.mode === "provinces") return ".".repeat(zones.length);
    const stop = stopOn(day);
    return state.roles ? state.roles[words.stops.indexOf(stop)] : stop.roles;
  }

  function applyFrame(day) {
    roles = rolesOn(day);
    const active = new Set(zones.filter((zone) => "ang".includes(roles[zone.index])).map((zone) => zone.id));
    for (const zone of zones) {
      const role = roles[zone.index];
      const absorbed = "rx".includes(role) && active.has(zone.successor);
      const near = role === "." && state.near?.includes(zone.id) && "an".includes(stopOn(day).roles[zone.index]);
      if (role === zone.role && absorbed === zone.absorbed && near === zone.near) continue;
      Object.assign(zone, { role, absorbed, near });
      const shown = role !== ".";
      dress(zone, zone.path);
      if (zone.point) dress(zone, zone.point.getElement());
      if (zone.insetPath) dress(zone, zone.insetPath);
      if (shown) {
        zone.path.setAttribute("tabindex", "0");
        zone.path.setAttribute("role", "button");
        zone.path.removeAttribute("aria-hidden");
        zone.path.setAttribute("aria-label", `${bothNames(zone).join(" ")}, ${status(zone)}`);
      } else {
        zone.path.removeAttribute("tabindex");
        zone.path.removeAttribute("role");
        zone.path.setAttribute("aria-hidden", "true");
      }
    }
    drawTies();
    if (state.mode !== "provinces") outlineZone();
    const since = state.follows ? eveOf(stopOn(day).on) : state.since;
    const told = since && since < day ? texts.days : "{on}";
    const days = { "{since}": since && longDay(since), "{on}": longDay(day) };
    parts.day.replaceChildren(...told.split(/(\{\w+\})/).map((part) => (days[part] ? element("span", "pz-date", days[part]) : part)));
    parts.count.textContent = state.count || fill(active.size === 1 ? texts.count_one : texts.count, { n: active.size });
    if (hinted) hinted.role === "." ? unhint() : hint(hinted, parts.tooltip.getLatLng());
    drawLegend();
    parts.empty.hidden = state.mode === "provinces" || /[^.]/.test(roles);
    parts.frame.dataset.day = day;
  }

  /* from each zone that was lost to the one that absorbed it */
  function drawTies() {
    ties.forEach((tie) => tie.remove());
    ties = [];
    if (state.mode !== "compare") return;
    for (const zone of zones.filter(({ role, successor }) => "lp".includes(role) && successor)) {
      const to = zones.find(({ id }) => id === zone.successor);
      ties.push(L.polyline([[zone.lat, zone.lon], [to.lat, to.lon]], { className: "tie", pane: "points", interactive: false }).addTo(map));
      ties.push(L.circleMarker([to.lat, to.lon], { className: "tie-end", radius: 3, pane: "points", interactive: false }).addTo(map));
    }
  }

  /* ---- the choropleth of provinces ---- */
  async function shadeProvinces() {
    const values = state.provinces;
    if (!values) return;
    const layer = await fetchOnce("provinces.json");
    if (state.provinces !== values) return;
    // once, for a shape that is drawn anew loses the focus
    if (!provinces.length) layer.features.forEach(drawProvince);
    for (const province of provinces) {
      Object.assign(province, values[province.adcode]);
      province.path.style.setProperty("--value", province.fill);
      province.path.setAttribute("aria-label", `${province.name}, ${province.hint}`);
      province.path.classList.toggle("is-chosen", state.chosen.includes(province.adcode));
      province.label.textContent = province.value;
      province.label.style.setProperty("--value-ink", province.ink);
      province.label.style.setProperty("--value-halo", province.fill);
    }
    thinValues();
    outline(provinces.filter(({ adcode }) => state.chosen.includes(adcode)).map(({ layer }) => layer));
    if (hinted) hint(hinted, parts.tooltip.getLatLng());
  }

  function drawProvince({ id, geometry, properties }) {
    const { adcode = id, lat, lon } = properties;
    const layer = shape(geometry, `province-area province-${adcode}`, "zones", true).addTo(map);
    const [path, label] = [layer.getElement(), element("div", "pz-value")];
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    const icon = L.divIcon({ className: "", html: label, iconSize: [40, 14] });
    L.marker([lat, lon], { icon, interactive: false, keyboard: false }).addTo(map);
    const province = { adcode, lat, lon, layer, path, label };
    provinces.push(province);
    listen(province, () => answer({ province: adcode }));
  }

  /* the value of a small division gives way to that of a larger one; it still tells it when touched */
  function thinValues() {
    for (const { label } of provinces) label.hidden = false;
    // all is measured before anything is hidden, or the browser would lay out the page each time
    const sizeOf = ({ width, height }) => width * height;
    const measured = provinces.map(({ label, path }) => ({ label, box: label.getBoundingClientRect(), size: sizeOf(path.getBBox()) }));
    const kept = [];
    for (const { label, box } of measured.sort((a, b) => b.size - a.size)) {
      label.hidden = kept.some((one) => box.left < one.right && one.left < box.right && box.top < one.bottom && one.top < box.bottom);
      if (!label.hidden) kept.push(box);
    }
  }

  function drawLegend() {
    const count = (test) => zones.filter((zone) => test(zone, roles[zone.index])).length;
    const row = (className, colour, long, short, number) => {
      const item = element("li", number ? "" : "is-empty");
      const swatch = element("span", `pz-swatch ${className}`);
      if (colour) swatch.style.setProperty("--batch", colour);
      item.append(swatch, element("span", "pz-long", long), element("span", "pz-short", short), element("span", "pz-legend-count", number));
      return item;
    };
    if (state.mode === "provinces") {
      parts.legendList.replaceChildren(...state.legend.map(([colour, text, number]) => row("", colour, text, text, number)));
      return;
    }
    if (state.mode === "compare") {
      const is = (letter) => count((_, role) => role === letter);
      const kinds = [["is-gained", texts.gained, "g"], ["is-lost", texts.lost, "l"], ["is-lost", texts.passed, "p"], ["is-kept", texts.kept, "a"], ["is-revoked", texts.before, "r"]];
      parts.legendList.replaceChildren(...kinds.map(([className, text, letter]) => row(className, null, text, text, is(letter))));
      return;
    }
    const rows = words.stops.filter((stop) => stop.batch).map((stop) =>
      row("", stop.colour, stop.legend, stop.legend_short, count((zone, role) => zone.batch === stop.batch && "ang".includes(role))));
    rows.push(row("is-revoked", null, texts.revoked, texts.revoked, count((_, role) => "rxlp".includes(role))));
    if (state.near?.length) rows.push(row("is-near", null, ...Array(2).fill(fill(texts.near, { n: state.within })), count((zone) => zone.near)));
    parts.legendList.replaceChildren(...rows);
  }

  /* the edge of what is chosen, above whatever lies over it */
  function outline(layers) {
    outlines.forEach((drawn) => drawn.remove());
    outlines = layers.map((layer) => L.polygon(layer.getLatLngs(), { className: "chosen-outline", pane: "borders",
      fill: false, interactive: false, smoothFactor: 0 }).addTo(map));
  }
  const outlineZone = () => outline(zones.filter((zone) => zone.id === chosen && zone.role !== ".").map((zone) => zone.layer));

  function mark(id) {
    chosen = id;
    for (const zone of zones) {
      const is = zone.id === id;
      zone.path.classList.toggle("is-chosen", is);
      if (zone.point) zone.point.getElement().classList.toggle("is-chosen", is);
    }
    if (state.mode !== "provinces") outlineZone();
  }

  async function apply() {
    const wanted = state;
    const its = await fetchOnce(wanted.words);
    if (state !== wanted) return;
    words = its;
    texts = words.map;
    colours = new Map(words.stops.map((stop) => [stop.batch, stop.colour]));
    document.documentElement.lang = state.lang === "zh" ? "zh-CN" : "en";
    parts.title.textContent = texts.title;
    parts.legendTitle.textContent = state.legendTitle || (state.mode === "compare" ? texts.change : texts.legend);
    parts.frame.dataset.mode = state.mode;
    parts.note.textContent = texts.note;
    parts.source.textContent = texts.source;
    parts.empty.textContent = texts.empty;
    parts.insetTitle.textContent = texts.south_china_sea;
    for (const [part, text] of [["home", texts.home], ["zoomIn", texts.zoom_in], ["zoomOut", texts.zoom_out]]) {
      parts[part].title = text;
      parts[part].setAttribute("aria-label", text);
    }
    parts.scale._update();
    parts.skip.textContent = texts.skip;
    map.getContainer().setAttribute("aria-label", texts.title);
    if (!labels) return;
    zones.forEach((zone) => { zone.role = null; });
    applyFrame(state.on);
    drawPoints();
    mark(state.zone);
    await shadeProvinces();
    if (state !== wanted) return;
    say(null);
    if (state.move !== lastMove) {
      // a move is asked for once; the day may change as often as it likes without a jump
      const first = lastMove === null;
      lastMove = state.move;
      if (first || !state.box) home(!first);
      if (state.box) look(state.box, 8, !first);
    }
    tell("shown");
  }

  /* ---- tooltip: text nodes only, whatever a name contains ---- */
  function hint(place, latlng) {
    const content = element("div", "pz-hint");
    content.append(...(place.adcode
      ? [element("strong", "", place.name), element("span", "", place.hint)]
      : aboutZone(place)));
    hinted = place;
    parts.tooltip.setContent(content).setLatLng(latlng);
    if (!map.hasLayer(parts.tooltip)) parts.tooltip.addTo(map);
  }

  function aboutZone(zone) {
    const [first, second] = bothNames(zone);
    const lines = [
      element("strong", "", first), element("span", "", second),
      element("span", "", `${zone.province[state.lang]} · ${fill(texts.batch, { n: zone.batch })}`),
      element("span", "", fill(texts.approved_on, { day: longDay(zone.approved) })),
      element("span", "pz-status", ROLES[zone.role].includes("is-revoked") ? status(zone) : texts.active),
    ];
    return zone.verified ? lines : [...lines, element("span", "pz-unverified", texts.unverified)];
  }

  function unhint() {
    hinted = null;
    parts.tooltip.remove();
  }

  /* ---- frame ---- */
  function build() {
    const container = map.getContainer();
    parts.frame = container;
    container.classList.add("pz-map");
    container.setAttribute("role", "region"); // a name alone says nothing to a screen reader
    parts.stamp = element("div", "pz-stamp");
    [parts.title, parts.day, parts.count] = ["pz-title", "pz-day", "pz-count"].map((c) => element("div", c));
    parts.stamp.append(parts.title, parts.day, parts.count);
    parts.legend = element("div", "pz-legend");
    parts.legendTitle = element("div", "pz-legend-title");
    parts.legendList = element("ul");
    parts.legend.append(parts.legendTitle, parts.legendList);
    parts.inset = element("div", "pz-inset");
    parts.insetMap = element("div", "pz-inset-map");
    parts.insetTitle = element("div", "pz-inset-title");
    parts.inset.append(parts.insetMap, parts.insetTitle);
    parts.inset.setAttribute("aria-hidden", "true");
    parts.foot = element("div", "pz-foot");
    [parts.source, parts.note] = ["pz-source", "pz-note"].map((c) => element("div", c));
    parts.foot.append(parts.inset, parts.legend, parts.source, parts.note);
    parts.message = element("div", "pz-message");
    parts.message.setAttribute("role", "alert");
    parts.message.hidden = true;
    parts.empty = element("div", "pz-empty");
    parts.empty.setAttribute("role", "status");
    parts.empty.hidden = true;
    parts.skip = element("button", "pz-skip");
    parts.skip.type = "button";
    parts.skip.addEventListener("click", () => parts.zoomIn.focus());
    container.prepend(parts.skip);
    container.append(parts.stamp, parts.foot, parts.message, parts.empty);
    for (const part of [parts.foot, parts.message]) L.DomEvent.disableClickPropagation(part);
    const zoom = L.control.zoom({ position: "topright" }).addTo(map).getContainer();
    [parts.zoomIn, parts.zoomOut] = zoom.querySelectorAll("a");
    const Scale = L.Control.Scale.extend({
      _updateMetric(most) {
        const metres = this._getRoundNum(most);
        // the words come later than the map
        if (texts) this._updateScale(this._mScale, fill(texts.kilometres, { n: metres / 1000 }), metres / most);
      },
    });
    parts.scale = new Scale({ position: "topright", imperial: false }).addTo(map);
    const Home = L.Control.extend({
      onAdd() {
        const bar = element("div", "leaflet-bar");
        parts.home = element("button", "pz-home", "\u2302");
        parts.home.type = "button";
        L.DomEvent.on(parts.home, "click", (event) => { L.DomEvent.stop(event); home(true); });
        bar.append(parts.home);
        return bar;
      },
    });
    new Home({ position: "topright" }).addTo(map);
    parts.tooltip = L.tooltip({ direction: "top", offset: [0, -6], opacity: 1 });
  }

  /* Leaflet gives the map the focus when a pointer goes down; the page around the frame would scroll
     to it, the pointer would come up over something else, and the click would be lost. */
  function keepPageStill(container) {
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
  }

  const PilotZones = {
    mount(target, addresses) {
      map = target;
      files = addresses;
      build();
      keepPageStill(map.getContainer());
      map.on("dragstart", () => { moved = true; });
      // one finger scrolls the page, two move and zoom the map
      if (window.matchMedia("(pointer: coarse)").matches) map.dragging.disable();
      map.getContainer().addEventListener("touchmove", ({ touches }) => { moved ||= touches.length > 1; }, { passive: true });
      new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
      map.on("resize", () => { if (!moved && labels) (looked ? look(...looked, false) : home(false)); });
      map.getContainer().addEventListener("wheel", () => { moved = true; }, { passive: true });
      for (const button of [parts.zoomIn, parts.zoomOut]) button.addEventListener("click", () => { moved = true; });
      // the timeline of the page shows a day at once, before the server has answered
      window.addEventListener("message", (event) => {
        const own = event.origin === window.location.origin || event.source === window;
        if (!own || !event.data) return;
        // the system went dark or light: Streamlit tells its components, but asks no server
        if (event.data.type === "streamlit:render" && event.data.theme) parts.frame.dataset.theme = event.data.theme.base;
        // the shading of provinces is that of the day for which the server sent it
        if (event.data.pilotzonesDay && labels && words && !state.holds && state.mode !== "provinces") {
          applyFrame(event.data.pilotzonesDay);
          drawPoints();
        }
      });
    },
    show(next) {
      const first = !state;
      state = next;
      parts.frame.dataset.theme = state.theme;
      parts.frame.dataset.holds = String(Boolean(state.holds));
      if (first) load();
      else if (labels) apply().catch((error) => { if (state === next) say(String(error.message || error)); });
    },
  };
  window.PilotZones = PilotZones;
})();
