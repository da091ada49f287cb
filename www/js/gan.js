// The page's side of a GAN: a worker of its own with a wasm of its own. See gan-worker.js.

import { failure, start } from './thread.js';

/**
 * One GAN. Events, each a CustomEvent whose `detail` is
 *   frame  { counters: { steps, draws, generator, discriminator }, losses: { discriminator, penalty,
 *            generator }, seconds, stepsPerSecond, points, real?, field?, grid?, arrows? };
 *            `real` comes with the first frame and whenever the mixture has changed
 *   mark   { steps, modes, highQuality, reverseKl }, at fixed steps; after a worker died those
 *            since the state that was kept come again, with the same values
 *   score  { row }
 *   state  { state }: loading, ready, running, paused, goal, failed
 *   error  { code, message, index? }; with code `restored` the run goes on from a kept state
 */
export class Gan extends EventTarget {
  #worker = null;
  #run = 0;
  #told;
  /** The last state that was kept: { bytes, seconds, steps }. */
  #kept = null;
  /** Whether anything came of the worker since it was started. */
  #alive = false;
  #playing = false;
  #saves = new Map();
  #save = 0;
  #closed = false;

  /** What the last `state` event said. */
  state = 'loading';

  /**
   * Starts at rest. `request` is { architecture, loss, packing, law, seed }, `modes` a Float64Array
   * of x, y, σ, weight; `look` and `goal` as below; `bytes`, of `save`, go on with a saved run.
   */
  constructor({ request, modes, look = {}, speed = null, goal = null, bytes = null }) {
    super();
    this.#told = { request, modes, look, speed, goal };
    if (bytes) this.#kept = { bytes, seconds: 0, steps: null };
    // Listeners are not there yet.
    queueMicrotask(() => this.#start());
  }

  /** Goes on; behind a goal, up to the next multiple of it. */
  play() {
    this.#playing = true;
    this.#send({ type: 'play' });
  }

  pause() {
    this.#playing = false;
    this.#send({ type: 'pause' });
  }

  /** One step, or one update of `discriminator` or `generator` alone, and rests. */
  step(which = 'both') {
    this.#playing = false;
    this.#send({ type: 'step', which });
  }

  /** Back to the start, at rest, with another request or mixture where given. */
  reset(request = this.#told.request, modes = this.#told.modes) {
    Object.assign(this.#told, { request, modes });
    this.#kept = null;
    this.#playing = false;
    if (this.#worker) this.#begin();
    else this.#start();
  }

  /** Trains on another mixture from here on. */
  retarget(modes) {
    this.#told.modes = modes;
    this.#send({ type: 'retarget', modes });
  }

  /** Most steps a second, or null for as many as there is time for. */
  speed(speed) {
    this.#told.speed = speed;
    this.#send({ type: 'speed', speed });
  }

  /**
   * What frames hold: `count` points; `field` and `arrows` the side of their lattices over `box`,
   * or 0; `grid` whether the image of a grid of z is shown, of `lines` lines of `samples` points.
   */
  look(look) {
    this.#told.look = { ...this.#told.look, ...look };
    this.#send({ type: 'look', look: this.#told.look });
  }

  /** Steps after which the run rests by itself, or null. */
  goal(goal) {
    this.#told.goal = goal;
    this.#send({ type: 'goal', goal });
  }

  /** The run as bytes, for `bytes` of another; rejects where there is none. */
  save() {
    this.#save += 1;
    const id = this.#save;
    return new Promise((resolve, reject) => {
      if (!this.#worker) reject(failure({ code: 'closed', message: 'This GAN has no run to save.' }));
      else {
        this.#saves.set(id, { resolve, reject });
        this.#send({ type: 'save', id });
      }
    });
  }

  /** Ends the worker. */
  close() {
    this.#closed = true;
    this.#end();
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #state(state) {
    this.state = state;
    this.#tell('state', { state });
  }

  #send(message) {
    this.#worker?.postMessage(message);
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#run += 1;
    for (const { reject } of this.#saves.values()) reject(failure({ code: 'closed', message: 'This GAN was ended.' }));
    this.#saves.clear();
  }

  #start() {
    if (this.#closed || this.#worker) return;
    const worker = start(new URL('./gan-worker.js', import.meta.url));
    this.#worker = worker;
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#died(event.message || 'its worker failed');
    };
    worker.onmessage = ({ data }) => {
      if (this.#worker === worker) this.#hear(data);
    };
    this.#begin();
  }

  /** Starts a run in the worker, from the kept state where there is one. */
  #begin() {
    this.#run += 1;
    this.#state('loading');
    const { bytes, seconds } = this.#kept ?? {};
    this.#send({ type: 'start', run: this.#run, ...this.#told, state: bytes, seconds });
    if (this.#playing) this.#send({ type: 'play' });
  }

  #hear({ run, failed, state, frame, mark, score, kept, saved, error, fatal }) {
    if (failed !== undefined) {
      this.#fail({ code: 'load', message: `The GAN could not be loaded (${failed}). Check the connection and reset it.` });
      return;
    }
    if (run !== this.#run) return;
    if (saved) {
      this.#saves.get(saved.id)?.resolve(saved.bytes);
      this.#saves.delete(saved.id);
    } else if (kept) {
      this.#kept = kept;
      this.#alive = true;
    } else if (mark) this.#tell('mark', mark);
    else if (score) this.#tell('score', score);
    else if (frame) {
      this.#tell('frame', frame);
      // The next one is wanted once this one is on the screen, which never is in a hidden tab.
      requestAnimationFrame(() => {
        if (run === this.#run) this.#send({ type: 'drawn' });
      });
    } else if (state) {
      if (state === 'goal') this.#playing = false;
      this.#state(state);
    } else if (fatal) this.#died(error.message);
    else if (error) {
      this.#playing = false;
      this.#tell('error', error);
      this.#state('failed');
    }
  }

  /** The worker is gone: another one goes on from the kept state, unless that died at once. */
  #died(what) {
    this.#end();
    if (!this.#kept || !this.#alive) {
      this.#fail({ code: 'engine', message: `The GAN’s worker stopped (${what}). Reset it to train again.` });
      return;
    }
    this.#alive = false;
    const { steps } = this.#kept;
    this.#tell('error', { code: 'restored', message: `The GAN’s worker stopped (${what}). It goes on from step ${steps}.` });
    this.#start();
  }

  #fail(error) {
    this.#end();
    this.#playing = false;
    this.#tell('error', error);
    this.#state('failed');
  }
}
