// Recorded runs in the panels of the live ones: fetched when first asked for, scrubbed epoch by
// epoch, and always called recordings.

import { announce } from '../dom.js';
import { percent, sentence, whole } from '../format.js';
import { failure, start } from '../thread.js';
import { LAWS } from './methods.js';

const FILES = {
  gan: new URL('../../recordings/grid-gan.brec', import.meta.url).href,
  pac: new URL('../../recordings/grid-pac4.brec', import.meta.url).href,
};
/** The mixture that they were trained on. */
const GRID = { preset: 'grid', modes: 25, sigma: 0.05, weights: null };
/** Milliseconds of a frame while it plays. */
const PERIOD = 120;
/** Fresh points, and the image of a grid, of the generators at the end. */
const FRESH = { count: 2500, lines: 21, samples: 101 };

/** Events: `state`; `frame` when panels, table and curves have something else to show. */
export class Film extends EventTarget {
  #session;
  #target;
  #worker = null;
  #waiting = new Map();
  #last = 0;
  #timer = null;
  #seed = 1;
  /** What the worker made of the final generators: points and grid by key. */
  #fresh = {};
  #grid = null;

  /** closed, loading, shown, failed. */
  state = 'closed';
  error = null;
  /** Share of the files that has come, or null. */
  progress = null;
  /** By key: { about, frames, marks }. */
  runs = null;
  /** Which frame is shown. */
  index = 0;

  constructor(session, target) {
    super();
    this.#session = session;
    this.#target = target;
    session.addEventListener('scenario', () => this.follow());
    target.addEventListener('change', ({ detail }) => detail.final && this.follow());
  }

