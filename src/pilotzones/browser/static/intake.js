/* Takes a table from the reader: pasted, dropped, or a file. It goes to the session as one message
   of limited size; Streamlit's own uploader would keep any number of files in memory. */

import { mount } from "./shared/component.js";
import { button, element } from "./shared/dom.js";
import { Settling } from "./shared/settling.js";

/** Bytes that are turned into letters at once. */
const CHUNK = 0x8000;

/** @implements {Widget<IntakeData>} */
class Intake {
  /** @type {IntakeData} */
  data;
  /** @type {Component<IntakeData>} */
  component;
  /** Sent and not answered. */
  sent = 0;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.text = element("textarea");
    this.text.rows = 4;
    this.text.spellcheck = false;
    this.label = element("label", "paste");
    this.caption = element("span");
    this.label.append(this.caption, this.text);
    this.input = element("input", "file");
    this.input.type = "file";
    this.input.accept = ".csv,.tsv,.txt,.xlsx";
    this.choose = element("label", "choose");
    this.fileText = element("span");
    this.choose.append(this.fileText, this.input);
    this.read = button("", "", () => this.takeText(this.text.value));
    this.sample = button("", "", () => this.send({ sample: true }));
    this.limits = element("p", "limits");
    this.status = element("p", "status");
    this.status.setAttribute("role", "status");
    this.bar = element("progress");
    this.bar.hidden = true;
    const buttons = element("div", "buttons");
    buttons.append(this.choose, this.read, this.sample);
    root.append(this.label, buttons, this.limits, this.bar, this.status);
    this.listen();
  }

  listen() {
    const { root, text, input } = this;
    input.addEventListener("change", () => {
      const [file] = input.files ?? [];
      // the same file can be chosen again, once it is mended
      if (file) this.takeFile(file).finally(() => (input.value = ""));
    });
    text.addEventListener("paste", ({ clipboardData }) => {
      const [file] = clipboardData?.files ?? [];
      // after the browser has put in what was pasted
      if (!file) setTimeout(() => this.takeText(text.value));
      else this.takeFile(file);
    });
    root.addEventListener("dragover", (event) => {
      event.preventDefault();
      root.dataset.over = "true";
    });
    root.addEventListener("dragleave", () => delete root.dataset.over);
    root.addEventListener("drop", (event) => {
      event.preventDefault();
      delete root.dataset.over;
      const [file] = event.dataTransfer?.files ?? [];
      if (file) this.takeFile(file);
      else this.takeText(event.dataTransfer?.getData("text/plain") ?? "");
    });
  }

  remove() {}

  /** @param {IntakeData} data @param {Component<IntakeData>} component */
  update(data, component) {
    this.data = data;
    this.component = component;
    const { labels } = data;
    this.caption.textContent = labels.paste;
    this.fileText.textContent = labels.file;
    this.read.textContent = labels.read;
    this.sample.textContent = labels.sample;
    this.limits.textContent = labels.limits;
    if (data.heard >= this.sent) this.say("");
  }

  /** @param {string} text @param {boolean} works */
  say(text, works = false) {
    this.status.textContent = text;
    this.bar.hidden = !works;
    this.bar.setAttribute("aria-label", text);
    this.root.dataset.works = String(works);
  }

  /** @param {File} file */
  async takeFile(file) {
    if (file.size > this.data.most) {
      this.say(this.data.labels.too_large);
      return;
    }
    this.say(this.data.labels.reading, true);
    try {
      this.sendBytes(new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      console.error(error);
      this.say(this.data.labels.unreadable);
    }
  }

  /** @param {string} text */
  takeText(text) {
    if (!text.trim()) return;
    this.sendBytes(new TextEncoder().encode(text));
  }

  /** @param {Uint8Array} bytes */
  sendBytes(bytes) {
    if (bytes.length > this.data.most) this.say(this.data.labels.too_large);
    else this.send({ content: base64(bytes) });
  }

  /**
   * Numbered, for the same table may come twice.
   * @param {{ content?: string, sample?: true }} what
   */
  send(what) {
    this.sent = Math.max(this.sent, this.data.heard) + 1;
    this.say(this.data.labels.reading, true);
    this.component.setTriggerValue("table", { ...what, number: this.sent });
  }
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  let letters = "";
  for (let start = 0; start < bytes.length; start += CHUNK) {
    letters += String.fromCharCode(...bytes.subarray(start, start + CHUNK));
  }
  return btoa(letters);
}

/**
 * Draw the field that takes a table, or the names of the table that are not matched.
 * @param {Component<any>} component
 */
export default function drawIntake(component) {
  return mount(component, (host) => {
    const settles = "names" in component.data;
    const root = element("section", settles ? "settling" : "intake");
    host.append(root);
    return settles ? new Settling(root) : new Intake(root);
  });
}
