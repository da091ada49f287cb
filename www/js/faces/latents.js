// The page's side of the worker that holds the codes and their transport: calls to Rust, each a
// promise. See latent-worker.js; lab::latent says what comes back.

import { failure, start } from '../thread.js';
import { bytes, trust } from './bytes.js';

/** Calls of which only the newest is wanted have a queue of their own in the scene, by `latest`. */
export class Latents {
  #worker;
  #waiting = new Map();
  #id = 0;
  #over = null;
  #file;

  /** What the file says of itself, or of other heights once they were calibrated: { name, dimension, count, shipped, jumps, angles, report, … }. */
  about;

  /**
   * Fetches a `.blat` file and opens it. Rejects with the reason of `signal`, or with an Error whose
   * `code` is `offline`, `weights` (the server refuses), `engine` (the wasm), or begins with
   * `latent-` (the file). After each of them it may be called again.
   */
  static async open({ url, onProgress, signal }) {
    const file = new URL(url);
    const content = await bytes(file, { what: 'The codes', onProgress, signal });
    signal?.throwIfAborted();
    const latents = new Latents();
    latents.#worker = start(new URL('./latent-worker.js', import.meta.url));
    const worker = latents.#worker;
    const stop = () => latents.close();
    signal?.addEventListener('abort', stop, { once: true });
    worker.onerror = (event) => {
      event.preventDefault();
      latents.#end({ code: 'engine', message: event.message || 'its worker failed' });
    };
    worker.onmessage = ({ data }) => latents.#settle(data);
    try {
      latents.#file = await latents.#ask('open', [content], [content.buffer]);
      latents.about = latents.#file;
      signal?.throwIfAborted();
      trust(file, true);
      return latents;
    } catch (error) {
      if (error.code?.startsWith('latent-')) trust(file, false);
      latents.close();
      signal?.throwIfAborted();
      if (error.code === 'engine') throw failure({ code: 'engine', message: `The transport could not be loaded (${error.message}). Check the connection and try again.` });
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  #settle({ id, value, error }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (!error) waiting?.resolve(value);
    else {
      waiting?.reject(failure(error));
      // Wasm that panicked cannot go on.
      if (error.code === 'engine') this.#end(error);
    }
  }

  #end(error) {
    this.#over ??= failure(error);
    this.#worker?.terminate();
    for (const { reject } of this.#waiting.values()) reject(this.#over);
    this.#waiting.clear();
  }

  #ask(call, args, transfer = []) {
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(this.#over);
        return;
      }
      this.#id += 1;
      this.#waiting.set(this.#id, { resolve, reject });
      this.#worker.postMessage({ id: this.#id, call, args }, transfer);
    });
  }

  close() {
    this.#end({ code: 'closed', message: 'These codes were closed.' });
  }

  /** Points `first` to `first + count` of a seed through a map. `at`: a quantile of the jumps. */
  sample({ seed, first = 0, count, map, at }) { return this.#ask('sample', [seed, first, count, map, at]); }
  /** Points of a seed alone. */
  points(seed, first, count) { return this.#ask('points', [seed, first, count]); }
  /** The stored codes of some cells, for the decoder. */
  codes(cells) { return this.#ask('codes', [Uint32Array.from(cells)]); }
  /** The segment between two points. */
  line({ from, to, steps, map, at }) { return this.#ask('line', [from, to, steps, map, at]); }
  /** A segment that crosses the singular set; null where none was found. */
  findCrossing(seed, at) { return this.#ask('findCrossing', [seed, at]); }
  /** The plane through three points, and its cells. */
  plane(points, at) { return this.#ask('plane', [points, at]); }
  /** A place of the plane asked for last, through a map. */
  atPlane(s, t, map, at) { return this.#ask('atPlane', [s, t, map, at]); }
  /** What a quantile of the jumps stands for: { quantile, jump, angle, angleScale }. */
  threshold(at) { return this.#ask('threshold', [at]); }
  /** Other heights; null for the shipped ones, with the threshold chosen for them. */
  async setHeights(heights) {
    await this.#ask('setHeights', [heights]);
    if (heights === null) this.about = this.#file;
  }
  /** Chooses the threshold for the present heights, by their jumps at some seeded points. */
  async calibrate(seed, points) { this.about = await this.#ask('calibrate', [seed, points]); }
  /** What a solve from heights of zero needs: { request, sites, masses }. */
  problem({ method, tolerance, seed, device }) { return this.#ask('problem', [method, tolerance, seed, device]); }
  /** The share of each class among the stored codes. */
  classShares() { return this.#ask('classShares', []); }
  /** Counts of pictures in each class: { captured, kl, perfect, low, high }. */
  tally(counts) { return this.#ask('tally', [counts]); }
}
