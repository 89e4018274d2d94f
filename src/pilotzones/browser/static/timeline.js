/* The timeline above every page: stops in true distance of time, step, play, keyboard.

   It gives the day to the map frame, the story and the table itself, so that a step is seen at once
   and playing needs no server; the server is asked where the slider comes to rest. */

import { fetchPatiently, mount } from "./component.js";
import { eveOf, stopIndex } from "./days.js";
import { fill } from "./dom.js";
import { followPointer } from "./drag.js";
import { Head } from "./head.js";
import { Links, takeQuery, viewQuery } from "./links.js";
import { announceDay, readMessage, sendDay } from "./messages.js";
import { Player } from "./play.js";
import { Questions } from "./questions.js";
import { SKELETON } from "./skeleton.js";
import { nearest } from "./timeline-layout.js";
import { Track } from "./track.js";
import { watchVeils } from "./veils.js";

const KNOWN_PAGES = new Set(["", "figure", "data", "reference"]);
/** @type {Record<string, number>} */
const KEYS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -2,
  PageUp: 2,
  Home: -Infinity,
  End: Infinity,
};

/** @implements {Widget<TimelineData>} */
class Timeline {
  /** The last data whose words have come. @type {TimelineData} */
  data;
  /** @type {TimelineData} */
  wanted;
  /** @type {Component<TimelineData>} */
  component;
  /** @type {Words} */
  words;
  /** @type {string[]} */
  days;
  /** The day of the slider. @type {string} */
  on;
  /** Whether the map shows the day that the slider was moved to. */
  leads = false;
  dragging = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @param {string} name */
    this.part = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-part="${name}"]`));
    this.slider = this.part("slider");
    this.track = new Track(this.slider, this.part("track"));
    this.date = /** @type {HTMLInputElement} */ (this.part("date"));
    this.head = new Head(this.part, {
      data: () => this.data,
      query: (page) => this.query(page),
      turn: (page, query) => this.turn(page, query),
      take: (day) => this.take(day),
    });
    this.player = new Player(() => this.playStep());
    this.questions = new Questions(
      () => this.on,
      (question) => this.send("day", question),
    );
    this.links = new Links({
      view: () => this.data && this.query(),
      knows: (page) => page in this.words.pages,
      openZone: (id) => this.send("zone", id),
      turn: (page, query) => this.turn(page, query),
    });
    this.watch = watchVeils();
    this.listening = new AbortController();
    this.listen();
  }

  listen() {
    /** @type {[name: string, act: () => void][]} */
    const buttons = [
      ["previous", () => this.step(-1)],
      ["next", () => this.step(1)],
      ["play", () => this.playOrPause()],
      ["language", () => this.send("lang", this.data.other_language)],
      ["copy", () => this.head.share.link()],
      ["embed", () => this.head.share.embed()],
    ];
    for (const [name, act] of buttons) this.part(name).addEventListener("click", act);
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.slider.addEventListener("pointerdown", (event) => this.drag(event));
    this.date.addEventListener("change", () => this.takeDate());
    this.date.addEventListener("blur", () => this.data && this.showDate());
    new ResizeObserver(() => this.data && this.draw()).observe(this.slider);
    const { signal } = this.listening;
    // the frame has drawn what the server sent, which may be an earlier day than the slider's
    const follow = (/** @type {MessageEvent} */ event) =>
      readMessage(event).pilotzones && this.leads && sendDay(this.on);
    window.addEventListener("message", follow, { signal });
    // the address gives the day, not what was still on its way
    window.addEventListener("popstate", () => this.questions.forget(), { signal });
  }

  remove() {
    this.player.stop();
    clearInterval(this.watch);
    this.questions.forget();
    this.links.remove();
    this.listening.abort();
  }

  /** @param {TimelineData} data @param {Component<TimelineData>} component */
  async update(data, component) {
    this.component = component;
    this.wanted = data;
    const words = await fetchPatiently(data.words);
    if (this.wanted !== data) return;
    const before = this.data;
    // a new session, after the server was gone for a while, remembers no question
    const renewed = before !== undefined && data.session !== before.session;
    const lost = renewed && this.leads && this.on !== data.on;
    this.questions.hear({ day: data.on, number: data.heard }, renewed);
    this.data = data;
    this.setWords(words);
    if (!lost) this.follow(before);
    if (before && data.page !== before.page) this.leads = false;
    this.draw();
    if (lost) this.questions.ask();
  }

  /**
   * Take the day of the server, unless the reader is some steps ahead of its answers.
   * @param {TimelineData | undefined} before
   */
  follow(before) {
    const { data } = this;
    const fresh = data.on !== before?.on;
    if (this.questions.pending || this.dragging || this.on === data.on) return;
    if (!fresh && this.player.playing) return;
    this.player.stop();
    // the day was chosen elsewhere: the map may have drawn it and then got the old one from here
    const misled = this.leads && data.page === before?.page;
    this.on = data.on;
    this.leads = false;
    if (misled) sendDay(this.on);
  }

  /** @param {Words} words */
  setWords(words) {
    this.words = words;
    this.head.setWords(this.data.lang, words);
    this.days = words.stops.map((stop) => stop.on);
  }

  /** Whether the browser can draw all that depends on the day, or the server must draw each one. */
  get knowsAll() {
    return KNOWN_PAGES.has(this.data.page) && !new URLSearchParams(this.data.link).has("zone");
  }

  get index() {
    return stopIndex(this.words.stops, this.on);
  }

  /** What the document of a stop did to the zones that pass the filters. @param {number} index */
  eventsAt(index) {
    const stop = this.words.stops[index];
    const filtered = this.data.events?.[index];
    const [approved, revoked, active] = filtered ?? [stop.approved, stop.revoked, stop.active];
    return { approved, revoked, active };
  }

  /** @param {number} index */
  describe(index) {
    return fill(this.words.stops[index].spoken, this.eventsAt(index));
  }

  query(page = this.data.page) {
    return viewQuery(this.data, { on: this.on, page, stop: this.days[this.index] });
  }

  /** Go to another page, with the View as it is now. @param {string} page @param {string} query */
  turn(page, query) {
    if (page !== this.data.page) takeQuery(query);
    this.questions.withdraw();
    // with what the link knew of the View: more may have been chosen since
    this.send("page", { page, query, known: this.data.link });
  }

  /** @param {string} name @param {unknown} value */
  send(name, value) {
    this.component.setTriggerValue(name, value);
  }

  /* ---- movement ---- */

  /** Go to a day that was typed, or the nearest that there is. @param {string} day */
  take(day) {
    const [first] = this.days;
    const within = day < first ? first : day > this.data.latest ? this.data.latest : day;
    this.pause(false);
    this.on = within;
    this.leads = false;
    this.questions.ask();
  }

  takeDate() {
    // while a year is typed the field holds years long past
    if (this.date.value && this.date.validity.valid) this.take(this.date.value);
  }

  showDate() {
    const { date, data, days } = this;
    [date.min, date.max] = [days[0], data.latest];
    // there two days are chosen, beside the map
    date.hidden = data.page === "compare";
    // what is being typed stays
    if (!date.matches(":focus")) date.value = this.on;
  }

  /** @param {number} index */
  go(index) {
    this.show(this.days[Math.max(0, Math.min(this.days.length - 1, index))]);
  }

  /** @param {string} day */
  show(day) {
    this.on = day;
    this.leads = true;
    this.draw();
    sendDay(day);
  }

  /** @param {number} by */
  step(by) {
    this.pause(false);
    // from a day between two stops, back means to the stop before it
    const between = this.on !== this.days[this.index];
    this.go(this.index + (between && by < 0 ? by + 1 : by));
    this.questions.ask();
  }

  get atEnd() {
    return this.index === this.days.length - 1;
  }

  playOrPause() {
    if (this.player.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.atEnd) this.go(0);
    this.player.start();
    this.draw();
  }

  playStep() {
    this.go(this.index + 1);
    if (!this.knowsAll) this.questions.ask();
    if (this.atEnd) this.pause();
  }

  pause(ask = true) {
    this.player.stop();
    if (!ask || !this.data) return;
    this.draw();
    this.questions.ask();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = KEYS[event.key];
    if (by === undefined && event.key !== " ") return;
    event.preventDefault();
    if (event.key === " ") this.playOrPause();
    else this.step(by);
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (event.button !== 0) return;
    this.pause(false);
    this.dragging = true;
    const before = this.on;
    followPointer(this.slider, event, {
      move: (x) => {
        const { left } = this.slider.getBoundingClientRect();
        const index = nearest(this.track.places, x - left - this.track.margin);
        if (this.on !== this.days[index]) this.go(index);
      },
      end: (done) => {
        this.dragging = false;
        if (!done && this.on !== before) this.show(before);
        this.questions.ask();
      },
    });
  }

  /* ---- drawing ---- */

  draw() {
    const { data, words, index, on } = this;
    const exact = this.days[index] === on;
    this.head.show(words, { index, exact, playing: this.player.playing });
    this.showDate();
    this.setDisabled("previous", on <= this.days[0]);
    this.setDisabled("next", on >= this.days[this.days.length - 1]);
    this.drawTrack();
    announceDay(on);
    const described = this.describe(index);
    this.speak(exact ? described : `${data.day}; ${described}`);
    this.root.dataset.on = on;
    this.root.dataset.embedded = String(data.embedded);
    this.root.dataset.settled = String(on === data.on);
  }

  drawTrack() {
    const { data, words, index, on } = this;
    this.track.draw({
      stops: words.stops,
      current: index,
      on,
      since: data.follows ? eveOf(this.days[index]) : data.since,
      eventsAt: (stop) => this.eventsAt(stop),
      describe: (stop) => this.describe(stop),
    });
  }

  /** @param {string} name @param {boolean} disabled */
  setDisabled(name, disabled) {
    this.part(name).toggleAttribute("disabled", disabled);
  }

  /** What a screen reader says of the slider. @param {string} text */
  speak(text) {
    const values = {
      label: this.words.timeline.slider,
      valuemin: 1,
      valuemax: this.days.length,
      valuenow: this.index + 1,
      valuetext: text,
    };
    for (const [name, value] of Object.entries(values)) {
      this.slider.setAttribute(`aria-${name}`, String(value));
    }
  }
}

/** @param {Component<TimelineData>} component */
export default function drawTimeline(component) {
  return mount(component, (host) => {
    host.innerHTML = SKELETON;
    return new Timeline(/** @type {HTMLElement} */ (host.firstElementChild));
  });
}
