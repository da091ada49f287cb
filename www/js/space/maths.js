// The page's side of the worker beside it: calls to Rust, each a promise.

import { failure, start } from '../thread.js';

export class Maths {
  #worker;
  #waiting = new Map();
  #id = 0;

  /** Starts the worker; resolves when its wasm runs. `module` is then the compiled wasm. */
  static async load() {
    const maths = new Maths();
    maths.#worker = start(new URL('./worker.js', import.meta.url));
    await new Promise((resolve, reject) => {
      const fail = (what) => {
        const message = `The scene could not be loaded (${what}). Check the connection and choose it again.`;
        const error = failure({ code: 'engine', message });
        reject(error);
        for (const { reject: refuse } of maths.#waiting.values()) refuse(error);
        maths.#waiting.clear();
      };
      maths.#worker.onerror = (event) => {
        event.preventDefault();
        fail(event.message || 'its worker failed');
      };
      maths.#worker.onmessage = ({ data }) => {
        if (data.ready) {
          maths.module = data.module;
          resolve();
        } else if (data.failed !== undefined) fail(data.failed);
        else maths.#settle(data);
      };
    });
    return maths;
  }

  #settle({ id, value, error }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(failure(error));
    else waiting?.resolve(value);
  }

  #ask(call, ...args) {
    this.#id += 1;
    const id = this.#id;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, call, args });
    });
  }

  /** A link as { space, missing }. */
  open(hash) { return this.#ask('spaceOpen', hash); }
  /** A scene's link as { hash, carried, step }. */
  link(space) { return this.#ask('spaceLink', JSON.stringify(space)); }
  /** A scene's sites as { sites, masses, colours, centre, reach, scale }. */
  scene(space) { return this.#ask('spaceScene', JSON.stringify(space)); }
  /** Own points from CSV or JSON. Errors carry `line` and `column`. */
  points(text) { return this.#ask('spacePoints', text); }
  /** The site of each sample's cell. */
  cells(sites, heights, positions) { return this.#ask('spaceCells', sites, heights, positions); }
  /** How far the map jumps across the nearest wall of each sample's cell: { relative, median }. */
  jumps(sites, heights, positions, winners) { return this.#ask('spaceJumps', sites, heights, positions, winners); }
}
