/* The numbers of the day above the slider, and the words of the buttons. */

const NUMBERS = ["active", "provinces", "approved", "revoked"];

/** @typedef {{ index: number, exact: boolean, playing: boolean }} Moment */

export class Summary {
  /** @param {(name: string) => HTMLElement} part */
  constructor(part) {
    this.part = part;
  }

  /** @param {TimelineData} data @param {Words} words @param {Moment} moment */
  show(data, { stops, timeline: texts }, { index, exact, playing }) {
    const [active, provinces, approved, revoked] = data.counts[index];
    // on a comparison the counts hold for any day, else only on that of a document
    const counted = exact || Boolean(data.since);
    this.write("day", exact ? stops[index].day : data.day);
    this.write("active", active);
    this.write("provinces", provinces);
    this.write("approved", counted && approved ? `+${approved}` : 0);
    this.write("revoked", counted && revoked ? `−${revoked}` : 0);
    this.part("revoked").classList.toggle("none", !counted || !revoked);
    for (const name of NUMBERS) this.write(`${name}-label`, labelOf(name, texts, data.since));
    if (provinces === 1) this.write("provinces-label", texts.province);
    this.nameButtons(texts, playing);
  }

  /** @param {Texts} texts @param {boolean} playing */
  nameButtons(texts, playing) {
    for (const name of ["previous", "next", "copy", "language"]) this.name(name, texts[name]);
    this.name("play", playing ? texts.pause : texts.play);
    this.part("play").dataset.playing = String(playing);
    this.write("language", texts.language_short);
    this.write("copy-text", texts.copy_short);
  }

  /** @param {string} name @param {string | number} text */
  write(name, text) {
    this.part(name).textContent = String(text);
  }

  /** @param {string} name of a button @param {string} text */
  name(name, text) {
    this.part(name).setAttribute("aria-label", text);
    this.part(name).title = text;
  }
}

/** @param {string} name @param {Texts} texts @param {string | null} since */
const labelOf = (name, texts, since) => (since && texts[`${name}_since`]) || texts[name];
