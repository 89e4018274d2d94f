/* JSON by address, fetched once and kept. */

/** @type {Map<string, Promise<any>>} */
const fetched = new Map();

/**
 * Fetch an address, unless that was done before; after a failure the next call tries again.
 * @param {string} address
 * @param {readonly number[]} pauses milliseconds before each further attempt
 * @returns {Promise<any>}
 */
export function fetchJson(address, pauses = []) {
  // a map in one file has everything inside
  if (window.pilotZonesFiles) return Promise.resolve(window.pilotZonesFiles[address]);
  let loading = fetched.get(address);
  if (!loading) {
    loading = attempt(address, pauses);
    loading.catch(() => fetched.delete(address));
    fetched.set(address, loading);
  }
  return loading;
}

/** @param {string} address @param {readonly number[]} pauses @returns {Promise<any>} */
async function attempt(address, [pause, ...later]) {
  try {
    return await load(address);
  } catch (error) {
    if (pause === undefined) throw error;
    await new Promise((passed) => {
      setTimeout(passed, pause);
    });
    return attempt(address, later);
  }
}

/** @param {string} address */
async function load(address) {
  const response = await fetch(address);
  const type = response.headers.get("content-type") || "";
  // under a wrong path a server may answer any address with its start page
  if (!response.ok || !type.includes("json")) {
    throw new Error(`${address.split("/").pop()}: HTTP ${response.status}, ${type}`);
  }
  return response.json();
}
