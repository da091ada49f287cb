// The worker of the network that is fitted to the exact map: it trains for long, and is looked at
// meanwhile.
//
// In:  { type: 'start', run, given, lines, samples, goal, speed, play }, and then
//      { type: 'play' | 'pause' | 'step' | 'drawn' }, { type: 'speed', speed }, { type: 'goal', goal },
//      { type: 'look', samples }
// Out: { run, … } with one of: state: 'running' | 'paused' | 'goal'; frame: { steps, seconds, rate, … };
//      error: { code, message, index? }
//
// A frame is sent only when the last one was drawn, so that a page that is not shown gets none.

import init, { Network } from '../../wasm/brenier_potential.js';
import { loadWasm } from '../wasm.js';

/** Milliseconds of training after which messages are let in. */
const SLICE = 12;
/** Looking takes at most this share of the time while the run goes on. */
const LOOKING = 0.35;
/** Milliseconds that a limited speed may lag behind and still make up for. */
const LATE = 100;
/** Milliseconds over which the rate is measured. */
const RATE = 500;

let loaded = null;
let network = null;
let run = 0;
let playing = false;
/** Whether it is to play once it has loaded. */
let wanted = false;
let goal = Infinity;
let further = 0;
let speed = null;
let look = { lines: 0, samples: 0 };
/** What never changes in a run, and is sent with its first frame. */
let fixed = null;
let trained = 0;
let next = 0;
let rate = 0;
let measured = null;
let drawn = true;
let looked = { at: -Infinity, took: 0 };

/** A turn of the event loop, in which messages come in. A timer would wait 4 ms each time. */
const { port1, port2 } = new MessageChannel();
let awaited = false;
let timer = null;
port1.onmessage = () => {
  awaited = false;
  turn();
};
function again(wait = 0) {
  clearTimeout(timer);
  if (wait > 1) timer = setTimeout(again, wait);
  else if (!awaited) {
    awaited = true;
    port2.postMessage(0);
  }
}

function see(now = performance.now()) {
  drawn = false;
  const seen = network.see(look.lines, look.samples);
  const frame = { steps: network.steps(), seconds: trained / 1000, rate, ...seen, ...fixed };
  fixed = null;
  looked = { at: now, took: performance.now() - now };
  postMessage({ run, frame }, [...Object.values(frame).filter(ArrayBuffer.isView).map((array) => array.buffer)]);
}

function rest(state) {
  playing = false;
  measured = null;
  see();
  postMessage({ run, state });
}

function tell(error) {
  playing = false;
  const { code, index } = error;
  // Errors of ours have a code. Anything else is a fault; wasm that panicked cannot go on.
  const ours = typeof code === 'string';
  if (!ours) network = null;
  postMessage({ run, error: { code: ours ? code : 'engine', message: String(error.message ?? error), index } });
}

function rated(now) {
  const steps = network.steps();
  measured ??= { now, steps };
  if (now - measured.now < RATE) return;
  rate = ((steps - measured.steps) * 1000) / (now - measured.now);
  measured = { now, steps };
}

/** Steps until messages are due, the goal is reached, or the speed allows no more. */
function train() {
  const began = performance.now();
  // What a limited speed was not reached by is not made up for.
  next = Math.max(next, began - LATE);
  let now = began;
  while (network.steps() < goal && now >= next && now - began < SLICE) {
    network.advance(1);
    next += speed === null ? 0 : 1000 / speed;
    now = performance.now();
  }
  trained += now - began;
  rated(now);
}

function turn() {
  if (!playing || !network) return;
  try {
    train();
    const now = performance.now();
    if (network.steps() >= goal) {
      goal += further;
      rest('goal');
      return;
    }
    if (drawn && (now - looked.at) * LOOKING > looked.took) see(now);
    again(next - performance.now());
  } catch (error) {
    tell(error);
  }
}

const commands = {
  async start({ run: name, given, lines, samples, goal: most, speed: fastest, play }) {
    run = name;
    playing = false;
    wanted = play;
    loaded ??= loadWasm(init, new URL('../../wasm/brenier_potential_bg.wasm', import.meta.url));
    try {
      await loaded;
    } catch (error) {
      loaded = null;
      throw Object.assign(new Error(`The network could not be loaded (${error.message}). Check the connection and reset it.`), { code: 'load' });
    }
    // Another start may have come meanwhile.
    if (run !== name) return;
    network?.free();
    network = null;
    const { domain, gaussian, sites, masses, heights, view, widths, seed } = given;
    network = new Network(domain, gaussian ?? undefined, sites, masses, heights, JSON.stringify(view), Uint32Array.from(widths), seed);
    [goal, further, speed, look] = [most, most, fastest, { lines, samples }];
    [trained, next, rate, measured] = [0, 0, 0, null];
    fixed = network.places();
    see();
    if (wanted) commands.play();
    else postMessage({ run, state: 'paused' });
  },
  play() {
    wanted = true;
    if (!network || playing) return;
    playing = true;
    // From where it rested, however often.
    if (network.steps() >= goal) goal += further;
    postMessage({ run, state: 'running' });
    again();
  },
  pause() {
    wanted = false;
    if (network && playing) rest('paused');
  },
  step() {
    if (!network) return;
    const began = performance.now();
    network.advance(1);
    trained += performance.now() - began;
    rest('paused');
  },
  speed({ speed: value }) {
    speed = value;
    next = 0;
  },
  /** The run rests at the next multiple of it. */
  goal({ goal: value }) {
    further = value;
    goal = network ? (Math.floor(network.steps() / value) + 1) * value : value;
  },
  look({ samples }) {
    look = { ...look, samples };
    if (network && !playing) see();
  },
  drawn() {
    drawn = true;
  },
};

addEventListener('message', async ({ data }) => {
  try {
    await commands[data.type](data);
  } catch (error) {
    tell(error);
  }
});
