// The page's side of the engine: a queue of calls to the worker that holds the scene.
//
// Calls run in order, one at a time. While one runs, a newer call of a drag takes the place of
// the one that waits: an older `move` resolves to null, an older `mass` or `set` to the frame of
// the newer. Of waiting calls of `aeot` only the newest is made, the others resolve to null. A
// worker that fails is started again with the last finished scenario, and the call that failed
// rejects with code `engine`.

import { Thread, failure } from './thread.js';

const same = (a, b) => a.length === b.length && a.every((key) => b.includes(key));

export class Engine {
  #thread;
  #queue = [];
  #running = null;
  #primed = 0;
  #state = null;
  #serial = 0;
  #closed = false;
  #onSolve = null;

  /**
   * Starts the worker and loads the wasm. `onProgress(share)` hears the share loaded, 0 to 1;
   * `onSolve(iteration, residual)` the steps of every solve.
   */
  static async load({ onProgress, onSolve } = {}) {
    const engine = new Engine();
    engine.#onSolve = onSolve ?? null;
    engine.#thread = new Thread((data) => {
      if (data.share !== undefined) onProgress?.(data.share);
      else engine.#onSolve?.(data.iteration, data.residual);
    });
    await engine.#thread.open();
    return engine;
  }

  /** Opens a link; '' is the default scene. A bad link rejects with code `link`, the scene stays. */
  open(hash) { return this.#ask('open', [String(hash ?? '')]); }
  /** The scenario as a plain object, edits included. */
  scenario() { return this.#ask('scenario', []); }
  /** Changes fields of the scenario. Of calls that wait with the same fields the last one counts. */
  set(patch) {
    const waits = this.#queue.at(-1);
    const keys = Object.keys(patch);
    if (waits?.call === 'set' && same(Object.keys(waits.patch), keys)) {
      const merged = { ...waits.patch };
      for (const key of keys) {
        const deep = ['view', 'experiment', 'method', 'gans', 'potential'].includes(key);
        merged[key] = deep ? { ...merged[key], ...patch[key] } : patch[key];
      }
      waits.patch = merged;
      waits.args = [JSON.stringify(merged)];
      return waits.promise;
    }
    return this.#ask('set', [JSON.stringify(patch)], { patch });
  }
  /** Moves a site. Superseded calls of a drag resolve to null; `final` ends the drag. */
  move(site, x, y, { final = false } = {}) {
    const waits = this.#queue.at(-1);
    if (waits?.call === 'move' && waits.site === site && !waits.final) {
      this.#queue.pop();
      waits.resolve(null);
    }
    return this.#ask('move', [site, x, y, final], { site, final });
  }
  /** Sets a site's mass, in multiples of the usual (median) mass of the other sites. */
  mass(site, relative, { final = false } = {}) {
    const waits = this.#queue.at(-1);
    if (waits?.call === 'mass' && waits.site === site && !waits.final) {
      waits.args = [site, relative, final];
      waits.final = final;
      return waits.promise;
    }
    return this.#ask('mass', [site, relative, final], { site, final });
  }
  /** Adds a site of the usual mass, or of `mass` times it. */
  add(x, y, mass) { return this.#ask('add', [x, y, mass]); }
  remove(site) { return this.#ask('remove', [site]); }
  /** Adds sites along a path of points [x, y]. */
  brush(path) { return this.#ask('brush', [Float64Array.from(path.flat())]); }
  /** Own points from CSV or JSON. Errors carry `line`, `column` or `index`. */
  importText(text, name = '') { return this.#ask('importText', [String(text), String(name)]); }
  undo() { return this.#ask('undo', []); }
  redo() { return this.#ask('redo', []); }
  /** The canonical link of the scene, or { hash, carried: false } when its points do not fit. */
  async hash() {
    const link = await this.#ask('hash', []);
    return link.carried ? link.hash : link;
  }
  /** Like `hash`, always as { hash, carried, step }: `step` is the rounding of own points or null. */
  link() { return this.#ask('hash', []); }
  /** Solves a scene above 10,000 sites. */
  solve() { return this.#ask('solve', []); }
  /** AE-OT on the scene's mixture. */
  experiment() { return this.#ask('experiment', []); }
  /** x, y, σ, weight of each mode of the scene's mixture. */
  modes() { return this.#ask('modes', []); }
  /**
   * AE-OT without errors and references, for every frame of a drag: { real, generated, grid, marks,
   * report, milliseconds }. What is not given is the scenario's. `grid` asks for the image of a grid
   * over the source, of [lines each way, points a line]. Superseded calls resolve to null.
   */
  aeot({ modes, real, generated, seed, grid } = {}) {
    const waits = this.#queue.findIndex((request) => request.call === 'aeot');
    if (waits >= 0) this.#queue.splice(waits, 1)[0].resolve(null);
    return this.#ask('aeot', [modes, real, generated, seed, grid && Uint32Array.from(grid)]);
  }
  /** One row of the table for pasted samples. */
  score(text, name = '') { return this.#ask('score', [String(text), String(name)]); }
  exportPlan() { return this.#ask('exportPlan', []); }
  exportSamples() { return this.#ask('exportSamples', []); }

  /** Mass of a site in multiples of the usual (median) mass of the others: what `mass` takes. */
  static relativeMass(frame, site) {
    const others = frame.masses.filter((mass, k) => k !== site && mass > 0).sort();
    return others.length ? frame.masses[site] / others[(others.length - 1) >> 1] : 1;
  }

  /** Stops what is running: its promise rejects with code `cancelled`, the scene stays. */
  cancel() {
    if (!this.#running) return;
    this.#thread.cancel(failure({ code: 'cancelled', message: 'Stopped.' }));
  }

  /** Ends the worker. */
  close() {
    this.#closed = true;
    const error = failure({ code: 'closed', message: 'The engine was closed.' });
    this.#thread.cancel(error);
    for (const request of this.#queue.splice(0)) request.reject(error);
  }

  #ask(call, args, more = {}) {
    const request = { call, args, ...more };
    request.promise = new Promise((resolve, reject) => Object.assign(request, { resolve, reject }));
    if (this.#closed) request.reject(failure({ code: 'closed', message: 'The engine was closed.' }));
    else {
      this.#queue.push(request);
      this.#next();
    }
    return request.promise;
  }

  async #next() {
    if (this.#running || !this.#queue.length) return;
    const request = this.#queue.shift();
    this.#running = request;
    try {
      await this.#prime();
      const { value, state } = await this.#thread.call(request.call, request.args);
      if (state !== undefined) this.#state = state;
      if (value && typeof value === 'object' && 'serial' in value) {
        // A new worker counts from one again; the page must not.
        this.#serial += 1;
        value.serial = this.#serial;
      }
      request.resolve(value);
    } catch (error) {
      if (error.fatal) {
        console.warn(error);
        request.reject(failure({ code: 'engine', message: 'The solver stopped at this step; it was started again with the scene before it. Undo history is gone.' }));
      } else request.reject(error);
    } finally {
      this.#running = null;
      this.#next();
    }
  }

  /** Gives a new worker the last finished scenario. */
  async #prime() {
    await this.#thread.open();
    if (this.#primed === this.#thread.started) return;
    this.#primed = this.#thread.started;
    if (this.#state === null) return;
    try {
      await this.#thread.call('restore', [this.#state]);
    } catch (error) {
      // The scene itself fails: go on with the default one rather than not at all.
      if (error.code === 'cancelled' || error.code === 'closed') throw error;
      console.warn(error);
    }
  }
}
