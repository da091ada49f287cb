// One scene in space: its plain data, its sites, and the solve that runs. Modules listen to it.
//
// Events: `space` (the data changed), `scene` (other sites), `look` (the view alone), `state`,
// `progress`, `cells`, `problem`.

import { MonteCarlo } from '../monte-carlo.js';
import { recall } from '../storage.js';
import { Address } from '../url.js';

const TOLERANCE = 0.03;
/** Display samples: fewer where the picture is small. */
const shown = () => (Math.min(innerWidth, innerHeight) < 600 ? 8000 : 16000);

export class SpaceSession extends EventTarget {
  #serial = 0;
  #run = 0;
  #wanted = null;

  constructor(maths) {
    super();
    this.maths = maths;
    this.solver = new MonteCarlo();
    this.space = null;
    /** What was wrong with the link that was opened last; null where nothing was. */
    this.refused = null;
    this.scene = null;
    /** idle, solving, paused, done, cancelled or failed. */
    this.state = 'idle';
    this.positions = null;
    this.cells = null;
    this.report = null;
    /** The whole answer, once there is one. */
    this.answer = null;
    /** Why the processor stands in for the path that was chosen; null where it does not. */
    this.fallen = null;
    this.resting = false;
    // What the address asks of a session.
    this.held = false;
    this.engine = { link: () => maths.link(this.space), scenario: async () => this.space };
    this.address = new Address(this);
  }

  get scenario() { return this.space; }
  setScenario() {}

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Opens a link. On failure the scene stays, or is the first one. */
  async open(hash) {
    let problem = null;
    let opened = null;
    this.refused = null;
    try {
      opened = await this.maths.open(hash);
      const kept = opened.missing ? recall(hash)?.points : null;
      if (kept) opened.space.points = kept;
      else if (opened.missing) {
        problem = new Error(`This link was too short to carry its ${opened.missing} points. Bring them again from their file.`);
        opened.space.shape = 'rabbit';
      }
    } catch (error) {
      problem = error;
      this.refused = error;
      if (!this.space) opened = await this.maths.open('scene=space');
    }
    if (opened) {
      this.#wanted = null;
      await this.patch(opened.space);
      this.emit('look', this.space.view);
    }
    if (problem) this.emit('problem', problem);
  }

  /** Changes what is solved. False, and a `problem`, where there is no such scene. */
  async patch(patch) {
    this.#serial += 1;
    const serial = this.#serial;
    this.#wanted = { ...(this.#wanted ?? this.space), ...patch };
    const space = this.#wanted;
    try {
      const scene = await this.maths.scene(space);
      if (serial !== this.#serial) return true;
      this.#wanted = null;
      this.space = space;
      this.scene = scene;
    } catch (error) {
      if (serial !== this.#serial) return false;
      this.#wanted = null;
      if (this.space) this.emit('space', this.space);
      this.emit('problem', error);
      return false;
    }
    this.emit('space', this.space);
    this.emit('scene', this.scene);
    this.address.touch();
    this.solve();
    return true;
  }

  /** Changes what is drawn. */
  look(view) {
    Object.assign(this.space.view, view);
    if (this.#wanted) this.#wanted.view = this.space.view;
    this.emit('look', this.space.view);
    this.address.touch();
  }

  /** Own points; errors are the caller's to show, beside the text. */
  async bring(text) {
    const points = await this.maths.points(text);
    await this.patch({ shape: 'own', points });
    return points.length;
  }

  #set(state) {
    this.state = state;
    this.emit('state', state);
  }

  /** Solves afresh. Resolves when it has ended, however it did. `device` stands in for the chosen. */
  async solve({ device = this.space.device, fallen = null } = {}) {
    this.#run += 1;
    const run = this.#run;
    const { scene, space } = this;
    this.positions = null;
    this.cells = null;
    this.report = null;
    this.answer = null;
    this.fallen = fallen;
    const request = { domain: space.source, dimension: 3, method: space.method, tolerance: TOLERANCE, seed: space.seed, device, show: shown() };
    this.#set('solving');
    const onProgress = (progress) => {
      if (run !== this.#run) return;
      if (progress.positions.length) this.positions = progress.positions;
      this.emit('progress', progress);
    };
    const onPause = () => {
      if (run === this.#run && this.state === 'solving') this.#set('paused');
    };
    try {
      const answer = await this.solver.start({ request, sites: scene.sites, masses: scene.masses ?? undefined }, { onProgress, onPause });
      if (run !== this.#run) return;
      if (!answer) {
        this.#set('cancelled');
        return;
      }
      const winners = await this.maths.cells(scene.sites, answer.heights, this.positions);
      const jumps = await this.maths.jumps(scene.sites, answer.heights, this.positions, winners);
      if (run !== this.#run) return;
      this.report = answer.report;
      this.answer = answer;
      this.cells = { winners, jumps, heights: answer.heights };
      this.emit('cells', this.cells);
      this.#set('done');
    } catch (error) {
      if (run !== this.#run) return;
      if (error.code === 'machine' && device === 'gpu') {
        await this.solve({ device: 'cpu', fallen: error.message });
        return;
      }
      this.emit('problem', error);
      this.#set('failed');
    }
  }

  pause() {
    this.solver.pause();
  }

  resume() {
    if (this.state !== 'paused') return;
    this.#set('solving');
    this.solver.play();
  }

  /** Goes on to the next look, and rests there. */
  step() {
    this.solver.step();
  }

  /** Waits while nobody looks, and goes on from there. */
  rest() {
    this.resting = this.state === 'solving';
    if (this.resting) this.solver.pause();
  }

  wake() {
    if (!this.resting) return;
    this.resting = false;
    if (this.state === 'paused') this.resume();
    else this.solver.play();
  }

  /** Stops with the cells as they are. */
  cancel() {
    this.solver.cancel();
  }
}
