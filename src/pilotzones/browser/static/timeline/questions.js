/* Questions to the server, one for each day where the slider comes to rest, numbered. */

const STALE_MS = 15000;
/** Several key presses in a row are one question, after the first of them. */
const TOGETHER_MS = 60;
const IN_A_ROW_MS = 300;

/** One day, or two as an interval. @typedef {{ day: string, number: number }} Question */

export class Questions {
  /**
   * @param {() => string} day the day of the slider
   * @param {(question: Question) => void} send
   */
  constructor(day, send) {
    this.day = day;
    this.send = send;
    /** What the server knows. @type {Question} */
    this.answered = { day: "", number: 0 };
    /** Sent and not answered. @type {Question[]} */
    this.asked = [];
    this.waiting = false;
    this.moved = -Infinity;
  }

  /** Whether the slider may be ahead of the server. */
  get pending() {
    return this.waiting || this.asked.length > 0;
  }

  /** @param {Question} answered @param {boolean} renewed whether the server remembers nothing */
  hear(answered, renewed) {
    this.answered = answered;
    this.asked = renewed ? [] : this.asked.filter(({ number }) => number > answered.number);
    if (!this.asked.length) clearTimeout(this.unanswered);
  }

  /** Ask for the day of the slider, at once or after the next presses. */
  ask() {
    this.withdraw();
    this.waiting = true;
    const now = performance.now();
    const first = now - this.moved > IN_A_ROW_MS;
    this.moved = now;
    // before the next picture, so that the server works while that is drawn
    if (first) queueMicrotask(() => this.waiting && this.sendNow());
    else this.unsent = setTimeout(() => this.sendNow(), TOGETHER_MS);
  }

  sendNow() {
    this.waiting = false;
    const last = this.asked.at(-1) ?? this.answered;
    const day = this.day();
    if (day === last.day) return;
    const question = { day, number: last.number + 1 };
    this.asked.push(question);
    this.send(question);
    clearTimeout(this.unanswered);
    this.unanswered = setTimeout(() => {
      this.asked = [];
      this.ask();
    }, STALE_MS);
  }

  /** Drop what is not sent yet. */
  withdraw() {
    clearTimeout(this.unsent);
    this.waiting = false;
  }

  forget() {
    this.withdraw();
    clearTimeout(this.unanswered);
    this.asked = [];
  }
}
