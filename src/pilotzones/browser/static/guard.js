/* The frame of the map runs the scripts that a message brings. So it heeds the page of the app
   around it alone: neither a window that opened it nor a foreign page that frames it. */
"use strict";

window.addEventListener(
  "message",
  (event) => {
    const { parent, location } = window;
    const own = parent !== window && event.source === parent && event.origin === location.origin;
    if (!own) event.stopImmediatePropagation();
  },
  true,
);
