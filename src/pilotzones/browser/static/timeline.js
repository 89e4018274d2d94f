/* The timeline above every page: stops in true distance of time, step, play, keyboard.

   It tells the map frame, the story and the table the day itself, so that a step is seen at once
   and playing needs no server; the server is told where the slider comes to rest. */

import { element, fetchJson, mount } from "./component.js";

const PLAY_MS = 1400;
const STALE_MS = 15000;
const WATCH_MS = 200;
const SIDEWAYS_PX = 6;
const PIN_PX = 9;
const KNOWN_PAGES = ["", "figure", "data", "reference"];
const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -2, PageUp: 2, Home: -Infinity, End: Infinity };

/* Static: nothing of the data goes through it. */
const SKELETON = `
<section class="timeline">
  <nav data-part="nav"></nav>
  <div class="head">
    <div class="day" data-part="day"></div>
    <dl>
      <div><dd data-part="active"></dd><dt data-part="active-label"></dt></div>
      <div><dd data-part="provinces"></dd><dt data-part="provinces-label"></dt></div>
      <div><dd data-part="approved"></dd><dt data-part="approved-label"></dt></div>
      <div><dd class="minus" data-part="revoked"></dd><dt data-part="revoked-label"></dt></div>
    </dl>
    <div class="tools">
      <span class="said" data-part="said" role="status"></span>
      <button type="button" data-part="copy"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M6.5 9.5l3-3M7 4.5l1.2-1.2a2.8 2.8 0 014 4L11 8.5M9 11.5l-1.2 1.2a2.8 2.8 0 01-4-4L5 7.5"/></svg><span data-part="copy-text"></span></button>
      <button type="button" data-part="language"></button>
    </div>
  </div>
  <div class="bar">
    <div class="buttons">
      <button type="button" data-part="previous"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M10.5 3.5L6 8l4.5 4.5"/></svg></button>
      <button type="button" data-part="play" class="play"><svg class="start" viewBox="0 0 16 16" aria-hidden="true"><path d="M5 3l8 5-8 5z"/></svg><svg class="stop-sign" viewBox="0 0 16 16" aria-hidden="true"><path d="M4.5 3h2.5v10h-2.5zM9 3h2.5v10H9z"/></svg></button>
      <button type="button" data-part="next"><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M5.5 3.5L10 8l-4.5 4.5"/></svg></button>
    </div>
    <div class="slider" data-part="slider" role="slider" tabindex="0"><div class="track" data-part="track"></div></div>
  </div>
</section>`;

const time = (iso) => Date.parse(iso);
const eveOf = (iso) => new Date(time(iso) - 24 * 3600 * 1000).toISOString().slice(0, 10);
const linkOf = (event) => event.composedPath().find((node) => node.localName === "a" && node.hasAttribute("href"));

/* Positions in true distance of time, pushed apart where labels would touch. */
export function layout(days, width, gap) {
  if (days.length === 1) return [width / 2];
  const [first, last] = [time(days[0]), time(days[days.length - 1])];
  const least = Math.min(gap, width / (days.length - 1));
  const places = days.map((day) => ((time(day) - first) / (last - first)) * width);
  for (let i = 1; i < places.length; i += 1) places[i] = Math.max(places[i], places[i - 1] + least);
  places[places.length - 1] = width;
  for (let i = places.length - 2; i >= 0; i -= 1) places[i] = Math.min(places[i], places[i + 1] - least);
  return places;
}

/* Where a day between two stops stands, or one after the last: at the end. */
export function place(day, days, places, end) {
  const after = days.findIndex((stop) => stop > day);
  if (after === -1) return day === days[days.length - 1] ? places[places.length - 1] : end;
  if (after === 0) return places[0];
  const share = (time(day) - time(days[after - 1])) / (time(days[after]) - time(days[after - 1]));
  return places[after - 1] + share * (places[after] - places[after - 1]);
}

/* A veil lies over the map's place until the frame has drawn its map or told why it cannot. The
   frame is looked at, for a message of a quick one might come before anybody listens. */
