/* What the components of a page share. */

import { element } from "./dom.js";
import { fetchJson } from "./fetching.js";

/** A component is called only for other data, so none would try again itself. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 16000, 32000];

/** @param {string} address */
export const fetchPatiently = (address) => fetchJson(address, PAUSES_MS);

/** @typedef {{ host: HTMLElement, calls: number, widget: Widget<any> }} Mounted */

/** @type {WeakMap<Component<any>["parentElement"], Mounted>} */
const mounted = new WeakMap();

/**
 * Draw a component, or update it. Streamlit calls a component anew for each change, and may end an
 * earlier call after a later one has begun: only the end of the latest takes the component down.
 * @template Data
 * @param {Component<Data>} component
 * @param {(host: HTMLElement) => Widget<Data>} create
 */
export function mount(component, create) {
  const { data, parentElement } = component;
  const one = mounted.get(parentElement) ?? place(parentElement, create);
  one.calls += 1;
  const call = one.calls;
  one.widget.update(data, component);
  return () => {
    if (call !== one.calls) return;
    one.widget.remove();
    one.host.remove();
    mounted.delete(parentElement);
  };
}

/**
 * @param {Component<any>["parentElement"]} parentElement
 * @param {(host: HTMLElement) => Widget<any>} create
 */
function place(parentElement, create) {
  const host = element("div");
  parentElement.append(host);
  const one = { host, calls: 0, widget: create(host) };
  mounted.set(parentElement, one);
  return one;
}
