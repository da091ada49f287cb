// The worker of one GAN: it trains for long, and is looked at meanwhile.
//
// In:  { type: 'start', run, request, modes, look, speed, goal, state?, seconds? }, and then
//      play, pause, drawn, { step, which }, { retarget, modes }, { speed, speed }, { look, look },
//      { goal, goal }, { save, id }, each with its `type`
// Out: { run, … } with one of: state; frame; mark; score; kept: { bytes, seconds, steps };
//      saved: { id, bytes }; error: { code, message, index? }, fatal?
//
// A frame is sent only when the last one was drawn, so that a page that is not shown gets none;
// training goes on all the same, up to the goal.

import init, { Gan } from '../wasm/brenier_gan.js';
import { loadWasm } from './wasm.js';

/** Milliseconds of training after which messages are let in. */
const SLICE = 10;
/** Milliseconds that a limited speed may lag behind and still make up for. */
const LATE = 50;
/** Looking takes at most this share of the time while the run goes on. */
const LOOKING = 0.25;
/** Generated points that are scored. */
const SCORED = 2500;
/** Milliseconds between two rows of the table while the run goes on. */
const ROWS = 1000;
/** Milliseconds without another mixture after which a run at rest is scored on it. */
const SETTLED = 200;
/** Steps between two states that are kept in case the worker dies. */
const KEEP = 1000;
/** Milliseconds over which the rate is measured. */
const RATE = 500;

let gan = null;
let run = 0;
let playing = false;
let look = {};
let speed = null;
let goal = Infinity;
/** Milliseconds trained. */
let trained = 0;
let losses = {};

/** When the next step may begin, where the speed is limited. */
let nextStep = 0;
/** The rate, and what it is measured from. */
let rate = 0;
let measured = null;

/** Whether the page has drawn the last frame, and when the next may be made. */
let drawn = true;
let nextFrame = 0;
let stale = true;
/** Whether the real points have changed since they were last sent. */
let moved = true;
let nextRow = 0;
/** What a run at rest still owes: a row, and a state to keep. */
let unscored = false;
let unkept = false;

/** A turn of the event loop, in which messages come in. A timer would wait 4 ms each time. */
const { port1, port2 } = new MessageChannel();
let awaited = false;
let timer = null;
port1.onmessage = () => {
  awaited = false;
  turn();
};
function again() {
  clearTimeout(timer);
  if (awaited) return;
  awaited = true;
  port2.postMessage(0);
}

const buffers = (value) => Object.values(value).filter(ArrayBuffer.isView).map((array) => array.buffer);
const send = (message, arrays = {}) => postMessage({ run, ...message }, buffers(arrays));
const tell = (state) => send({ state });

/** The step at which a run rests by itself: the next multiple of the goal. */
const rest = () => (Math.floor(gan.steps() / goal) + 1) * goal;

function mark() {
  send({ mark: { steps: gan.steps(), ...gan.marks(SCORED) } });
}

function keep() {
  unkept = false;
  const bytes = gan.save();
  send({ kept: { bytes, seconds: trained / 1000, steps: gan.steps() } }, { bytes });
}

function row() {
  unscored = false;
  send({ score: { row: gan.score(SCORED) } });
  nextRow = performance.now() + ROWS;
}

function frame() {
  const began = performance.now();
  const made = {
    counters: gan.counters(),
    losses,
    seconds: trained / 1000,
    stepsPerSecond: rate,
    points: gan.points(look.count ?? 1000),
  };
  if (moved) made.real = gan.real(look.count ?? 1000);
  if (look.field) made.field = gan.field(look.box, look.field);
  if (look.grid) made.grid = gan.grid(look.lines ?? 21, look.samples ?? 101);
  if (look.arrows) made.arrows = gan.arrows(look.box, look.arrows);
  moved = false;
  stale = false;
  drawn = false;
  send({ frame: made }, made);
  const now = performance.now();
  nextFrame = now + (now - began) * (1 / LOOKING - 1);
}

function rated(now) {
  const steps = gan.steps();
  measured ??= { now, steps };
  if (now - measured.now < RATE) return;
  rate = ((steps - measured.steps) * 1000) / (now - measured.now);
  measured = { now, steps };
}

/** What happens at fixed steps, whatever the speed. Answers whether the run goes on. */
function passed(end, due) {
  const steps = gan.steps();
  if (steps === due) mark();
  if (steps % KEEP === 0) keep();
  return steps < end;
}

