// The solvers' recordings, and the player that goes through one of them forwards and backwards.

import { reducedMotion } from '../dom.js';
import { Maths } from './maths.js';

export const SOLVERS = {
  newton: { name: 'Newton', dash: '' },
  gradient: { name: 'Gradient', dash: '7 3' },
  lbfgs: { name: 'L-BFGS', dash: '2 3' },
  adam: { name: 'Adam', dash: '9 3 2 3' },
};
/** The residual to reach. */
const TOLERANCE = 1e-9;
/** The most steps to record: Newton needs few, the others get what is done in seconds. */
const NEWTON = 200;
const FEWEST = 60;
const MOST = 500;
const WORK = 750_000;
const most = (solver, count) => (solver === 'newton' ? NEWTON : Math.min(MOST, Math.max(FEWEST, Math.floor(WORK / count))));

/** What the solvers begin from, as one word. */
const startOf = ({ serial, settings: { from }, plane }, hand) => `${serial} ${plane.scenario.seed} ${from} ${JSON.stringify(hand)}`;

/**
 * Recordings of the present start, by solver. One worker holds the recording whose states are shown;
 * those that are only compared are made in a second one, so that nobody waits for them.
 */
export class Recordings {
  #key = '';
  #known = new Map();
  /** Solvers whose states the session's worker holds. */
  #held = new Set();
  #aside = null;
  /** The comparison under way. */
  #turn = null;

  constructor(session) {
    this.session = session;
  }

  /** The recordings made so far, in the order of SOLVERS. */
  all(hand) {
    this.#begin(hand);
    return Object.keys(SOLVERS).filter((name) => this.#known.has(name)).map((name) => ({ solver: name, ...SOLVERS[name], recording: this.#known.get(name) }));
  }

  #begin(hand) {
    const key = startOf(this.session, hand);
    if (key === this.#key) return key;
    this.#key = key;
    this.#known.clear();
    this.#held.clear();
    return key;
  }

  #request(solver, hand) {
    return { solver, from: this.session.settings.from, hand, tolerance: TOLERANCE, steps: most(solver, this.session.shape.count), seed: this.session.plane.scenario.seed };
  }

  /**
   * The recording of a solver whose states can be asked for; null where it is not wanted any more.
   * `onProgress` hears (iteration, residual).
   */
  async of(solver, hand, onProgress) {
    const key = this.#begin(hand);
    if (!this.#held.has(solver)) {
      const recording = await this.session.maths.record({ ...this.#request(solver, hand), onProgress });
      if (!recording || key !== this.#key) return null;
      this.#known.set(solver, recording);
      this.#held.add(solver);
    }
    return this.#known.get(solver);
  }

  /** Whether `of` answers at once. */
  ready(solver, hand) {
    this.#begin(hand);
    return this.#held.has(solver);
  }

  state(k, solver) {
    return this.session.maths.at(k, solver);
  }

  /** What was recorded is not there any more. */
  forget() {
    this.#held.clear();
  }

  /** Runs those solvers that were not run yet; `one()` hears of each. */
  async compare(hand, one, failed) {
    const key = this.#begin(hand);
    const left = () => Object.keys(SOLVERS).find((name) => !this.#known.has(name));
    if (!left()) return;
    const { frame, plane } = this.session;
    const turn = {};
    this.#turn = turn;
    const maths = await Maths.open();
    this.#aside?.close();
    this.#aside = maths;
    try {
      if (this.#turn !== turn) return;
      if (await maths.take(frame, plane.scenario.view) === null) return;
      for (let solver = left(); solver && key === this.#key; solver = left()) {
        try {
          const recording = await maths.record(this.#request(solver, hand));
          if (!recording || key !== this.#key) return;
          this.#known.set(solver, recording);
        } catch (error) {
          if (error.code === 'closed' || error.code === 'engine') throw error;
          failed(solver, error);
          return;
        }
        one();
      }
    } finally {
      maths.close();
      if (this.#aside === maths) this.#aside = null;
    }
  }

  /** Nobody looks: what is only compared is given up. */
  rest() {
    this.#turn = null;
    this.#aside?.close();
    this.#aside = null;
  }
}

/** Under reduced motion so many pictures a second are shown, at whatever speed. */
const CALM = 2;

/**
 * Walks through states 0 to `last`. `show(k)` draws one and resolves when it is drawn; `keep(k)`
 * hears where the walk came to rest; `changed()` that it began or ended.
 */
export class Player {
  #last = 0;
  #asked = 0;
  #before = 0;

  constructor({ show, keep, changed }) {
    Object.assign(this, { show, keep, changed });
    this.step = 0;
    this.playing = false;
    this.speed = 2;
  }

  get last() {
    return this.#last;
  }

  /** Another recording, or another place in it. */
  set(step, last) {
    this.#last = last;
    this.step = Math.min(step, last);
  }

  async go(step, rest = true) {
    this.pause(false);
    this.step = Math.min(this.#last, Math.max(0, step));
    await this.show(this.step);
    if (rest) this.keep(this.step);
  }

  play() {
    if (this.playing || !this.#last) return;
    if (this.step >= this.#last) this.step = 0;
    this.playing = true;
    this.#before = performance.now();
    this.changed();
    this.show(this.step);
    this.#asked = requestAnimationFrame((now) => this.#tick(now));
  }

  async #tick(now) {
    if (!this.playing) return;
    const speed = reducedMotion() ? Math.min(this.speed, CALM) : this.speed;
    const due = Math.floor(((now - this.#before) * speed) / 1000);
    if (due > 0) {
      this.#before = now;
      const stride = Math.max(1, Math.round(this.speed / speed));
      this.step = Math.min(this.#last, this.step + stride * (speed > 30 ? due : 1));
      await this.show(this.step);
      if (!this.playing) return;
      if (this.step >= this.#last) {
        this.pause();
        return;
      }
    }
    this.#asked = requestAnimationFrame((next) => this.#tick(next));
  }

  /** `rest`: what is shown now is where it stays. */
  pause(rest = true) {
    if (!this.playing) return;
    cancelAnimationFrame(this.#asked);
    this.playing = false;
    this.changed();
    if (rest) this.keep(this.step);
  }
}
