// The worker of the scene in space: what Rust decides about it, one call at a time.
//
// In:  { id, call, args }
// Out: { ready: true, module } once, { id, value } or { id, error: { code, message, line?, column? } }
// `module` is the compiled wasm, for the solver's worker to start from.

import init, { spaceCells, spaceJumps, spaceLink, spaceOpen, spacePoints, spaceScene } from '../../wasm/brenier_monte_carlo.js';
import { loadWasm } from '../wasm.js';

const calls = { spaceCells, spaceJumps, spaceLink, spaceOpen, spacePoints, spaceScene };

const loaded = loadWasm(init, new URL('../../wasm/brenier_monte_carlo_bg.wasm', import.meta.url));

addEventListener('message', async ({ data: { id, call, args } }) => {
  try {
    await loaded;
    postMessage({ id, value: calls[call](...args) });
  } catch (error) {
    const { code = 'engine', message, index, line, column } = error;
    postMessage({ id, error: { code, message: String(message ?? error), index, line, column } });
  }
});

loaded.then(
  (module) => postMessage({ ready: true, module }),
  (error) => postMessage({ failed: String(error?.message ?? error) }),
);
