// The engine's worker: loads the wasm, answers one call at a time, transfers what it answers.
//
// In:  { id, call, args }
// Out: { ready: true } once, { share } while loading, { iteration, residual } while solving,
//      { id, value, state? } or { id, error: { code, message, index?, line?, column? }, fatal? }
// `state` is the scenario as JSON after a finished change: what a new worker starts from.

import init, { App, solve } from '../wasm/brenier_web.js';
import { loadWasm } from './wasm.js';

/** Calls that change the scene. */
const CHANGES = new Set([
  'open', 'restore', 'set', 'move', 'add', 'remove', 'mass', 'brush', 'importText', 'undo', 'redo', 'solve',
]);

let app = null;

/** The wasm's bytes with the share loaded, where the server says how many there are. */
async function fetchWasm(url) {
  const response = await fetch(url);
  const total = Number(response.headers.get('content-length'));
  // A compressed transfer is shorter than what arrives here; then there is no share to tell.
  if (!response.ok || !total || response.headers.get('content-encoding') || !response.body) return response;
  let loaded = 0;
  const count = new TransformStream({
    transform(chunk, controller) {
      loaded += chunk.byteLength;
      postMessage({ share: Math.min(1, loaded / total) });
      controller.enqueue(chunk);
    },
  });
  const { headers, status, statusText } = response;
  return new Response(response.body.pipeThrough(count), { headers, status, statusText });
}

const loaded = loadWasm(init, new URL('../wasm/brenier_web_bg.wasm', import.meta.url), fetchWasm);

const progress = (iteration, residual) => postMessage({ iteration, residual });

/** Solves without a scene, for brenier.js. */
const solvePlain = ({ sites, masses, domain, gaussian, method, tolerance, progress: wanted }) =>
  solve(sites, masses ?? undefined, domain, gaussian ?? undefined, method, tolerance, wanted ? progress : undefined);

function answer(call, args) {
  if (call === 'solvePlain') return solvePlain(...args);
  app ??= new App(progress);
  if (call === 'scenario') return JSON.parse(app.scenario());
  return app[call](...args);
}

/** Every buffer of the answer, once. */
function buffers(value, found = new Set()) {
  if (ArrayBuffer.isView(value)) found.add(value.buffer);
  else if (value && typeof value === 'object') for (const part of Object.values(value)) buffers(part, found);
  return found;
}

addEventListener('message', async ({ data: { id, call, args } }) => {
  try {
    await loaded;
    const value = answer(call, args);
    const state = CHANGES.has(call) && !app.inGesture() ? app.scenario() : undefined;
    postMessage({ id, value, state }, [...buffers(value)]);
  } catch (error) {
    const { code, message, index, line, column } = error;
    // Errors of ours have a code. Anything else is a fault; wasm that panicked cannot go on.
    const fatal = typeof code !== 'string';
    postMessage({ id, error: { code: fatal ? 'engine' : code, message: String(message ?? error), index, line, column }, fatal });
  }
});

loaded.then(
  () => postMessage({ ready: true }),
  (error) => postMessage({ failed: String(error?.message ?? error) }),
);
