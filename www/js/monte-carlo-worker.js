// The worker of a Monte Carlo solve: it computes for long, and can be stopped at any look.
//
// In:  { type: 'start', id, request, sites, masses, play }, and while it runs
//      { type: 'play' }, { type: 'pause' }, { type: 'step' }, { type: 'cancel' }
// Out: { id, progress }, { id, paused: true }, { id, answer } or
//      { id, error: { code, message, index? }, fatal? }

import init, { monteCarlo } from '../wasm/brenier_monte_carlo.js';
import { loadWasm } from './wasm.js';

/** Milliseconds of computing after which messages are let in. */
const BREATH = 12;
/** Milliseconds between two reports, where there is nothing new to draw. */
const PERIOD = 16;

let loaded = null;
let playing = false;
/** Where it stands, and while it goes on for one step, where that began. */
let iteration = 0;
let from = null;
let cancelled = false;
let wake = null;

/** What the browser tells of the adapter that the wasm was given; wgpu passes on nothing of it. */
let adapter = '';
/** Whether there was one. */
let offered = false;
const { gpu } = navigator;
if (gpu) {
  gpu.requestAdapter = async (options) => {
    const found = await GPU.prototype.requestAdapter.call(gpu, options);
    offered = Boolean(found);
    const { vendor, architecture, description } = found?.info ?? {};
    adapter = description || [vendor, architecture].filter(Boolean).join(' ');
    return found;
  };
}
const named = (device) => (device === 'WebGPU' && adapter ? `WebGPU: ${adapter}` : device);

/** Why there is no WebGPU; wgpu lists every interface there is instead. */
const missing = () => (gpu ? 'WebGPU finds no adapter here.' : 'This browser has no WebGPU.');

/** A turn of the event loop, in which messages come in. A timer would wait 4 ms each time. */
const { port1, port2 } = new MessageChannel();
let breathed = null;
port1.onmessage = () => breathed();
const breathe = () => new Promise((resolve) => {
  breathed = resolve;
  port2.postMessage(0);
});

const commands = {
  play() { playing = true; from = null; },
  pause() { playing = false; from = null; },
  step() { playing = false; from = iteration; },
  cancel() { cancelled = true; },
};

/** The buffers of what is sent, to be transferred. */
const buffers = (value) => Object.values(value).filter(ArrayBuffer.isView).map((array) => array.buffer);

/** Tells how far the solve is and answers whether it goes on; a pending answer is a pause. */
function watcher(id) {
  let entered = performance.now();
  let due = 0;
  let first = true;
  const send = (progress) => {
    due = performance.now() + PERIOD;
    postMessage({ id, progress }, buffers(progress));
  };
  const goes = () => playing || cancelled || from === iteration;
  async function rest(progress, told) {
    await breathe();
    if (!goes()) {
      if (!told) send(progress);
      postMessage({ id, paused: true });
      while (!goes()) await new Promise((resolve) => { wake = resolve; });
    }
    entered = performance.now();
    return !cancelled;
  }
  return (progress) => {
    const now = performance.now();
    ({ iteration } = progress);
    progress.device = named(progress.device);
    const told = first || progress.winners.length > 0 || progress.exact !== null || now >= due;
    first = false;
    if (told) send(progress);
    return goes() && !cancelled && now - entered < BREATH ? true : rest(progress, told);
  };
}

/** Loads the wasm, once; a failure is tried again with the next solve. */
async function load() {
  loaded ??= loadWasm(init, new URL('../wasm/brenier_monte_carlo_bg.wasm', import.meta.url));
  try {
    await loaded;
  } catch (error) {
    loaded = null;
    throw Object.assign(new Error(`Monte Carlo could not be loaded (${error.message}). Check the connection and play again.`), { code: 'load' });
  }
}

async function start({ id, request, sites, masses, play }) {
  playing = play;
  from = null;
  iteration = 0;
  cancelled = false;
  try {
    await load();
    const answer = await monteCarlo(JSON.stringify(request), sites, masses, watcher(id));
    answer.report.device = named(answer.report.device);
    postMessage({ id, answer }, buffers(answer));
  } catch (error) {
    const { code, index } = error;
    const message = code === 'machine' && !offered ? missing() : error.message;
    // Errors of ours have a code. Anything else is a fault; wasm that panicked cannot go on.
    const fatal = typeof code !== 'string';
    postMessage({ id, error: { code: fatal ? 'engine' : code, message: String(message ?? error), index }, fatal });
  }
}

addEventListener('message', ({ data }) => {
  if (data.type === 'start') start(data);
  else commands[data.type]();
  wake?.();
});
