// The page's side of the network's worker: a run that is started, played, stepped and reset.

import { start } from '../thread.js';

/** Events: `frame` with what the worker sends, `state`, `error`. */
export class NetworkRun extends EventTarget {
  #worker = null;
  #run = 0;

  /** 'idle', 'loading', 'running', 'paused', 'goal' or 'failed'. */
  state = 'idle';

  /** Starts anew from what is given (see network-worker.js); what ran before is forgotten. */
  start(given, { lines, samples, goal, speed, play }) {
    this.#worker ??= this.#open();
    this.#run += 1;
    this.#set('loading');
    this.#worker.postMessage({ type: 'start', run: this.#run, given, lines, samples, goal, speed, play });
  }

  play() { this.#tell({ type: 'play' }); }
  pause() { this.#tell({ type: 'pause' }); }
  step() { this.#tell({ type: 'step' }); }
  /** Steps a second, or null for as many as there can be. */
  speed(speed) { this.#tell({ type: 'speed', speed }); }
  /** The run rests at multiples of this. */
  goal(goal) { this.#tell({ type: 'goal', goal }); }
  /** How many samples are carried along. */
  look(samples) { this.#tell({ type: 'look', samples }); }

  /** Ends the worker. */
  close() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#set('idle');
  }

  #tell(message) {
    this.#worker?.postMessage(message);
  }

  #set(state) {
    this.state = state;
    this.dispatchEvent(new CustomEvent('state', { detail: state }));
  }

  #fail(error) {
    this.close();
    this.#set('failed');
    this.dispatchEvent(new CustomEvent('error', { detail: error }));
  }

  #open() {
    const worker = start(new URL('./network-worker.js', import.meta.url));
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#fail({ code: 'engine', message: event.message || 'Its worker failed.' });
    };
    worker.onmessage = ({ data }) => {
      if (this.#worker !== worker || data.run !== this.#run) return;
      if (data.error) this.#fail(data.error);
      else if (data.state) this.#set(data.state);
      else {
        // The next one is asked for when this one has been seen.
        requestAnimationFrame(() => this.#tell({ type: 'drawn' }));
        this.dispatchEvent(new CustomEvent('frame', { detail: data.frame }));
      }
    };
    return worker;
  }
}
