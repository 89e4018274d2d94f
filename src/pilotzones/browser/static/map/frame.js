/* The frame of the map: states of the server and days of the timeline in, clicks and events out. */

import { Camera } from "./camera.js";
import { eveOf, longDay, stopIndex } from "../shared/days.js";
import { provinceLines, zoneLabel, zoneLines } from "./description.js";
import { fill } from "../shared/dom.js";
import { setLanguage } from "../shared/language.js";
import { fetchJson } from "../shared/fetching.js";
import { Furniture } from "./furniture.js";
import { FIRST_LEVEL, MapLayers } from "./layers.js";
import { legendRows, legendTitle, signRows } from "./legend.js";
import { readMessage, sendMapEvent } from "../shared/messages.js";
import { ROLE, isActive, partsOn } from "../shared/roles.js";

const HIGHEST_ZOOM_OF_BOX = 8;
const REST_MS = 100;

/** What a state does not say. */
const ASSUMED = { since: null, zone: null, box: null, sight: null, roles: null };

/** @typedef {{ state: MapState, words: Words, zones: readonly (Label & Part)[] }} Content */

export class Frame {
  /** @param {L.Map} map @param {Record<string, string>} files addresses by name */
  constructor(map, files) {
    this.map = map;
    this.files = files;
    this.clicks = 0;
    this.theme = "light";
    /** @type {number | null} */
    this.lastMove = null;
    /** @type {number | undefined} */
    this.placing = undefined;
    /** What was shown last, but for its day. */
    this.shown = "";
    this.furniture = new Furniture(map, {
      home: () => this.goHome(true),
      retry: () => this.load(),
    });
    this.node = this.furniture.node;
    this.camera = new Camera(map);
    this.camera.watch(this.furniture.controls.zoomButtons);
    this.listen();
  }

  listen() {
    const { map } = this;
    const { picture } = this.furniture;
    // Leaflet focuses the map when a pointer goes down; the page around the frame would scroll to
    // it, the pointer would come up over something else, and the click would be lost
    picture.focus = () => HTMLElement.prototype.focus.call(picture, { preventScroll: true });
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(picture);
    // paper is light
    window.addEventListener("beforeprint", () => (this.node.dataset.theme = "light"));
    window.addEventListener("afterprint", () => (this.node.dataset.theme = this.theme));
    map.on("resize", () => this.layers && this.showAgain());
    window.addEventListener("message", (event) => this.hear(readMessage(event)));
  }

  /** @param {import("../shared/messages.js").PilotZonesMessage} message */
  hear({ type, theme }) {
    if (type === "streamlit:render" && theme) this.wear(theme.base);
  }

  /** Show the day of the timeline. @param {string} day */
  follow(day) {
    const { state, layers, words } = this;
    if (!state || !layers || !words || this.node.dataset.day === day) return;
    // shading and figures are those of the day for which the server sent them
    if (state.holds || state.mode === "provinces" || state.mode === "figures") return;
    this.showDay(day, { state, layers, words });
  }

  /** @param {MapState} state */
  show(state) {
    const first = !this.state;
    const whole = { ...ASSUMED, ...state };
    this.state = whole;
    // after a step the server answers with the day that the map shows already
    if (this.shown === textOf(whole) && this.node.dataset.day === whole.on) return this.rest();
    this.wear(whole.theme);
    this.node.dataset.holds = String(Boolean(whole.holds));
    if (first) this.load();
    else if (this.layers) {
      this.apply(this.layers).catch((error) => this.state === whole && this.fail(error));
    }
  }

  /** The day has come to rest: only now the inset makes way for its zones. */
  rest() {
    setTimeout(() => this.placeInsetSoon(), REST_MS);
    sendMapEvent("shown");
  }

  /** @param {string} theme */
  wear(theme) {
    this.theme = theme;
    this.node.dataset.theme = theme;
  }

  async load() {
    this.furniture.notices.clear();
    try {
      // who tries again may have the map already, without something that lies over it
      const layers = this.layers ?? (await this.draw());
      await this.apply(layers);
      sendMapEvent("ready");
    } catch (error) {
      console.error(error);
      this.fail(error);
      sendMapEvent("failed");
    }
  }

  /** @param {unknown} error */
  fail(error) {
    this.furniture.notices.fail(error, this.state?.lang ?? "en");
  }

