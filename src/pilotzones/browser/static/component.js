/* What the components of a page share. */

export const element = (tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
};

/* Each address is asked for once, and again where that fails: a component is called only for other
   data, so none would try again itself. */
const AGAIN_MS = [500, 1000, 2000, 4000, 8000, 16000, 32000];
const fetched = new Map();
async function ask(address, pauses = AGAIN_MS) {
  try {
    const response = await fetch(address);
    if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
    return await response.json();
  } catch (error) {
    if (!pauses.length) throw error;
    await new Promise((passed) => { setTimeout(passed, pauses[0]); });
    return ask(address, pauses.slice(1));
  }
}

export function fetchJson(address) {
  // a map that was sent as one file has them inside
  if (window.pilotZonesFiles) return Promise.resolve(window.pilotZonesFiles[address]);
  if (!fetched.has(address)) {
    const loading = ask(address);
    loading.catch(() => fetched.delete(address));
    fetched.set(address, loading);
  }
  return fetched.get(address);
}

/* Streamlit calls a component anew for each change, and may end an earlier call after a later one
   has begun: only the end of the latest one takes the component down. */
const mounted = new WeakMap();
export function mount(component, create) {
  const { data, parentElement } = component;
  let one = mounted.get(parentElement);
  if (!one) {
    const host = element("div");
    parentElement.append(host);
    one = { host, calls: 0, widget: create(host) };
    mounted.set(parentElement, one);
  }
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
