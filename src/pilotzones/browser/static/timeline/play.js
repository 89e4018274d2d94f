/* Playing the timeline: a step at a time. */

const STEP_MS = 1400;

export class Player {
  /** @param {() => void} step */
  constructor(step) {
    this.step = step;
    /** @type {ReturnType<typeof setInterval> | null} */
    this.timer = null;
  }

  get playing() {
    return this.timer !== null;
  }

  start() {
    this.timer = setInterval(this.step, STEP_MS);
  }

  stop() {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }
}