function train() {
  const began = performance.now();
  if (began < nextStep) return;
  // What a limited speed was not reached by is not made up for.
  nextStep = Math.max(nextStep, began - LATE);
  const end = rest();
  let due = gan.nextMark();
  let now = began;
  do {
    losses = gan.advance(1);
    nextStep += speed === null ? 0 : 1000 / speed;
    stale = true;
    const on = passed(end, due);
    now = performance.now();
    if (!on) {
      trained += now - began;
      stop('goal');
      return;
    }
    if (gan.steps() === due) due = gan.nextMark();
  } while (now >= nextStep && now - began < SLICE);
  trained += now - began;
  rated(now);
}

function stop(state) {
  playing = false;
  measured = null;
  nextRow = 0;
  [stale, unscored, unkept] = [true, true, true];
  tell(state);
}

function turn() {
  if (!gan) return;
  try {
    if (playing) train();
    const now = performance.now();
    // A row costs some steps: none for a page that does not draw.
    if ((playing ? drawn : unscored) && now >= nextRow) row();
    if (drawn && stale && (!playing || now >= nextFrame)) frame();
    if (!playing && unkept) keep();
  } catch (error) {
    fail(error);
    return;
  }
  if (playing) next(nextStep);
  else if (unscored) next(nextRow);
}

/** The next turn, when its time has come. */
function next(time) {
  const wait = time - performance.now();
  clearTimeout(timer);
  if (wait <= 0) again();
  else timer = setTimeout(again, wait);
}

function fail(error) {
  const { code, index } = error;
  // Errors of ours have a code. Anything else is a fault; wasm that panicked cannot go on.
  const fatal = typeof code !== 'string';
  playing = false;
  if (fatal) gan = null;
  send({ error: { code: fatal ? 'engine' : code, message: String(error.message ?? error), index }, fatal });
}

const commands = {
  start(told) {
    gan?.free();
    gan = null;
    ({ run, look, speed } = told);
    goal = told.goal ?? Infinity;
    playing = false;
    [nextStep, measured, rate, losses] = [0, null, 0, {}];
    trained = (told.seconds ?? 0) * 1000;
    [drawn, stale, moved, unscored, unkept] = [true, true, true, true, true];
    [nextFrame, nextRow] = [0, 0];
    gan = told.state ? Gan.resume(told.state, told.modes) : new Gan(JSON.stringify(told.request), told.modes);
    tell('ready');
    if (gan.steps() === 0) mark();
  },
  play() {
    if (playing) return;
    playing = true;
    nextRow = performance.now() + ROWS;
    tell('running');
  },
  pause() {
    if (playing) stop('paused');
  },
  step({ which }) {
    const due = gan.nextMark();
    const began = performance.now();
    if (which === 'discriminator') losses = { ...losses, ...given(gan.stepDiscriminator()) };
    else if (which === 'generator') losses = { ...losses, ...given(gan.stepGenerator()) };
    else losses = gan.advance(1);
    trained += performance.now() - began;
    if (gan.steps() === due) mark();
    stop('paused');
  },
  retarget({ modes }) {
    gan.retarget(modes);
    [stale, moved, unscored] = [true, true, true];
    // References of a new mixture are simulated: not in the midst of a drag.
    nextRow = performance.now() + (playing ? ROWS : SETTLED);
  },
  speed(told) {
    ({ speed } = told);
    nextStep = 0;
  },
  look(told) {
    if (told.look.count !== look.count) moved = true;
    ({ look } = told);
    stale = true;
    nextFrame = 0;
  },
  goal(told) {
    goal = told.goal ?? Infinity;
  },
  drawn() {
    drawn = true;
  },
  save({ id }) {
    const bytes = gan.save();
    send({ saved: { id, bytes } }, { bytes });
  },
};

/** The losses of the network that was updated. */
const given = (all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));

const loaded = loadWasm(init, new URL('../wasm/brenier_gan_bg.wasm', import.meta.url));
loaded.catch((error) => postMessage({ failed: String(error?.message ?? error) }));

// Messages wait for the wasm and keep their order.
addEventListener('message', async ({ data }) => {
  try {
    await loaded;
  } catch {
    return; // told above
  }
  if (!gan && data.type !== 'start') return;
  try {
    commands[data.type](data);
  } catch (error) {
    fail(error);
    return;
  }
  again();
});
