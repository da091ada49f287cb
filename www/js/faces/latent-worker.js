// The worker of the codes and their transport: what Rust decides about them, one call at a time.
//
// In:  { id, call, args }, the first of them `open` with the bytes of a file
// Out: { id, value } or { id, error: { code, message } } with code `engine` where the wasm does not
//      load or has stopped for good

import init, { Latents } from '../../wasm/brenier_monte_carlo.js';
import { loadWasm } from '../wasm.js';

let latents = null;

const calls = {
  async open(bytes) {
    await loadWasm(init, new URL('../../wasm/brenier_monte_carlo_bg.wasm', import.meta.url));
    latents = new Latents(bytes);
    return latents.describe();
  },
  setHeights: (heights) => latents.setHeights(heights ?? undefined),
  problem: (method, tolerance, seed, device) => ({
    request: JSON.parse(latents.request(method, tolerance, seed, device)),
    sites: latents.sites(),
    masses: latents.masses(),
  }),
};
for (const name of ['atPlane', 'calibrate', 'classShares', 'codes', 'findCrossing', 'line', 'plane', 'points', 'sample', 'tally', 'threshold']) {
  calls[name] = (...args) => latents[name](...args);
}

addEventListener('message', async ({ data: { id, call, args } }) => {
  try {
    postMessage({ id, value: await calls[call](...args) });
  } catch (error) {
    // Errors of ours have a code. Anything else is a fault; wasm that panicked cannot go on.
    const code = typeof error.code === 'string' ? error.code : 'engine';
    postMessage({ id, error: { code, message: String(error.message ?? error) } });
  }
});
