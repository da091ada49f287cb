// AE-OT on the same mixture: solved exactly at every change, scored in full at rest.

import { latest } from '../dom.js';

/** Generated samples while a mode is dragged. */
const DRAGGED = 2500;
/** Lines each way of the grid whose image is shown, and points a line. */
export const GRID = [21, 401];

/**
 * Events: `frame` when samples have changed, `row` when the full scores have, `error`.
 */
export class AeOt extends EventTarget {
  #session;
  #target;
  #known = '';

  /** { real, generated, marks, milliseconds } of the last solve. */
  frame = null;
  /** The answer of the experiment, with the table's row; null while samples are newer. */
  full = null;
  error = null;
  /** Counts solves, for what is drawn of them. */
  serial = 0;

  constructor(session, target) {
    super();
    this.#session = session;
    this.#target = target;
    target.addEventListener('change', ({ detail }) => (detail.final ? this.#settle() : this.solve()));
    target.addEventListener('problem', ({ detail }) => {
      if (!detail) return;
      this.frame = this.full = null;
      this.#known = '';
      this.#tell('frame');
    });
    session.addEventListener('scenario', () => this.#settle());
    session.addEventListener('look', () => this.#settle());
  }

  #tell(type) {
    this.dispatchEvent(new Event(type));
  }

  /** Solves for the modes as they are now; of calls that wait only the newest is made. */
  async solve() {
    const modes = this.#target.modes.slice();
    try {
      const grid = this.#session.scenario.gans.grid ? GRID : undefined;
      const frame = await this.#session.engine.aeot({ modes, generated: DRAGGED, grid });
      if (!frame) return;
      this.error = null;
      this.frame = frame;
      this.full = null;
      this.serial += 1;
      this.#tell('frame');
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error) {
    if (error.code === 'cancelled' || error.code === 'closed') return;
    this.error = error;
    this.#tell('error');
  }

  /** Solves and scores where anything it depends on has changed. */
  #settle() {
    const { scenario } = this.#session;
    if (!scenario || !this.#target.count || this.#session.held) return;
    const { view, experiment, seed, tolerance, source, sourceSigma, domain, gans } = scenario;
    const key = JSON.stringify([[...this.#target.modes], experiment, seed, tolerance, source, sourceSigma, domain, view.measure, view.kappa, view.theta, view.scale, gans.grid]);
    if (key === this.#known) return;
    this.#known = key;
    this.run();
  }

  /** The whole experiment: samples at once, then scores with their errors and references. */
  run = latest(async () => {
    await this.solve();
    if (this.error) return;
    try {
      this.full = await this.#session.engine.experiment();
      this.frame = { ...this.frame, real: this.full.real, generated: this.full.generated };
      this.serial += 1;
      this.#tell('frame');
      this.#tell('row');
    } catch (error) {
      this.#fail(error);
    }
  });
}
