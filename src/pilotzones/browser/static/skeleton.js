/* What the head of a page consists of: name, search, pages, headline, timeline.
   Static: nothing of the data goes through it. */

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

const CROSS = icon("M4 4l8 8M12 4l-8 8");
const CODE = icon("M6 4.5L2.5 8 6 11.5M10 4.5L13.5 8 10 11.5");

export const SKELETON = `
<section class="timeline">
  <header>
    <a class="product" data-part="product"></a>
    <div class="search" role="search">
      <input data-part="search" type="text" role="combobox" aria-autocomplete="list"
        aria-expanded="false" aria-controls="found" autocomplete="off" autocapitalize="off"
        spellcheck="false" enterkeyhint="search" maxlength="100">
      <ul id="found" data-part="found" role="listbox" hidden></ul>
      <p class="unseen" data-part="search-status" role="status"></p>
    </div>
    <div class="tools">
      <span class="said" data-part="said" role="status"></span>
      <button type="button" data-part="copy">
        ${CHAIN}<span data-part="copy-text"></span>
      </button>
      <button type="button" data-part="embed">
        ${CODE}<span data-part="embed-text"></span>
      </button>
      <button type="button" data-part="language"></button>
    </div>
  </header>
  <nav data-part="nav"></nav>
  <h1 data-part="headline"></h1>
  <p class="about" data-part="about" hidden>
    <span><span data-part="about-text"></span> <a data-part="about-link"></a></span>
    <button type="button" data-part="about-close">${CROSS}</button>
  </p>
  <div class="bar">
    <div class="buttons">
      <button type="button" data-part="previous">${BACK}</button>
      <button type="button" data-part="play" class="play">${START}${PAUSE}</button>
      <button type="button" data-part="next">${FORTH}</button>
      <input type="date" data-part="date">
    </div>
    <div class="slider" data-part="slider">
      <div class="track" data-part="track"></div>
      <span class="bracket" data-part="from"></span>
      <span class="handle" data-part="to"></span>
    </div>
  </div>
</section>`;
