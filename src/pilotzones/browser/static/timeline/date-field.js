/* The day of the timeline as a field to type in, in the words of the browser. */

export class DateField {
  /** @param {HTMLInputElement} input @param {(day: string) => void} take */
  constructor(input, take) {
    this.input = input;
    this.day = "";
    input.addEventListener("change", () => {
      // while a year is typed the field holds years long past
      if (input.value && input.validity.valid) take(input.value);
    });
    input.addEventListener("blur", () => {
      input.value = this.day;
    });
  }

  /** @param {string} day @param {{ first: string, latest: string, hidden: boolean }} limits */
  show(day, { first, latest, hidden }) {
    this.day = day;
    Object.assign(this.input, { min: first, max: latest, hidden });
    // what is being typed stays
    if (!this.input.matches(":focus")) this.input.value = day;
  }
}
