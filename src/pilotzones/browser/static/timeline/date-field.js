/* The day of the timeline as a field to type in, and the days of the documents as a list. */

import { element } from "../shared/dom.js";
import { readDay } from "../shared/days.js";

/** @typedef {(index: number) => { approved: number, revoked: number }} EventsAt */

export class DateField {
  /** @param {(name: string) => HTMLElement} part @param {(day: string) => void} take */
  constructor(part, take) {
    this.input = /** @type {HTMLInputElement} */ (part("date"));
    this.list = /** @type {HTMLSelectElement} */ (part("stops"));
    this.refusal = part("refusal");
    this.take = take;
    this.day = "";
    // what is being typed stays
    this.typing = false;
    this.input.addEventListener("input", () => {
      this.typing = true;
      this.refuse(false);
    });
    this.input.addEventListener("change", () => this.read());
    this.input.addEventListener("blur", () => this.reset());
    this.input.addEventListener("keydown", ({ key }) => key === "Escape" && this.reset());
    this.list.addEventListener("change", () => take(this.list.value));
  }

  read() {
    const day = readDay(this.input.value);
    this.typing = day === null;
    this.refuse(this.typing);
    if (day !== null) this.take(day);
  }

  reset() {
    this.typing = false;
    this.refuse(false);
    this.input.value = this.day;
  }

  /** @param {boolean} refused */
  refuse(refused) {
    this.refusal.hidden = !refused;
    this.input.setAttribute("aria-invalid", String(refused));
  }

  /** @param {string} day @param {Words} words @param {EventsAt} eventsAt */
  show(day, { stops, timeline }, eventsAt) {
    this.day = day;
    if (!this.typing) this.input.value = day;
    this.refusal.textContent = timeline.no_day;
    const texts = stops.map(({ legend }, index) => textOf(legend, eventsAt(index)));
    const drawn = [...this.list.options].map(({ text }) => text);
    // drawn anew an open list would close
    if (String(texts) !== String(drawn)) {
      this.list.replaceChildren(...texts.map((text, index) => optionOf(stops[index].on, text)));
    }
    // between two documents none of them is chosen
    this.list.value = day;
  }

  /** Where two days are chosen elsewhere. @param {boolean} hidden */
  hide(hidden) {
    /** @type {HTMLElement} */ (this.input.parentElement).hidden = hidden;
  }
}

/** @param {string} day @param {string} text */
const optionOf = (day, text) => Object.assign(element("option", "", text), { value: day });

/** @param {string} document @param {ReturnType<EventsAt>} events */
const textOf = (document, { approved, revoked }) =>
  `${document} · +${approved}${revoked ? ` −${revoked}` : ""}`;
