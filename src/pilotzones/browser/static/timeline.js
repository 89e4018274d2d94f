/* The timeline above every page: stops in true distance of time, step, play, keyboard.

   It gives the day to the map frame, the story and the table itself, so that a step is seen at once
   and playing needs no server; the server is asked where the slider comes to rest. */

import { fetchPatiently, mount } from "./shared/component.js";
import { DateField } from "./timeline/date-field.js";
import { longDay, stepDay, stopIndex } from "./shared/days.js";
import { fill } from "./shared/dom.js";
import { followPointer } from "./timeline/drag.js";
import { Head } from "./head/head.js";
import { Links, takeQuery, viewQuery } from "./head/links.js";
import { announceDay, readMessage, showOnMap } from "./shared/messages.js";
import { Player } from "./timeline/play.js";
import { Questions } from "./timeline/questions.js";
import { dayAt, daysAsked, nearerEnd, stepEnd } from "./timeline/range.js";
import { SKELETON } from "./timeline/skeleton.js";
import { KEYS, silence, speakOf } from "./timeline/slider.js";
import { nearest } from "./timeline/layout.js";
import { Track } from "./timeline/track.js";
import { liftVeils, watchVeils } from "./shared/veils.js";

const KNOWN_PAGES = new Set(["", "panel", "figure", "data", "reference"]);

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
  /** The earlier day, on a comparison. @type {string | null} */
  since;
  /** Whether the map shows the day that the slider was moved to. */
  leads = false;
  dragging = false;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    /** @param {string} name */
    this.part = (name) => /** @type {HTMLElement} */ (root.querySelector(`[data-part="${name}"]`));
    this.slider = this.part("slider");
    this.track = new Track(this.part, () => this.data && this.draw());
    this.date = new DateField(this.part, (day) => this.take(day));
    this.head = new Head(this.part, {
      data: () => this.data,
      query: (page) => this.query(page),
      turn: (page, query) => this.turn(page, query),
      take: (day) => this.take(day),
    });
    this.player = new Player(() => this.playStep());
    this.questions = new Questions(
      () => this.asked,
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
    ];
    for (const [name, act] of buttons) this.part(name).addEventListener("click", act);
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.slider.addEventListener("pointerdown", (event) => this.drag(event));
    const { signal } = this.listening;
    const follow = (/** @type {MessageEvent} */ event) => {
      if (!readMessage(event).pilotzones) return;
      liftVeils();
      // the frame has drawn what the server sent, which may be an earlier day than the slider's
      if (this.leads) showOnMap(this.on);
    };
    window.addEventListener("message", follow, { signal });
    // the address gives the day, not what was still on its way
    window.addEventListener("popstate", () => this.questions.forget(), { signal });
  }

  remove() {
    this.player.stop();
    clearInterval(this.watch);
    this.questions.forget();
    this.links.remove();
    this.head.share.remove();
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
    this.questions.hear({ day: daysAsked(data), number: data.heard }, renewed);
    this.data = data;
    this.setWords(words);
    if (data.page !== before?.page) this.meetPage();
    if (!lost) this.follow(before);
    this.draw();
    if (lost) this.questions.ask();
  }

  /** Another page: its map has drawn what the server sent. */
  meetPage() {
    this.since = this.data.since;
    this.leads = false;
  }

  /**
   * Take the day of the server, unless the reader is some steps ahead of its answers.
   * @param {TimelineData | undefined} before
   */
  follow(before) {
    const { data } = this;
    const fresh = !before || daysAsked(data) !== daysAsked(before);
    if (this.questions.pending || this.dragging || this.asked === daysAsked(data)) return;
    if (!fresh && this.player.playing) return;
    this.player.stop();
    // the day was chosen elsewhere: the map may have drawn it and then got the old one from here
    const misled = this.leads && data.page === before?.page;
    this.on = data.on;
    this.since = data.since;
    this.leads = false;
    if (misled) showOnMap(this.on);
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

  /** Whether two days are compared, and both can be moved. */
  get compares() {
    return this.data.page === "compare";
  }

  /** The days as the server is asked for them. */
  get asked() {
    return daysAsked({ ...this.data, on: this.on, since: this.since });
  }

  /** @returns {import("./timeline/range.js").Days} */
  get range() {
    return { from: this.since ?? this.on, to: this.on };
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
    const events = this.eventsAt(index);
    const spoken = fill(this.words.stops[index].spoken, events);
    const active = (this.data.kept?.[this.index] ?? this.words.stops[this.index].kept)[index];
    if (index > this.index || active === events.approved) return spoken;
    return `${spoken}; ${fill(this.words.timeline.kept, { ...events, active })}`;
  }

  query(page = this.data.page) {
    const query = viewQuery(this.data, { on: this.on, page, stop: this.days[this.index] });
    if (this.since && this.asked !== daysAsked(this.data)) query.set("since", this.since);
    if (page !== this.data.page) return query;
    return new URLSearchParams([...query, ...new URLSearchParams(this.data.own)]);
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
    this.pause(false);
    this.on = day < first ? first : day > this.data.latest ? this.data.latest : day;
    this.leads = false;
    this.questions.ask();
  }

  /** @param {string} day @param {import("./timeline/range.js").End} end */
  show(day, end = "to") {
    if (end === "from") this.since = day;
    else this.on = day;
    // what stands beside the map of a comparison comes from the server, and the map with it
    this.leads = !this.compares;
    if (this.leads) showOnMap(day);
    this.draw();
  }

  /** Where steps lead. @param {number} by @param {import("./timeline/range.js").End} end */
  reach(by, end = "to") {
    const { days, on } = this;
    return this.compares ? stepEnd(days, this.range, end, by) : stepDay(days, on, by);
  }

  /** @param {number} by @param {import("./timeline/range.js").End} end */
  step(by, end = "to") {
    this.pause(false);
    this.show(this.reach(by, end), end);
    this.questions.ask();
  }

  get atEnd() {
    return this.reach(1) === this.on;
  }

  playOrPause() {
    if (this.player.playing) this.pause();
    else this.play();
  }

  play() {
    if (this.atEnd) this.show(this.reach(-Infinity));
    this.player.start();
    this.draw();
  }

  playStep() {
    this.show(this.reach(1));
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
    else this.step(by, event.target === this.part("from") ? "from" : "to");
  }

  /** @param {PointerEvent} event */
  drag(event) {
    if (event.button !== 0) return;
    this.pause(false);
    this.dragging = true;
    const { left } = this.slider.getBoundingClientRect();
    const end = this.endOf(event, left);
    const before = this.range[end];
    followPointer(this.compares ? this.part(end) : this.slider, event, {
      move: (x) => {
        const day = this.dayAt(x - left, end);
        if (day !== this.range[end]) this.show(day, end);
      },
      end: (done) => {
        this.dragging = false;
        if (!done && this.range[end] !== before) this.show(before, end);
        this.questions.ask();
      },
    });
  }

  /**
   * The handle that a pointer means: the one that it is on, or the nearer.
   * @param {PointerEvent} event
   * @param {number} left
   */
  endOf({ target, clientX }, left) {
    if (!this.compares || target === this.part("to")) return "to";
    if (target === this.part("from")) return "from";
    return nearerEnd(this.range, clientX - left, this.track.at);
  }

  /** @param {number} x @param {import("./timeline/range.js").End} end */
  dayAt(x, end) {
    const { at } = this.track;
    if (this.compares) return dayAt(this.days, this.range, end, x, at);
    return this.days[nearest(this.days.map(at), x)];
  }

  /* ---- drawing ---- */

  draw() {
    const { data, words, on } = this;
    // beside the map of a comparison, and with it
    const counted = this.compares ? stopIndex(words.stops, data.on) : this.index;
    const exact = this.days[counted] === (this.compares ? data.on : on);
    this.head.show(words, { index: counted, exact, playing: this.player.playing });
    this.date.show(on, words, (index) => this.eventsAt(index));
    // of a comparison two days are chosen, beside the map
    this.date.hide(this.compares);
    this.part("previous").toggleAttribute("disabled", this.reach(-1) === on);
    this.part("next").toggleAttribute("disabled", this.reach(1) === on);
    this.drawTrack();
    announceDay(on);
    this.speak();
    this.root.dataset.on = on;
    this.root.dataset.embedded = String(data.embedded);
    this.root.dataset.settled = String(this.asked === daysAsked(data));
  }

  drawTrack() {
    const { words, index, on } = this;
    this.track.draw({
      stops: words.stops,
      current: index,
      on,
      since: this.since,
      two: this.compares,
      eventsAt: (stop) => this.eventsAt(stop),
      describe: (stop) => this.describe(stop),
    });
  }

  /** What a screen reader says of the slider, or of its two handles. */
  speak() {
    const { data, words, days, on } = this;
    const { slider, from, to } = words.timeline;
    const ends = [this.part("from"), this.part("to")];
    if (this.compares) {
      silence(this.slider);
      [from, to].forEach((label, end) => {
        const day = [this.range.from, on][end];
        const text = longDay(day, data.lang);
        speakOf(ends[end], {
          label,
          days: days.length,
          now: stopIndex(words.stops, day) + 1,
          text,
        });
        ends[end].title = `${label}: ${text}`;
      });
      return;
    }
    ends.forEach(silence);
    const described = this.describe(this.index);
    const text = days[this.index] === on ? described : `${data.day}; ${described}`;
    speakOf(this.slider, { label: slider, days: days.length, now: this.index + 1, text });
  }
}

/** @param {Component<TimelineData>} component */
export default function drawTimeline(component) {
  return mount(component, (host) => {
    host.innerHTML = SKELETON;
    return new Timeline(/** @type {HTMLElement} */ (host.firstElementChild));
  });
}
