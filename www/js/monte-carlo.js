// The page's side of a Monte Carlo solve: a worker of its own with a wasm of its own, one solve
// at a time. Both are fetched with the first.

import { failure, start } from './thread.js';

export class MonteCarlo {
  #worker = null;
  #id = 0;
  #run = null;
  /** Whether the worker still computes what nobody waits for. */
  #stray = false;

  /**
   * Solves; resolves to the answer, or to null where the solve was cancelled. A solve under way is
   * cancelled first. `request` is plain data, `play` false waits at the start; `onProgress` hears
   * how far it is, `onPause` that it rests.
   */
  start({ request, sites, masses }, { play = true, onProgress, onPause } = {}) {
    this.cancel();
    // A worker that has not yet heard that it should stop is not waited for.
    if (this.#stray) this.#end();
    this.#worker ??= this.#open();
    this.#id += 1;
    const run = { onProgress, onPause };
    const answer = new Promise((resolve, reject) => Object.assign(run, { resolve, reject }));
    this.#run = run;
    this.#worker.postMessage({ type: 'start', id: this.#id, request, sites, masses, play });
    return answer;
  }

  play() { this.#tell('play'); }
  pause() { this.#tell('pause'); }
  /** Goes on until another step is taken, or some where they are quick, and rests there. */
  step() { this.#tell('step'); }

  /** Ends the solve; its promise resolves to null. */
  cancel() {
    if (!this.#run) return;
    this.#tell('cancel');
    this.#run.resolve(null);
    this.#run = null;
    this.#stray = true;
  }

  /** Ends the worker. */
  close() {
    this.cancel();
    this.#end();
  }

  #tell(type) {
    if (this.#run) this.#worker?.postMessage({ type });
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#stray = false;
  }

  #open() {
    const worker = start(new URL('./monte-carlo-worker.js', import.meta.url));
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#fail({ code: 'engine', message: event.message || 'its worker failed' });
    };
    worker.onmessage = ({ data }) => {
      if (this.#worker !== worker || data.id !== this.#id) return;
      const run = this.#run;
      if (data.progress) run?.onProgress?.(data.progress);
      else if (data.paused) run?.onPause?.();
      else if (data.fatal) this.#fail(data.error);
      else {
        this.#stray = false;
        this.#run = null;
        if (data.error) run?.reject(failure(data.error));
        else run?.resolve(data.answer);
      }
    };
    return worker;
  }

  /** The worker cannot go on; the next solve starts another. */
  #fail({ code, message }) {
    const run = this.#run;
    this.#run = null;
    this.#end();
    run?.reject(failure({ code, message: `The solver’s worker stopped (${message}). Your points and the heights so far are kept: play to go on from them.` }));
  }
}