  /** @param {string} name */
  fetchFile(name) {
    return fetchJson(this.files[name] || name);
  }

  async draw() {
    const state = /** @type {MapState} */ (this.state);
    const files = [FIRST_LEVEL, "zones", "names"].map((name) => this.fetchFile(`${name}.json`));
    const [layers, labels, names, words] = await Promise.all([...files, fetchJson(state.words)]);
    this.setWords(state, words);
    const { map, furniture } = this;
    // what is drawn before the picture has its size and its view is projected twice
    const parts = partsOn(state.on, { state, words, zones: labels });
    const zones = parts.map((part, index) => ({ ...labels[index], ...part }));
    this.furnish(state.on, { state, words, zones });
    map.invalidateSize({ pan: false });
    this.move(state);
    const drawn = new MapLayers(
      map,
      { layers, labels, names, words },
      {
        describe: (place) => this.describe(place),
        chooseZone: (id) => this.chooseZone(id),
        chooseProvince: (adcode) => this.answer({ province: adcode }),
      },
    );
    furniture.inset.draw(layers, drawn.zones.all);
    drawn.names.furniture = () => furniture.over;
    map.on("zoomend", () => drawn.adjust());
    map.on("zoomend", () => this.state && this.markSigns(this.state));
    map.on("moveend", () => this.placeInsetSoon());
    map.on("zoomend moveend", () => drawn.swapLevel(this.files));
    drawn.swapLevel(this.files);
    this.layers = drawn;
    return drawn;
  }

  /** @param {MapLayers} layers */
  async apply(layers) {
    const state = /** @type {MapState} */ (this.state);
    this.shown = "";
    const words = await fetchJson(state.words);
    if (this.state !== state) return;
    if (this.node.dataset.mode !== state.mode) layers.zones.stale = true;
    this.setWords(state, words);
    layers.zones.setWords(words);
    layers.mark(state.zone);
    // where nothing hovers the words stay until the record says more
    if (state.zone && window.matchMedia("(hover: none)").matches) layers.tooltip.hide();
    layers.showPlace(state.place);
    layers.zones.drawDots();
    this.showDay(state.on, { state, layers, words });
    // while the timeline plays it stays where it is
    this.placeInsetSoon();
    await this.drawFigures(state, layers);
    await this.drawBorder(state, layers);
    await this.drawAsked(state, layers);
    await this.shade(state, layers);
    if (this.state !== state) return;
    this.furniture.notices.clear();
    this.move(state);
    this.shown = textOf(state);
    sendMapEvent("shown");
  }

  /** @param {MapState} state @param {Words} words */
  setWords(state, words) {
    this.words = words;
    setLanguage(state.lang);
    this.furniture.setTexts(words.map);
    this.node.setAttribute("aria-label", state.title);
    this.furniture.stamp.title.textContent = state.title;
    this.node.dataset.mode = state.mode;
    this.node.dataset.colour = state.colour;
  }

  /**
   * @param {string} day
   * @param {{ state: MapState, layers: MapLayers, words: Words }} content
   */
  showDay(day, { state, layers, words }) {
    const zones = layers.zones.all;
    const figures = state.mode === "figures";
    const parts = partsOn(day, { state, words, zones });
    layers.zones.show(parts, (zone) => (figures ? null : zoneLabel(zone, words, state.lang)));
    layers.zones.drawTies(state.mode === "compare");
    layers.drawOutline();
    layers.refreshTooltip();
    this.furnish(day, { state, words, zones });
    this.nameZones(state, layers);
    this.furniture.notices.empty.hidden =
      state.mode === "provinces" || figures || zones.some(({ role }) => role !== ROLE.HIDDEN);
    this.node.dataset.day = day;
  }

  /**
   * Write what stands around the picture, which has the room that is left.
   * @param {string} day
   * @param {Content} content
   */
  furnish(day, content) {
    this.stampDay(day, content);
    this.showLegend(content);
  }

  /** @param {string} day @param {Content} content */
  stampDay(day, { state, words, zones }) {
    const { stops, roles, map: texts } = words;
    const since = state.follows ? eveOf(stops[stopIndex(stops, day)].on) : state.since;
    const two = since !== null && since < day;
    const days = { since: two ? longDay(since, state.lang) : "", on: longDay(day, state.lang) };
    const n = zones.filter(({ role }) => isActive(roles, role)).length;
    const count = state.count || fill(n === 1 ? texts.count_one : texts.count, { n });
    this.furniture.stamp.show(two ? texts.days : "{on}", days, count);
  }

