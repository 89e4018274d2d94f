/* The headline of the day above the slider, and the words of the buttons. */

import { eveOf, longDay } from "../shared/days.js";
import { element } from "../shared/dom.js";
import { headline } from "./headline.js";

const BUTTONS = ["previous", "next", "share", "language", "about-close"];

/** @typedef {{ index: number, exact: boolean, playing: boolean }} Moment */

export class Summary {
  /** @param {(name: string) => HTMLElement} part */
  constructor(part) {
    this.part = part;
  }

  /** @param {TimelineData} data @param {Words} words @param {Moment} moment */
  show(data, { stops, timeline: texts, headline: sentences }, { index, exact, playing }) {
    const since = data.follows ? eveOf(stops[index].on) : data.since;
    const day = exact ? stops[index].day : data.day;
    const moment = { day, since: since ? longDay(since, data.lang) : "", exact };
    const counts = data.counts?.[index] ?? stops[index].counts;
    // of a record, and of a figure of two days, the server says it
    const said = data.answer?.length
      ? data.answer
      : headline(sentences, data.subject, counts, moment);
    const [first, ...rest] = said.map((sentence) => element("span", "", sentence));
    for (const sentence of rest) sentence.className = "happened";
    const gap = data.lang === "zh" ? "" : " ";
    this.part("headline").replaceChildren(first, ...rest.flatMap((next) => [gap, next]));
    this.nameButtons(texts, playing);
    return { day, sentence: said.join(gap) };
  }

  /** @param {Texts} texts @param {boolean} playing */
  nameButtons(texts, playing) {
    for (const name of BUTTONS) this.name(name, texts[name]);
    this.name("play", playing ? texts.pause : texts.play);
    this.name("date", texts.date);
    this.name("stops", texts.stops);
    this.part("play").dataset.playing = String(playing);
    this.write("language", texts.language_short);
    this.write("share-text", texts.share_short);
    this.write("product", texts.page_title);
    this.write("about-text", texts.about);
    this.write("about-link", texts.about_link);
  }

  /** @param {string} name @param {string} text */
  write(name, text) {
    this.part(name).textContent = text;
  }

  /** @param {string} name of a button @param {string} text */
  name(name, text) {
    this.part(name).setAttribute("aria-label", text);
    this.part(name).title = text;
  }
}
