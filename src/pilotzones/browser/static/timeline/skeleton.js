/* What the head of a page consists of: name, search, pages, headline, timeline.
   Static: nothing of the data goes through it. */

/** @param {string} d */
const icon = (d, name = "") =>
  `<svg class="${name}" viewBox="0 0 16 16" aria-hidden="true"><path d="${d}"/></svg>`;

const ARROW = icon("M8 10V2.5M5 5.5l3-3 3 3M3 9v4.5h10V9");
const BACK = icon("M10.5 3.5L6 8l4.5 4.5");
const FORTH = icon("M5.5 3.5L10 8l-4.5 4.5");
const START = icon("M5 3l8 5-8 5z", "start");
const PAUSE = icon("M4.5 3h2.5v10h-2.5zM9 3h2.5v10H9z", "stop-sign");

const DOWN = icon("M4 6l4 4 4-4");
const CROSS = icon("M4 4l8 8M12 4l-8 8");

export const SKELETON = `
<section class="timeline">
  <a class="skip" data-part="skip" href="#"></a>
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
      <button type="button" data-part="language"></button>
      <button type="button" data-part="share" aria-expanded="false" aria-controls="share-menu">
        ${ARROW}<span data-part="share-text"></span>
      </button>
      <div id="share-menu" class="share" data-part="share-menu" role="group" hidden></div>
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
      <span class="date">
        <input data-part="date" type="text" autocomplete="off" spellcheck="false"
          enterkeyhint="go" maxlength="20">
        ${DOWN}<select data-part="stops"></select>
        <span class="refusal" data-part="refusal" role="status" hidden></span>
      </span>
    </div>
    <div class="slider" data-part="slider">
      <div class="track" data-part="track"></div>
      <span class="bracket" data-part="from"></span>
      <span class="handle" data-part="to"></span>
    </div>
  </div>
</section>`;
