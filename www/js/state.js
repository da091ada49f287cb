// One session: the engine, the scene it holds, and what is chosen. Modules listen to it.
//
// Events: `frame`, `scenario`, `look`, `selection`, `busy`, `progress`, `problem`, `note`, `link`.

import { Engine } from './engine.js';
import { Address } from './url.js';
import { recall } from './storage.js';

const SLOW = 180;

export class Session extends EventTarget {
  constructor() {
    super();
    this.engine = null;
    this.frame = null;
    this.scenario = null;
    this.selected = -1;
    this.held = false;
    this.pending = 0;
    this.address = new Address(this);
    /** What was wrong with the link that was opened last; null where nothing was. */
    this.refused = null;
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Loads the engine, then the scene of the link. Fails only where there is no engine. */
  async start(hash, options) {
    this.engine = await Engine.load({ ...options, onSolve: (iteration, residual) => this.emit('progress', { iteration, residual }) });
    let problem = null;
    try {
      await this.open(hash, { quiet: true });
    } catch (error) {
      problem = error;
      await this.open('', { quiet: true });
      this.refused = error;
    }
    if (problem) this.emit('problem', problem);
  }

  /** Opens a link; on failure the scene stays as it is, and so does its address. */
  async open(hash, options) {
    let frame;
    try {
      frame = await this.run(() => this.engine.open(hash), { quiet: true });
      this.refused = null;
    } catch (error) {
      this.refused = error;
      if (options?.quiet) throw error;
      this.emit('problem', error);
      this.address.touch();
      return;
    }
    const kept = hash ? recall(hash) : null;
    if (kept?.points) await this.run(() => this.engine.set({ points: kept.points }), options);
    else if (frame.notes.length) this.emit('note', frame.notes.join(' '));
    this.setScenario(await this.engine.scenario());
    this.emit('frame', this.frame);
  }

  setScenario(scenario) {
    this.scenario = scenario;
    this.emit('scenario', scenario);
  }

  /** Runs a call to the engine: its frame is shown, its error is told, nothing is lost. */
  async run(call, { quiet = false } = {}) {
    this.pending += 1;
    const slow = setTimeout(() => this.emit('busy', true), SLOW);
    try {
      const frame = await call();
      if (frame) this.accept(frame);
      return frame;
    } catch (error) {
      if (quiet) throw error;
      this.emit('problem', error);
      return null;
    } finally {
      clearTimeout(slow);
      this.pending -= 1;
      if (!this.pending) this.emit('busy', false);
    }
  }

  accept(frame) {
    if (this.frame && frame.serial < this.frame.serial) return;
    this.frame = frame;
    if (this.selected >= frame.count) this.select(frame.count - 1);
    this.emit('frame', frame);
    this.address.touch();
  }

  /** Changes fields of the scenario; the engine decides what has to be solved again. */
  async patch(patch, options) {
    const { scenario } = this;
    // A preset chosen once more undoes what was changed by hand.
    const same = ([key, value]) => JSON.stringify(scenario?.[key]) === JSON.stringify(value) && !(key === 'preset' && scenario.points);
    if (Object.entries(patch).every(same)) return this.frame;
    try {
      return await this.run(() => this.engine.set(patch), options);
    } finally {
      this.setScenario(await this.engine.scenario());
    }
  }

  /** Changes view switches: shown at once, then asked of the engine. */
  async look(changes, options) {
    Object.assign(this.scenario.view, changes);
    this.emit('look', this.scenario.view);
    return this.run(() => this.engine.set({ view: changes }), options);
  }

  select(site) {
    if (site === this.selected) return;
    this.selected = site;
    this.emit('selection', site);
  }

  move(site, x, y, final) {
    this.held = !final;
    return this.run(() => this.engine.move(site, x, y, { final }));
  }

  async add(x, y) {
    const frame = await this.run(() => this.engine.add(x, y));
    if (frame) this.select(frame.count - 1);
    return frame;
  }

  async remove(site) {
    const frame = await this.run(() => this.engine.remove(site));
    if (frame) this.emit('selection', this.selected);
    return frame;
  }

  /** Whether a solve is too long to follow a slider while it moves. */
  get heavy() {
    return this.frame?.count > 3000;
  }

  /** Mass in multiples of the usual (median) mass of the other sites, as the engine takes it. */
  relativeMass(site) {
    return Engine.relativeMass(this.frame, site);
  }

  mass(site, relative, final) {
    this.held = !final;
    return this.run(() => this.engine.mass(site, relative, { final }));
  }

  brush(points) {
    return this.run(() => this.engine.brush(points));
  }

  async step(which) {
    this.held = false;
    const frame = await this.run(() => this.engine[which]());
    if (frame) this.setScenario(await this.engine.scenario());
    return frame;
  }

  /** Own points. Errors are the caller's to show, beside the text. */
  async bring(text, name) {
    if (!this.engine) throw new Error('The solver is not loaded. Keep a copy of this text, reload the page, and bring it again.');
    const frame = await this.run(() => this.engine.importText(text, name), { quiet: true });
    this.select(-1);
    this.setScenario(await this.engine.scenario());
    return frame;
  }

  solve() {
    return this.run(() => this.engine.solve());
  }
}
