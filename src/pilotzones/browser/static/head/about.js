/* One line on what a pilot zone is, for those who come for the first time. */

const READ = "pilotzones-about-read";

export class About {
  /** @param {HTMLElement} node @param {HTMLElement} close @param {() => void} leave */
  constructor(node, close, leave) {
    this.node = node;
    close.addEventListener("click", () => {
      keep(READ);
      this.show("");
      leave();
    });
  }

  /** @param {string} page the path of the page that is open */
  show(page) {
    this.node.hidden = page !== "" || isKept(READ);
  }
}

/* A browser may refuse to keep anything: then the line comes again. */

/** @param {string} name */
function isKept(name) {
  try {
    return window.localStorage.getItem(name) !== null;
  } catch {
    return false;
  }
}

/** @param {string} name */
function keep(name) {
  try {
    window.localStorage.setItem(name, "yes");
  } catch {
    // nothing is lost
  }
}
