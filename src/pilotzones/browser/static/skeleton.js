/* What the timeline consists of. Static: nothing of the data goes through it. */

/** @param {string} d */
const icon = (d, name = "") =>
  `<svg class="${name}" viewBox="0 0 16 16" aria-hidden="true"><path d="${d}"/></svg>`;

const HALVES = [
  "M6.5 9.5l3-3M7 4.5l1.2-1.2a2.8 2.8 0 014 4L11 8.5",
  "M9 11.5l-1.2 1.2a2.8 2.8 0 01-4-4L5 7.5",
];
const CHAIN = icon(HALVES.join(""));
const BACK = icon("M10.5 3.5L6 8l4.5 4.5");
const FORTH = icon("M5.5 3.5L10 8l-4.5 4.5");
const START = icon("M5 3l8 5-8 5z", "start");
const PAUSE = icon("M4.5 3h2.5v10h-2.5zM9 3h2.5v10H9z", "stop-sign");

/** @param {string} name */
const number = (name, className = "") =>
  `<div>
    <dd class="${className}" data-part="${name}"></dd>
    <dt data-part="${name}-label"></dt>
  </div>`;

export const SKELETON = `
<section class="timeline">
  <nav data-part="nav"></nav>
  <div class="head">
    <div class="day" data-part="day"></div>
    <dl>
      ${number("active")}
      ${number("provinces")}
      ${number("approved")}
      ${number("revoked", "minus")}
    </dl>
    <div class="tools">
      <span class="said" data-part="said" role="status"></span>
      <button type="button" data-part="copy">
        ${CHAIN}<span data-part="copy-text"></span>
      </button>
      <button type="button" data-part="language"></button>
    </div>
  </div>
  <div class="bar">
    <div class="buttons">
      <button type="button" data-part="previous">${BACK}</button>
      <button type="button" data-part="play" class="play">${START}${PAUSE}</button>
      <button type="button" data-part="next">${FORTH}</button>
    </div>
    <div class="slider" data-part="slider">
      <div class="track" data-part="track"></div>
      <span class="bracket" data-part="from"></span>
      <span class="handle" data-part="to"></span>
    </div>
  </div>
</section>`;