  /** @param {Content} content */
  showLegend({ state, words, zones }) {
    const { legend } = this.furniture;
    legend.show(legendTitle(state, words.map), legendRows(state, words, zones));
    legend.showSigns(signRows(state, words.map, zones));
    this.markSigns(state);
  }

  /** Signs that come and go with a press or a zoom. @param {MapState} state */
  markSigns({ mode, chosen = [], place }) {
    const zones = this.layers?.zones;
    const marked = mode === "provinces" ? chosen : (zones?.chosenShapes ?? []);
    const isChosen = marked.length > 0 || place !== undefined;
    this.furniture.legend.mark({ chosen: isChosen, dots: zones?.hasDots ?? false });
  }

  /** @param {MapState} state @param {MapLayers} layers */
  nameZones({ lang, mode, roles, since }, { names, zones }) {
    const setting = {
      lang,
      chosen: zones.chosen,
      shaded: mode === "provinces" || mode === "figures",
    };
    names.show({ ...setting, filtered: roles !== null && since === null });
  }

  /** @param {MapState} state @param {MapLayers} layers */
  async drawFigures({ figures, shapes: file }, layers) {
    const shapes = file ? await fetchJson(file) : null;
    if (this.state?.figures !== figures) return;
    layers.figures.show(figures ?? [], shapes);
    if (this.camera.hold(figures ?? [])) this.showAgain();
  }

  /** @param {MapState} state @param {MapLayers} layers */
  async drawBorder({ border, within }, layers) {
    if (!border) return layers.border.hide();
    const lines = await fetchJson(border.lines);
    if (this.state?.border === border) layers.border.show(lines, border.countries, within ?? 0);
  }

  /** @param {MapState} state @param {MapLayers} layers */
  async drawAsked({ asked = [] }, layers) {
    const file = asked.length ? await this.fetchFile("provinces.json") : null;
    if (String(this.state?.asked ?? []) === String(asked)) layers.asked.show(file, asked);
  }

  /** @param {MapState} state @param {MapLayers} layers */
  async shade({ provinces, chosen = [] }, layers) {
    if (!provinces) return;
    const file = await this.fetchFile("provinces.json");
    if (this.state?.provinces !== provinces) return;
    layers.drawProvinces(file).show(provinces, chosen);
    layers.drawOutline();
    layers.refreshTooltip();
  }

  /** A move is asked for once; the day may change as often as it likes. @param {MapState} state */
  move({ move, box, sight }) {
    if (move === this.lastMove) return;
    const first = this.lastMove === null;
    this.lastMove = move;
    if (sight) this.camera.see(sight, !first);
    else if (box) this.camera.look({ box, highest: HIGHEST_ZOOM_OF_BOX }, !first);
    else this.goHome(!first);
  }

  /** @param {boolean} animate */
  goHome(animate) {
    this.camera.home(animate);
  }

  showAgain() {
    this.camera.showAgain();
    this.placeInsetSoon();
  }

  /** Before the next picture, once however often the map moved: it has to look at the page. */
  placeInsetSoon() {
    this.placing ??= requestAnimationFrame(() => this.placeInset());
  }

  placeInset() {
    const { layers, camera } = this;
    this.placing = undefined;
    if (!layers) return;
    layers.names.national = camera.national;
    this.furniture.inset.place(this.map, camera.national, layers.zones.all);
    layers.names.measure();
    layers.names.place();
  }

  /**
   * @param {Zone | Province | import("./figures.js").DrawnFigure} place
   * @returns {HTMLElement[]}
   */
  describe(place) {
    if (!("successor" in place)) return provinceLines(place);
    const { words, state } = this;
    return words && state ? zoneLines(place, words, state.lang) : [];
  }

  /** @param {string | null} id */
  chooseZone(id) {
    this.answer({ zone: id });
    this.shown = "";
    this.layers?.mark(id);
    this.layers?.names.choose(id);
    if (this.state) this.markSigns(this.state);
  }

  /** To the server; numbered, for the same answer may come twice. @param {object} choice */
  answer(choice) {
    this.clicks += 1;
    window.Streamlit.setComponentValue({ ...choice, click: this.clicks });
  }
}

/** @param {MapState} state */
const textOf = (state) => JSON.stringify({ ...state, on: "" });