function liftVeils() {
  for (const veil of document.querySelectorAll(".pz-veil:not([hidden])")) {
    const frame = veil.closest(".st-key-map-frame").querySelector("iframe");
    const drawn = frame?.contentDocument?.querySelector(".pz-map[data-day], .pz-message:not([hidden])");
    veil.dataset.waited = Number(veil.dataset.waited || 0) + WATCH_MS;
    if (drawn) veil.hidden = true;
    else if (veil.dataset.waited >= STALE_MS && veil.textContent !== veil.dataset.late) {
      veil.textContent = veil.dataset.late;
      veil.setAttribute("role", "alert");
    }
  }
}

class Timeline {
  constructor(root) {
    this.root = root;
    this.asked = []; // questions to the server, numbered, that it has not yet heard
    this.leads = false; // whether the map shows the day that the slider was moved to
    this.dragging = false;
    this.part = (name) => root.querySelector(`[data-part="${name}"]`);
    this.slider = this.part("slider");
    this.part("previous").addEventListener("click", () => this.step(-1));
    this.part("next").addEventListener("click", () => this.step(1));
    this.part("play").addEventListener("click", () => (this.timer ? this.pause() : this.play()));
    this.part("language").addEventListener("click", () => this.send("lang", this.data.other_language));
    this.part("copy").addEventListener("click", () => this.copy());
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.slider.addEventListener("pointerdown", (event) => this.drag(event));
    new ResizeObserver(() => this.data && this.draw()).observe(this.slider);
    // a link to a page or a zone anywhere on this one goes there without loading the app anew
    this.onLink = (event) => {
      const link = linkOf(event);
      if (!link || !this.data || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const [page, query] = this.whole(link.getAttribute("href")).split("?");
      if (query === undefined || !(page in this.words.pages)) return;
      event.preventDefault();
      if (page === "") this.send("zone", new URLSearchParams(query).get("zone"));
      else this.turn(page.replace("./", ""), query);
    };
    document.addEventListener("click", this.onLink, true);
    // whoever opens such a link elsewhere or copies it gets the whole view
    this.onTouch = (event) => {
      const link = linkOf(event);
      if (link && this.data) link.setAttribute("href", this.whole(link.getAttribute("href")));
      // what a browser could show, such as a picture, is saved as well, under the name that it comes with
      if (link?.closest("[data-testid=stLinkButton]") && link.origin === window.location.origin) link.download = "";
    };
    document.addEventListener("pointerdown", this.onTouch, true);
    document.addEventListener("focusin", this.onTouch, true);
    this.onMessage = (event) => {
      if (event.origin !== window.location.origin || !event.data || !event.data.pilotzones) return;
      // the frame has drawn what the server sent, which may be an earlier day than the slider's
      if (this.leads) this.tellMaps();
    };
    window.addEventListener("message", this.onMessage);
    // the address says the day, not what was still on its way
    this.onHistory = () => this.forget();
    window.addEventListener("popstate", this.onHistory);
    this.watch = setInterval(liftVeils, WATCH_MS);
  }

  remove() {
    this.pause(false);
    clearInterval(this.watch);
    this.forget();
    document.removeEventListener("click", this.onLink, true);
    document.removeEventListener("pointerdown", this.onTouch, true);
    document.removeEventListener("focusin", this.onTouch, true);
    window.removeEventListener("message", this.onMessage);
    window.removeEventListener("popstate", this.onHistory);
  }

  async update(data, component) {
    this.component = component;
    this.wanted = data;
    const words = await fetchJson(data.words);
    if (this.wanted !== data) return;
    // a reader may be some steps ahead of the answers: only the last one sets the slider
    // a new session, after the server was gone for a while, has heard nothing of what was asked
    const renewed = this.data && data.session !== this.data.session;
    this.asked = renewed ? [] : this.asked.filter((question) => question.number > data.heard);
    if (!this.asked.length) clearTimeout(this.unanswered);
    const lost = renewed && this.leads && this.on !== data.on;
    const ahead = this.asked.length > 0 || this.unsent || lost || this.dragging;
    const fresh = !this.data || data.on !== this.data.on;
    const turned = this.data && data.page !== this.data.page;
    this.data = data;
    if (words !== this.words) this.drawNavigation(words);
    this.words = words;
    this.days = words.stops.map((stop) => stop.on);
    if (!ahead && this.on !== data.on && (fresh || !this.timer)) {
      this.pause(false);
      // the day was chosen elsewhere: the map may have drawn it first and been told the old one since
      const misled = this.leads && !turned;
      this.on = data.on;
      if (misled) this.tellMaps();
      this.leads = false;
    }
    if (turned) this.leads = false;
    document.documentElement.lang = data.lang === "zh" ? "zh-CN" : "en";
    const page = words.pages[data.page || "./"];
    document.title = data.page ? `${page} – ${words.timeline.page_title}` : words.timeline.page_title;
    for (const link of this.part("nav").children) {
      if (link.dataset.path === (data.page || "./")) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    this.draw();
    if (lost) this.settle();
  }

  /* once a language, for a link that is drawn anew loses the focus */
  drawNavigation(words) {
    const links = Object.entries(words.pages).filter(([path]) => path).map(([path, title]) => {
      const link = element("a", "", title);
      link.dataset.path = path;
      return link;
    });
    this.part("nav").setAttribute("aria-label", words.timeline.pages);
    this.part("nav").replaceChildren(...links);
  }

  /* whether the browser can draw all that depends on the day, or the server must draw each one */
  get knowsAll() {
    return KNOWN_PAGES.includes(this.data.page) && !new URLSearchParams(this.data.link).has("zone");
  }

  get index() {
    const after = this.days.findIndex((day) => day > this.on);
    return after === -1 ? this.days.length - 1 : Math.max(0, after - 1);
  }

  /* what the document of a stop did to the zones that pass the filters */
  eventsAt(index) {
    const stop = this.words.stops[index];
    const [approved, revoked, active] = this.data.events?.[index] || [stop.approved, stop.revoked, stop.active];
    return { approved, revoked, active };
  }

  spoken(index) {
    const events = this.eventsAt(index);
    return this.words.stops[index].spoken.replace(/\{(\w+)\}/g, (_, name) => events[name]);
  }

  /* links to zones come without the rest of the View */
  whole(href) {
    const [page, zone] = href.split("?zone=");
    if (zone === undefined || zone.includes("&")) return href;
    const query = this.query();
    query.delete("zone");
    return `${page}?zone=${zone}&${query}`;
  }

  /* the View for a page, on the day of the slider, which may be ahead of the server's */
  query(page = this.data.page) {
    const query = new URLSearchParams(this.data.link);
    query.set("on", this.on);
    // an earlier day that nobody chose is taken only where it is shown
    if (this.data.follows && page === "figure") query.set("since", eveOf(this.days[this.index]));
    return query;
  }

  /* Go to another page in one step of the history: this one's address takes the query of the link,
     so that Streamlit has nothing to write before it writes the address of that page. */
  turn(page, query) {
    const kept = [...new URLSearchParams(window.location.search)].filter(([name]) => name.startsWith("embed"));
    const whole = new URLSearchParams([...kept, ...new URLSearchParams(query)]);
    if (page !== this.data.page) window.history.replaceState(window.history.state, "", `?${whole}`);
    clearTimeout(this.unsent);
    this.unsent = null;
    // with what the link knew of the View: more may have been chosen since
    this.send("page", { page, query, known: this.data.link });
  }

  send(name, value) { this.component.setTriggerValue(name, value); }

  /* ---- movement ---- */
  go(index, settle = true) {
    this.show(this.days[Math.max(0, Math.min(this.days.length - 1, index))]);
    if (settle) this.settle();
  }

  show(day) {
    this.on = day;
    this.leads = true;
    this.draw();
    this.tellMaps();
  }

  tellMaps() {
    const maps = window.pilotZonesFiles ? [window] : Array.from({ length: window.frames.length }, (_, i) => window.frames[i]);
    for (const frame of maps) frame.postMessage({ pilotzonesDay: this.on }, window.pilotZonesFiles ? "*" : window.location.origin);
  }

  settle() {
    clearTimeout(this.unsent);
    // several key presses in a row are one question to the server
    this.unsent = setTimeout(() => {
      this.unsent = null;
      const last = this.asked.length ? this.asked[this.asked.length - 1] : { day: this.data.on, number: this.data.heard };
      if (this.on === last.day) return;
      const question = { day: this.on, number: last.number + 1 };
      this.asked.push(question);
      this.send("day", question);
      clearTimeout(this.unanswered);
      this.unanswered = setTimeout(() => { this.asked = []; this.settle(); }, STALE_MS);
    }, 60);
  }

  /* drop what the server was to be asked */
  forget() {
    for (const timer of [this.unsent, this.unanswered]) clearTimeout(timer);
    this.unsent = null;
    this.asked = [];
  }

  step(by) {
    this.pause(false);
    // from a day between two stops, back means to the stop before it
    const between = this.on !== this.days[this.index];
    this.go(this.index + (between && by < 0 ? by + 1 : by));
  }

  play() {
    if (this.index === this.days.length - 1) this.go(0, false);
    this.timer = setInterval(() => {
      this.go(this.index + 1, !this.knowsAll);
      if (this.index === this.days.length - 1) this.pause();
    }, PLAY_MS);
    this.draw();
  }

  pause(settle = true) {
    clearInterval(this.timer);
    this.timer = null;
    if (settle && this.data) { this.draw(); this.settle(); }
  }

  key(event) {
    if (event.key === " ") { event.preventDefault(); this.part("play").click(); return; }
    const by = KEYS[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.step(by);
  }

  drag(event) {
    if (event.button !== 0) return;
    this.pause(false);
    this.slider.focus();
    // also over the map, which is a document of its own
    this.slider.setPointerCapture(event.pointerId);
    this.dragging = true;
    const before = this.on;
    const nearest = (at) => {
      const x = at.clientX - this.slider.getBoundingClientRect().left - this.margin;
      const distances = this.places.map((p) => Math.abs(p - x));
      return distances.indexOf(Math.min(...distances));
    };
    // a finger may be about to scroll the page: it means the slider once it goes sideways or is lifted
    let meant = event.pointerType !== "touch";
    const move = (at) => {
      meant ||= at.type === "pointerup" || Math.abs(at.clientX - event.clientX) > SIDEWAYS_PX;
      if (!meant) return;
      const i = nearest(at);
      if (this.on !== this.days[i]) this.go(i, false);
    };
    move(event);
    const end = (at) => {
      for (const [type, does] of handlers) this.slider.removeEventListener(type, does);
      this.dragging = false;
      if (at.type === "pointerup") move(at);
      else if (this.on !== before) this.show(before);
      this.settle();
    };
    const handlers = [["pointermove", move], ["pointerup", end], ["pointercancel", end]];
    for (const [type, does] of handlers) this.slider.addEventListener(type, does);
  }

  async copy() {
    const link = new URL(`?${this.query()}`, window.location.href).href;
    try {
      await navigator.clipboard.writeText(link);
    } catch {
      // without https a page may not use the clipboard: show the link to be copied by hand
      window.prompt(this.words.timeline.copy, link);
      return;
    }
    const said = this.part("said");
    said.textContent = this.words.timeline.copied;
    setTimeout(() => { said.textContent = ""; }, 2500);
  }

  /* ---- drawing ---- */
  draw() {
    const texts = this.words.timeline;
    for (const link of this.part("nav").children) link.href = `${link.dataset.path}?${this.query(link.dataset.path)}`;
    const stop = this.words.stops[this.index];
    const [active, provinces, approved, revoked] = this.data.counts[this.index];
    const exact = stop.on === this.on;
    // on a comparison the counts hold for any day, else only on that of a document
    const counted = exact || this.data.since;
    const settled = this.on === this.data.on;
    this.part("day").textContent = exact ? stop.day : this.data.day;
    this.part("active").textContent = active;
    this.part("provinces").textContent = provinces;
    this.part("approved").textContent = counted && approved ? `+${approved}` : "0";
    this.part("revoked").textContent = counted && revoked ? `−${revoked}` : "0";
    this.part("revoked").classList.toggle("none", !counted || !revoked);
    for (const name of ["active", "provinces", "approved", "revoked"]) {
      this.part(`${name}-label`).textContent = texts[this.data.since ? `${name}_since` : name] || texts[name];
    }
    if (provinces === 1) this.part("provinces-label").textContent = texts.province;
    for (const name of ["previous", "next", "copy", "language"]) {
      const button = this.part(name);
      button.setAttribute("aria-label", texts[name]);
      button.title = texts[name];
    }
    this.part("language").textContent = texts.language_short;
    this.part("copy-text").textContent = texts.copy_short;
    const play = this.part("play");
    play.setAttribute("aria-label", this.timer ? texts.pause : texts.play);
    play.title = this.timer ? texts.pause : texts.play;
    play.dataset.playing = String(Boolean(this.timer));
    this.part("previous").disabled = this.on <= this.days[0];
    this.part("next").disabled = this.on >= this.days[this.days.length - 1];
    this.drawTrack();
    window.pilotZonesDay = this.on;
    window.dispatchEvent(new Event("pilotzones-day"));
    this.slider.setAttribute("aria-label", texts.slider);
    this.slider.setAttribute("aria-valuemin", 1);
    this.slider.setAttribute("aria-valuemax", this.days.length);
    this.slider.setAttribute("aria-valuenow", this.index + 1);
    this.slider.setAttribute("aria-valuetext", exact ? this.spoken(this.index) : `${this.data.day}; ${this.spoken(this.index)}`);
    this.root.dataset.on = this.on;
    this.root.dataset.settled = String(settled);
  }

  drawTrack() {
    const width = this.slider.clientWidth;
    if (!width) return;
    const narrow = width < 92 * this.days.length;
    this.margin = narrow ? 16 : 44;
    const room = width - 2 * this.margin;
    const least = narrow ? Math.max(26, Math.min(60, (0.9 * room) / this.days.length)) : 88;
    this.places = layout(this.days, room, least);
    const tiny = room / Math.max(1, this.days.length - 1) < 20;
    this.slider.dataset.narrow = String(narrow);
    const current = this.index;
    const x = (place) => `${place + this.margin}px`;
    const at = (day) => x(place(day, this.days, this.places, room + this.margin - PIN_PX / 2));
    const nodes = this.words.stops.map((stop, i) => {
      const node = element("span", "stop");
      node.style.left = x(this.places[i]);
      node.style.setProperty("--batch", stop.colour);
      node.dataset.on = stop.on;
      node.dataset.state = i < current ? "past" : i === current ? "current" : "ahead";
      node.append(element("span", "dot", tiny ? "" : stop.batch || "–"));
      const label = element("span", "label");
      const { approved, revoked } = this.eventsAt(i);
      const counts = element("span", "counts", `+${approved}`);
      if (revoked) counts.append(" ", element("span", "minus", `−${revoked}`));
      if (!narrow) label.append(element("span", "date", stop.short));
      else if (!tiny) label.append(element("span", "date", `’${stop.on.slice(2, 4)}`));
      if (least >= 46) label.append(counts);
      node.append(label);
      node.title = this.spoken(i);
      return node;
    });
    const handle = element("span", "handle");
    handle.style.left = at(this.on);
    handle.dataset.between = String(this.on !== this.days[current]);
    // on a comparison the bar runs from the earlier day, which has a mark of its own
    const since = this.data.follows ? eveOf(this.days[current]) : this.data.since;
    const from = since ? at(since) : "0px";
    const done = element("span", "done");
    done.style.left = from;
    done.style.width = `calc(${at(this.on)} - ${from})`;
    const earlier = element("span", "earlier");
    earlier.style.left = from;
    earlier.hidden = !since;
    this.part("track").replaceChildren(done, ...nodes, earlier, handle);
  }
}

export default function drawTimeline(component) {
  return mount(component, (host) => {
    host.innerHTML = SKELETON;
    return new Timeline(host.firstElementChild);
  });
}
