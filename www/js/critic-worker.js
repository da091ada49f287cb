// The worker of one critic: a network on the source that learns the potential, or the critic of a
// Wasserstein GAN in the plane of the data. It trains for long, and is looked at meanwhile.
//
// In:  { type: 'start', run, kind: 'semidual' | 'wasserstein', given, goal, play }, and then
//      { type: 'play' | 'pause' | 'step' | 'drawn' }
// Out: { run, … } with one of: state: 'running' | 'paused' | 'goal'; frame: { steps, seconds, … };
//      error: { code, message, index? }
//
// A frame is sent only when the last one was drawn, so that a page that is not shown gets none.

import init, { Gan, SemiDual } from '../wasm/brenier_gan.js';
import { loadWasm } from './wasm.js';

/** Milliseconds of training after which messages are let in. */
const SLICE = 10;
/** Looking takes at most this share of the time while the run goes on. */
const LOOKING = 0.3;

let loaded = null;
let critic = null;
let run = 0;
let playing = false;
let goal = Infinity;
let further = 0;
let trained = 0;
let drawn = true;
let looked = { at: -Infinity, took: 0 };
let busy = false;

/** Steps at which a curve has a point: the same ones whatever the speed. */
const marked = (steps, least) => steps % Math.max(least, steps < 100 ? 5 : steps < 1000 ? 20 : 100) === 0;

/** φ on Ω: `given` is { domain, gaussian, sites, masses, heights, seed, box, side }. */
function semidual({ domain, gaussian, sites, masses, heights, seed, box, side }) {
  const dual = new SemiDual(domain, gaussian, sites, masses, heights, seed);
  let told = false;
  return {
    apart: 5,
    steps: () => dual.steps(),
    advance: () => dual.advance(1),
    mark: () => dual.w2(),
    look() {
      const { exact, network, reach } = dual.fields(box, side);
      // The exact one does not change.
      const fields = told ? { network } : { exact, network, reach };
      told = true;
      return { numbers: dual.numbers(), fields };
    },
    free: () => dual.free(),
  };
}

/** The critic of a GAN: `given` is { request, modes, count, box, side }. */
function wasserstein({ request, modes, count, box, side }) {
  const gan = new Gan(JSON.stringify(request), modes);
  return {
    // An exact assignment takes some steps' time.
    apart: 20,
    steps: () => gan.steps(),
    advance: () => gan.advance(1),
    mark: () => {
      const { lower, exact } = gan.wasserstein1(count);
      return [lower, exact];
    },
    look: () => ({ numbers: gan.wasserstein1(count), fields: gan.critics(count, box, side), real: gan.real(count), points: gan.points(count) }),
    free: () => gan.free(),
  };
}

const kinds = { semidual, wasserstein };

/** A turn of the event loop, in which messages come in. A timer would wait 4 ms each time. */
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => slice();
const soon = () => port2.postMessage(0);

let marks = [];
const mark = () => {
  const steps = critic.steps();
  if (marked(steps, critic.apart)) marks.push([steps, critic.mark()]);
};

function look(now = performance.now()) {
  drawn = false;
  const seen = critic.look();
  const frame = { steps: critic.steps(), seconds: trained / 1000, marks, ...seen };
  marks = [];
  looked = { at: now, took: performance.now() - now };
  const buffers = [...Object.values(seen.fields), seen.real, seen.points].filter(ArrayBuffer.isView).map((array) => array.buffer);
  postMessage({ run, frame }, buffers);
}

function rest(state) {
  playing = false;
  look();
  postMessage({ run, state });
}

function tell(error) {
  playing = false;
  const { code, index } = error;
  // Errors of ours have a code. Anything else is a fault; wasm that panicked cannot go on.
  postMessage({ run, error: { code: typeof code === 'string' ? code : 'engine', message: String(error.message ?? error), index } });
}

/** At most so many steps, until messages are due or the goal is reached. */
function train(steps) {
  const end = performance.now() + SLICE;
  for (let k = 0; k < steps && critic.steps() < goal; k += 1) {
    const began = performance.now();
    if (k && began > end) return;
    critic.advance();
    trained += performance.now() - began;
    mark();
  }
}

function slice() {
  busy = false;
  if (!playing || !critic) return;
  try {
    train(Infinity);
    const now = performance.now();
    if (critic.steps() >= goal) {
      goal += further;
      rest('goal');
    } else if (drawn && (now - looked.at) * LOOKING > looked.took) look(now);
    go();
  } catch (error) {
    tell(error);
  }
}

function go() {
  if (!playing || busy) return;
  busy = true;
  soon();
}

const commands = {
  async start({ run: name, kind, given, goal: most, play }) {
    run = name;
    playing = false;
    loaded ??= loadWasm(init, new URL('../wasm/brenier_gan_bg.wasm', import.meta.url));
    try {
      await loaded;
    } catch (error) {
      loaded = null;
      throw Object.assign(new Error(`The critic could not be loaded (${error.message}). Check the connection and reset it.`), { code: 'load' });
    }
    // Another start may have come meanwhile.
    if (run !== name) return;
    critic?.free();
    critic = null;
    critic = kinds[kind](given);
    [goal, further, trained, marks] = [most, most, 0, []];
    mark();
    look();
    if (play) commands.play();
    else postMessage({ run, state: 'paused' });
  },
  play() {
    if (!critic || playing) return;
    playing = true;
    postMessage({ run, state: 'running' });
    go();
  },
  pause() {
    if (critic && playing) rest('paused');
  },
  step() {
    if (!critic) return;
    train(1);
    rest('paused');
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