  #tell(type) {
    this.dispatchEvent(new Event(type));
  }

  #become(state) {
    this.state = state;
    this.#tell('state');
  }

  /** Whether recordings are what the panels show. */
  get shown() {
    return this.state === 'shown';
  }

  get playing() {
    return this.#timer !== null;
  }

  get epochs() {
    return this.runs?.gan.about.frames ?? [];
  }

  get epoch() {
    return this.epochs[this.index] ?? 0;
  }

  get atEnd() {
    return this.index === this.epochs.length - 1;
  }

  /** Asks for recordings, on the mixture that they were trained on; or goes back to live runs. */
  ask(recorded) {
    return this.#session.patch(recorded ? { ...GRID, gans: { recorded } } : { gans: { recorded } });
  }

  /** Opens or closes as the scene says. */
  follow() {
    const { scenario } = this.#session;
    if (!scenario || !this.#target.count) return;
    const { recorded } = scenario.gans;
    if (!recorded) {
      if (this.state !== 'closed') this.#close();
    } else if (scenario.preset !== GRID.preset || (this.shown && !this.#fits())) {
      this.ask(false);
      announce('Back to live runs: the recordings are of the grid of 25 modes.');
    } else if (this.state === 'closed') this.#open();
    else if (this.shown && scenario.gans.grid !== this.#grid) this.#show();
  }

  /** Whether the target is the one of the recordings. */
  #fits() {
    const { modes } = this.runs.gan.about;
    return modes.length === this.#target.modes.length && modes.every((v, k) => Math.abs(v - this.#target.modes[k]) < 1e-9);
  }

  #call(message) {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...message });
    });
  }

  #start() {
    this.#worker = start(new URL('../recording-worker.js', import.meta.url));
    this.#worker.onmessage = ({ data }) => {
      if (data.total !== undefined) {
        this.progress = data.total ? data.loaded / data.total : null;
        this.#tell('state');
        return;
      }
      const { resolve, reject } = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.error) reject(failure(data.error));
      else resolve(data.value);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(failure({ code: 'engine', message: event.message || 'its worker failed' }));
      this.#waiting.clear();
    };
  }

  async #open() {
    this.error = null;
    this.progress = null;
    this.#become('loading');
    try {
      if (!this.runs) {
        this.#start();
        const runs = await this.#call({ open: FILES });
        for (const run of Object.values(runs)) run.marks = run.about.curve.map((mark, k) => ({ steps: k + 1, ...mark }));
        this.runs = runs;
        this.index = this.epochs.length - 1;
      }
      // The scene may have come to the grid just now.
      await this.#target.follow();
      if (this.state !== 'loading') return;
      this.#become('shown');
      if (!this.#fits()) this.follow();
      else this.#show();
    } catch (error) {
      this.#end();
      if (this.state !== 'loading') return;
      this.error = failure({ code: error.code, message: `The recordings could not be read (${error.message}). Check the connection and try again.` });
      this.#become('failed');
    }
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#waiting.clear();
    this.runs = null;
    this.#fresh = {};
  }

  #close() {
    this.pause();
    // Files that are still coming are not wanted any more.
    if (this.state === 'loading') this.#end();
    this.#become('closed');
  }

  /** Tries once more after a failure. */
  retry() {
    if (this.state === 'failed') this.#open();
  }

  go(index) {
    this.index = Math.max(0, Math.min(this.epochs.length - 1, index));
    this.#show();
  }

  play() {
    if (!this.shown || this.playing) return;
    if (this.atEnd) this.go(0);
    this.#timer = setInterval(() => {
      this.go(this.index + 1);
      if (this.atEnd) this.pause();
    }, PERIOD);
    this.#tell('state');
  }

  pause() {
    clearInterval(this.#timer);
    this.#timer = null;
    this.#tell('state');
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Other points of the generators that the runs ended with. */
  again() {
    this.#seed += 1;
    this.#fresh = {};
    this.go(this.epochs.length - 1);
  }

  async #show() {
    const { grid } = this.#session.scenario.gans;
    this.#grid = grid;
    this.#tell('frame');
    if (!this.atEnd) return;
    const before = this.#fresh;
    await Promise.all(Object.keys(FILES).map(async (key) => {
      const it = (before[key] ??= {});
      it.points ??= this.#call({ points: key, count: FRESH.count, seed: this.#seed });
      if (grid) it.grid ??= this.#call({ grid: key, lines: FRESH.lines, samples: FRESH.samples });
      [it.madePoints, it.madeGrid] = await Promise.all([it.points, it.grid]);
    })).catch((error) => announce(sentence(error.message)));
    if (this.shown && this.#fresh === before) this.#tell('frame');
  }

  /** What a panel shows: { points, count, grid, samples, words }. */
  picture(key) {
    const { about, frames } = this.runs[key];
    const fresh = this.atEnd ? this.#fresh[key] : null;
    const points = fresh?.madePoints ?? frames[about.frames.findLastIndex((epoch) => epoch <= this.epoch)];
    const grid = this.#session.scenario.gans.grid ? fresh?.madeGrid : undefined;
    const made = fresh?.madePoints ? `${whole(points.length / 2)} fresh points` : `${whole(points.length / 2)} recorded points`;
    const missing = this.#session.scenario.gans.grid && !this.atEnd ? ', the grid only at the end' : '';
    return { points, count: points.length / 2, grid, samples: FRESH.samples, words: made + missing };
  }

  /** For the table and the curves; null where a live run is shown. */
  recorded(key) {
    const run = this.shown ? this.runs[key] : null;
    if (!run) return null;
    const { about, marks } = run;
    const epoch = Math.min(this.epoch, about.epochs);
    const values = marks[epoch - 1];
    return {
      name: `${about.name}, recorded`,
      values,
      row: { ...about.row, narrower: this.atEnd && about.row.narrower },
      steps: whole(epoch * about.stepsPerEpoch),
      seed: about.seed,
      from: LAWS.normal,
      marks,
      unit: 'epoch',
      now: epoch,
    };
  }

  /** Its label: what it is, how it was made, and how many such runs there are. */
  get words() {
    const { gan, pac } = this.runs;
    const { epochs, stepsPerEpoch, seed, runs } = gan.about;
    const end = ({ about }) => `${about.name} ends with ${whole(about.row.modes.value)} of ${about.modes.length / 4} modes, ${percent(about.row.highQuality.value, 1)} high quality`;
    return `A recording, not live: PacGAN’s own networks, trained natively for ${whole(epochs)} epochs of ${whole(stepsPerEpoch)} steps with seed ${seed}, ${runs === 1 ? 'one run' : `${whole(runs)} runs`} of each, none picked. ${end(gan)}; ${end(pac)}.`;
  }
}
