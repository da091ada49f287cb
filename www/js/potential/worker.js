// The worker of the potential scene: loads its wasm, answers one call at a time, transfers what it
// answers.
//
// In:  { id, call, args }
// Out: { ready: true } once, { id, iteration, residual } while recording, { id, value } or { id, error: { code, message, index? }, fatal? }

import init, { Potential, morph } from '../../wasm/brenier_potential.js';
import { loadWasm } from '../wasm.js';

let scene = null;

const loaded = loadWasm(init, new URL('../../wasm/brenier_potential_bg.wasm', import.meta.url));

/** The scene that was taken; calls before it are mistakes of the page. */
function taken() {
  if (!scene) throw Object.assign(new Error('There is no solved scene yet. Wait for the plane to be solved.'), { code: 'potential' });
  return scene;
}

const hand = (list = []) => [Uint32Array.from(list, ([i]) => i), Float64Array.from(list, ([, lift]) => lift)];

const calls = {
  take({ domain, gaussian, sites, masses, heights, colours }, view) {
    const next = new Potential(domain, gaussian ?? undefined, sites, masses, heights, colours, JSON.stringify(view));
    scene?.free();
    scene = next;
    return scene.state();
  },
  heights: ({ from = 'homothetic', hand: moved }) => taken().heights(from, ...hand(moved)),
  lift: (i, lift) => taken().lift(i, lift),
  record({ solver, from = 'homothetic', hand: moved, tolerance = 1e-9, steps = 2000, seed = 0 }, id) {
    let told = -Infinity;
    const progress = (iteration, residual) => {
      const now = performance.now();
      // As often as a person could see it.
      if (now - told < 100) return;
      told = now;
      postMessage({ id, iteration, residual });
    };
    return taken().record(solver, from, ...hand(moved), tolerance, steps, seed, progress);
  },
  at: (k, solver) => taken().at(k, solver),
  shape: ({ shape, source = 'disk', count = 1000, seed = 0 }) => (shape === 'scene' ? taken().morph() : morph(shape, source, count, seed)),
  fields: ({ columns, rows }) => taken().fields(columns, rows),
};

/** Every buffer of the answer, once. */
function buffers(value, found = new Set()) {
  if (ArrayBuffer.isView(value)) found.add(value.buffer);
  else if (value && typeof value === 'object') for (const part of Object.values(value)) buffers(part, found);
  return found;
}

addEventListener('message', async ({ data: { id, call, args } }) => {
  try {
    await loaded;
    const value = calls[call](...args, id);
    postMessage({ id, value }, [...buffers(value)]);
  } catch (error) {
    const { code, message, index } = error;
    // Errors of ours have a code. Anything else is a fault; wasm that panicked cannot go on.
    const fatal = typeof code !== 'string';
    postMessage({ id, error: { code: fatal ? 'engine' : code, message: String(message ?? error), index }, fatal });
  }
});

loaded.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ failed: String(error?.message ?? error) }),
);
