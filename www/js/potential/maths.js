// The page's side of the worker beside it: calls to Rust, each a promise. lab::potential says what
// comes back.
//
// One call is under way at a time. Of calls that wait only the newest of its name is wanted: the
// older one resolves to null.

import { failure, start } from '../thread.js';

export class Maths {
  #worker;
  #queue = [];
  #under = null;
  #id = 0;
  #over = null;

  /** Starts the worker; resolves when its wasm runs. Rejects with an Error of code `engine`. */
  static async open() {
    const maths = new Maths();
    maths.#worker = start(new URL('./worker.js', import.meta.url));
    await new Promise((resolve, reject) => {
      const fail = (what) => {
        const error = failure({ code: 'engine', message: `The scene could not be loaded (${what}). Check the connection and choose it again.` });
        maths.#end(error);
        reject(error);
      };
      maths.#worker.onerror = (event) => {
        event.preventDefault();
        fail(event.message || 'its worker failed');
      };
      maths.#worker.onmessage = ({ data }) => {
        if (data.ready) resolve();
        else if (data.failed !== undefined) fail(data.failed);
        else maths.#settle(data);
      };
    });
    return maths;
  }

  #end(error) {
    this.#over ??= error;
    this.#worker.terminate();
    for (const call of [this.#under, ...this.#queue]) call?.reject(this.#over);
    this.#under = null;
    this.#queue = [];
  }

  #settle({ id, value, error, fatal, iteration, residual }) {
    const call = this.#under;
    if (call?.id !== id) return;
    if (iteration !== undefined) {
      call.onProgress?.(iteration, residual);
      return;
    }
    this.#under = null;
    if (error) call.reject(failure(error));
    else call.resolve(value);
    // Wasm that panicked cannot go on.
    if (fatal) this.#end(failure(error));
    else this.#next();
  }

  #next() {
    if (this.#under || this.#over || !this.#queue.length) return;
    this.#under = this.#queue.shift();
    const { id, call, args } = this.#under;
    this.#worker.postMessage({ id, call, args });
  }

  /** `old` tells which of the calls that wait this one makes needless: they resolve to null. */
  #ask(call, args, old = (waiting) => waiting.call === call, onProgress = null) {
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(this.#over);
        return;
      }
      for (const waiting of this.#queue.filter(old)) waiting.resolve(null);
      this.#queue = this.#queue.filter((waiting) => !old(waiting));
      this.#id += 1;
      this.#queue.push({ id: this.#id, call, args, onProgress, resolve, reject });
      this.#next();
    });
  }

  /** Sets every plane anew: a lift that waits has nothing to lift then. */
  #anew(call, args) {
    return this.#ask(call, args, (waiting) => waiting.call === call || waiting.call === 'lift');
  }

  /** Ends the worker; calls under way reject with code `closed`. */
  close() {
    this.#end(failure({ code: 'closed', message: 'The scene was closed.' }));
  }

  /**
   * Takes over a frame of the plane, with the scenario's view, as the solved scene:
   * { count, threshold }, the jump or angle beyond which a facet is singular here.
   */
  take(frame, view) {
    const { domain, sites, masses, heights, colours, source } = frame;
    const gaussian = source.name === 'gaussian' ? [...source.mean, source.sigma] : null;
    return this.#anew('take', [{ domain, gaussian, sites, masses, heights, colours }, view ?? {}]);
  }

  /** The Shape at the heights of a start, planes moved by `hand`, [[i, Δh], …]. */
  heights({ from, hand }) { return this.#anew('heights', [{ from, hand }]); }

  /**
   * The Shape with plane `i` moved by `lift` from where it is. A lift of the same plane that waits is
   * taken along, so that quick ones add up.
   */
  lift(i, lift) {
    const last = this.#queue.findLast((waiting) => waiting.call === 'lift');
    const before = last?.args[0] === i ? last : null;
    return this.#ask('lift', [i, lift + (before?.args[1] ?? 0)], (waiting) => waiting === before);
  }

  /**
   * Records a solver's steps from a start, planes moved by `hand`; takes the place of what was recorded
   * of it. { solver, count, stride, iterations, evaluations, stopped, tolerance, precisionLimit } and,
   * one a state, iteration, arrival, residual, energy, step, empty, samples; tries: { offsets, tau,
   * verdict }. `onProgress` hears (iteration, residual) a few times a second.
   */
  record({ solver, from, hand, tolerance, steps, seed, onProgress }) {
    const same = (waiting) => waiting.call === 'record' && waiting.args[0].solver === solver;
    return this.#ask('record', [{ solver, from, hand, tolerance, steps, seed }], same, onProgress);
  }

  /** The Shape at state `k` of what was recorded of a solver, with `gradient` and `direction`. */
  at(k, solver) { return this.#ask('at', [k, solver]); }

  /** u and φ of the solved scene: { u, phi, bounds, columns, rows, mean, reach, w2 }. */
  fields({ columns, rows }) { return this.#ask('fields', [{ columns, rows }]); }

  /**
   * A disk or a square on its way to a shape that `count` sites fill; 'scene': the scene's own source
   * to its sites. { count, bounds, threshold, singularLength, furthest, report } and domain, outlines,
   * outlineOffsets, sites, masses, heights, cellVertices, cellOffsets; the mesh: vertices, images,
   * vertexSites, triangles; the singular facets: facets, facetEnds; share.
   */
  shape({ shape, source, count, seed }) { return this.#ask('shape', [{ shape, source, count, seed }]); }
}
