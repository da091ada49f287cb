// A worker that can be ended and started again: the common part of engine.js and brenier.js.

import { SHARES } from './wasm.js';

/** An Error with a code and, where known, a place in the input. */
export function failure({ code, message, index, line, column }) {
  const error = new Error(message);
  error.code = code;
  for (const [key, value] of Object.entries({ index, line, column })) {
    if (value !== undefined) error[key] = value;
  }
  return error;
}

let lend = null;
/** Has every worker that is started from now on handed to `it`: see embed/share.js. */
export const lending = (it) => { lend = it; };

/** Starts a worker. From another origin it cannot start directly, but a blob can import it. */
export function start(url = new URL('./worker.js', import.meta.url)) {
  const options = { type: 'module', name: lend ? SHARES : 'brenier' };
  if (url.origin === globalThis.location?.origin || url.protocol === 'file:') {
    const worker = new Worker(url, options);
    lend?.(worker);
    return worker;
  }
  const source = URL.createObjectURL(new Blob([`import ${JSON.stringify(url.href)};`], { type: 'text/javascript' }));
  const worker = new Worker(source, { ...options, name: 'brenier' });
  worker.addEventListener('message', () => URL.revokeObjectURL(source), { once: true });
  return worker;
}

/** One worker, one call at a time. `onmessage` hears what is no answer: shares and steps. */
export class Thread {
  #onmessage;
  #id = 0;
  #waiting = null;
  #worker = null;
  #ready = null;
  #abandon = null;

  /** Counts the workers started: a new one knows nothing of what was said to the old. */
  started = 0;

  constructor(onmessage) {
    this.#onmessage = onmessage;
  }

  /** Resolves when the wasm runs. After a failure the next call tries again. */
  open() {
    if (!this.#ready) {
      this.started += 1;
      const ready = new Promise((resolve, reject) => this.#start(resolve, reject));
      this.#ready = ready;
      ready.catch(() => {
        if (this.#ready === ready) this.close();
      });
    }
    return this.#ready;
  }

  #start(resolve, reject) {
    const fail = (what) => reject(failure({
      code: 'engine',
      message: `The solver could not be loaded (${what}). Check the connection and reload the page.`,
    }));
    this.#abandon = reject;
    let worker;
    try {
      worker = start();
    } catch (error) {
      fail(error.message);
      return;
    }
    this.#worker = worker;
    worker.onerror = (event) => {
      event.preventDefault();
      const what = event.message || 'its worker failed';
      fail(what);
      if (this.#worker !== worker) return;
      this.close();
      this.#settle({ error: { code: 'engine', message: `The solver stopped: ${what}.` }, fatal: true });
    };
    worker.onmessage = ({ data }) => {
      if (data.ready) resolve();
      else if (data.failed !== undefined) fail(data.failed);
      else if (data.id === undefined) this.#onmessage?.(data);
      else if (data.id === this.#id) this.#settle(data);
    };
  }

  #settle(data) {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (data.fatal) this.close();
    if (data.error) waiting?.reject(Object.assign(failure(data.error), { fatal: Boolean(data.fatal) }));
    else waiting?.resolve(data);
  }

  /** Sends a call; resolves to { value, state? }. The caller waits for one before the next. */
  async call(call, args) {
    await this.open();
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#id += 1;
      this.#worker.postMessage({ id: this.#id, call, args });
    });
  }

  /** Ends the worker, whatever it is doing. The next call starts a new one. */
  close() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
  }

  /** Ends the worker and rejects the call under way, or the loading. */
  cancel(error) {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.close();
    this.#abandon?.(error);
    waiting?.reject(error);
  }
}
