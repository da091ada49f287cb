// The GANs that train, each in a worker of its own, and what they have told so far.

import { Gan } from '../gan.js';
import { requests } from './methods.js';

/** Points, sides of lattices: the paper's networks are some thirty times as dear to look through. */
const LOOK = {
  page: { count: 2500, field: 48, arrows: 16, lines: 21, samples: 81 },
  paper: { count: 1000, field: 28, arrows: 14, lines: 15, samples: 41 },
};

/**
 * Events, with the key of the run as `detail.key`: `list` when runs come or go; `frame`, `mark`,
 * `score`, `state`, `error` as of a Gan; `begin` when a run is back at its start.
 */
export class Runs extends EventTarget {
  #session;
  #target;
  #view = { box: [-1, -1, 1, 1] };
  #speed = null;

  /** By key: { key, gan, request, frame, real, marks, row, state, error, moves }. */
  list = new Map();

  constructor(session, target) {
    super();
    this.#session = session;
    this.#target = target;
    target.addEventListener('change', ({ detail }) => this.#follow(detail));
    target.addEventListener('problem', ({ detail }) => detail && this.pause());
    session.addEventListener('scenario', () => this.#sync());
  }

  #tell(type, key, more = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail: { key, ...more } }));
  }

  get #look() {
    const { gans } = this.#session.scenario;
    const size = LOOK[gans.architecture];
    return { count: size.count, field: gans.field ? size.field : 0, arrows: gans.arrows ? size.arrows : 0, grid: gans.grid, lines: size.lines, samples: size.samples, box: this.#view.box };
  }

  /** Makes the runs those that the scenario asks for. */
  #sync() {
    const { scenario } = this.#session;
    if (!scenario || !this.#target.count) return;
    const wanted = requests(scenario);
    for (const [key, run] of this.list) {
      if (wanted[key]) continue;
      run.gan.close();
      this.list.delete(key);
      this.#tell('list', key);
    }
    for (const [key, request] of Object.entries(wanted)) {
      const run = this.list.get(key);
      if (!run) this.#make(key, request);
      else if (JSON.stringify(run.request) !== JSON.stringify(request)) this.#restart(run, request);
    }
    const look = JSON.stringify(this.#look);
    if (look !== this.#seen) {
      this.#seen = look;
      for (const { gan } of this.list.values()) gan.look(this.#look);
    }
    if (scenario.gans.goal !== this.#goal) {
      this.#goal = scenario.gans.goal;
      for (const { gan } of this.list.values()) gan.goal(this.#goal);
    }
  }

  #seen = '';
  #goal = null;

  #make(key, request) {
    const { goal } = this.#session.scenario.gans;
    const gan = new Gan({ request, modes: this.#target.modes, look: this.#look, speed: this.#speed, goal });
    const run = { key, gan, request, state: 'loading' };
    this.#clear(run);
    this.list.set(key, run);
    const mine = (listener) => ({ detail }) => {
      if (this.list.get(key) !== run) return;
      listener(detail);
    };
    gan.addEventListener('frame', mine((frame) => {
      run.frame = { ...frame, samples: JSON.parse(this.#seen || '{}').samples };
      this.#tell('frame', key);
    }));
    gan.addEventListener('mark', mine((mark) => {
      // After a worker died marks come again.
      if (run.marks.length && run.marks.at(-1).steps >= mark.steps) return;
      run.marks.push(mark);
      this.#tell('mark', key);
    }));
    gan.addEventListener('score', mine(({ row }) => {
      run.row = row;
      this.#tell('score', key);
    }));
    gan.addEventListener('state', mine(({ state }) => {
      run.state = state;
      if (state === 'running') run.error = null;
      this.#tell('state', key, { state });
    }));
    gan.addEventListener('error', mine((error) => {
      run.error = error;
      this.#tell('error', key, { error });
    }));
    this.#tell('list', key);
    // One that joins the others while they train trains as well.
    if (this.playing) gan.play();
  }

  #clear(run) {
    Object.assign(run, { frame: null, marks: [], row: null, error: null, moves: [] });
  }

  #restart(run, request = run.request) {
    const playing = run.state === 'running';
    run.request = request;
    this.#clear(run);
    run.gan.reset(request, this.#target.modes);
    this.#tell('begin', run.key);
    if (playing) run.gan.play();
  }

  #follow({ kind }) {
    const { bounds } = this.#target.frame;
    if (bounds.join() !== this.#view.box.join()) this.#view = { box: bounds };
    for (const run of this.list.values()) {
      if (kind === 'new') this.#restart(run);
      else {
        run.gan.retarget(this.#target.modes);
        const steps = run.frame?.counters.steps ?? 0;
        if (steps && run.moves.at(-1) !== steps) run.moves.push(steps);
      }
    }
    this.#sync();
  }

  /** Whether any of them trains. */
  get playing() {
    return [...this.list.values()].some(({ state }) => state === 'running');
  }

  play() {
    for (const { gan, state } of this.list.values()) if (state !== 'failed') gan.play();
  }

  pause() {
    for (const { gan } of this.list.values()) gan.pause();
  }

  /** One step of each, or one update of `discriminator` or `generator` alone. */
  step(which) {
    for (const { gan } of this.list.values()) gan.step(which);
  }

  /** All back to their starts, at rest. */
  reset() {
    for (const run of this.list.values()) {
      this.#clear(run);
      run.gan.reset(run.request, this.#target.modes);
      this.#tell('begin', run.key);
    }
  }

  speed(stepsPerSecond) {
    this.#speed = stepsPerSecond;
    for (const { gan } of this.list.values()) gan.speed(stepsPerSecond);
  }
}
