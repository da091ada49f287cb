// The page's side of a decoder: its weights, and a worker of its own with a wasm of its own. See
// decoder-worker.js.

import { failure, start } from '../thread.js';
import { bytes as fetched, trust } from './bytes.js';

/** What can decode: burn-flex, and burn-ndarray, which is slower and there to be compared with. */
export const BACKENDS = ['flex', 'ndarray'];

/** The backend that the page's address asks for: `?backend=ndarray`. */
export function backendOf(search = globalThis.location?.search ?? '') {
  const asked = new URLSearchParams(search).get('backend');
  return BACKENDS.includes(asked) ? asked : BACKENDS[0];
}

/** A decoder that is ready; `open` makes it. */
class Decoder {
  #worker;
  #waiting = new Map();
  #id = 0;
  #over = null;

  /** What the file says of itself: { name, shape, licence, record, labels? }. */
  about;
  /** Coordinates of a code. */
  latent;
  /** Pixels in a row of a picture, and rows. */
  side;
  /** What decodes: one of BACKENDS. */
  backend;

  constructor(worker, { about, latent, side, backend }) {
    Object.assign(this, { about, latent, side, backend });
    this.#worker = worker;
    worker.onerror = (event) => {
      event.preventDefault();
      this.#end(stopped(event.message));
    };
    worker.onmessage = ({ data: { id, value, error } }) => {
      const call = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (!error) call?.resolve(value);
      else if (error.code === 'engine') {
        const over = stopped(error.message);
        call?.reject(over);
        this.#end(over);
      } else call?.reject(failure(error));
    };
  }

  /**
   * The pictures of whole codes, one after the other, as ImageData wants them: a Uint8ClampedArray
   * of side × side × 4 for each. Calls are answered in their order.
   */
  decode(codes) {
    return this.#call('decode', codes);
  }

  /**
   * The class of each code's picture, numbered as in `about.labels.classes`: a Uint8Array, or
   * undefined where the file has no classifier.
   */
  label(codes) {
    return this.#call('label', codes);
  }

  #call(call, codes) {
    return new Promise((resolve, reject) => {
      if (this.#over) {
        reject(this.#over);
        return;
      }
      this.#id += 1;
      this.#waiting.set(this.#id, { resolve, reject });
      this.#worker.postMessage({ id: this.#id, call, codes: Float32Array.from(codes) });
    });
  }

  /** Ends the worker; what is under way rejects with code `closed`. */
  close() {
    this.#end(failure({ code: 'closed', message: 'This decoder was closed.' }));
  }

  #end(error) {
    this.#over ??= error;
    this.#worker.terminate();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

const stopped = (what) => failure({ code: 'engine', message: `The decoder stopped: ${what || 'its worker failed'}. Load it again.` });

/** Resolves to what a worker says of the decoder that it has opened. */
function opened(worker, told) {
  return new Promise((resolve, reject) => {
    const fail = (what) => reject(failure({
      code: 'engine',
      message: `The decoder could not be loaded (${what}). Check the connection and try again.`,
    }));
    worker.onerror = (event) => {
      event.preventDefault();
      fail(event.message || 'its worker failed');
    };
    worker.onmessage = ({ data: { opened: decoder, error } }) => {
      if (decoder) resolve(decoder);
      else if (error.code === 'engine') fail(error.message);
      else reject(failure(error));
    };
    worker.postMessage({ open: told }, [told.bytes.buffer]);
  });
}

/**
 * Fetches a `.bdec` file and opens it in a worker; resolves to a decoder that has decoded once.
 * `onProgress` hears { loaded, total } of the file's bytes. Rejects with the reason of `signal`, or
 * with an Error whose `code` is `offline`, `weights` (the server refuses), `engine` (the wasm), or
 * begins with `decoder-` (the file: `decoder-damaged`, `decoder-foreign`, `decoder-version`, …).
 * After each of them it may be called again.
 */
export async function open({ url, backend = backendOf(), onProgress, signal }) {
  const file = new URL(url, globalThis.location?.href);
  signal?.throwIfAborted();
  const bytes = await fetched(file, { what: 'The weights', onProgress, signal });
  signal?.throwIfAborted();
  const worker = start(new URL('./decoder-worker.js', import.meta.url));
  let abort;
  try {
    const aborted = new Promise((_, reject) => {
      abort = () => reject(signal.reason);
      signal?.addEventListener('abort', abort, { once: true });
    });
    const decoder = new Decoder(worker, await Promise.race([opened(worker, { bytes, backend }), aborted]));
    trust(file, true);
    return decoder;
  } catch (error) {
    if (error.code?.startsWith('decoder-')) trust(file, false);
    worker.terminate();
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/**
 * For a pointer that moves faster than pictures are made: returns a function that takes codes, of
 * which the last ones given while a decoding is under way are decoded next, those before them never.
 * `show` gets the pixels and the codes they are of; `fail` an error.
 */
export function latest(decoder, show, fail = () => {}) {
  let busy = false;
  let next = null;
  return async (codes) => {
    next = codes;
    if (busy) return;
    busy = true;
    try {
      while (next) {
        const now = next;
        next = null;
        show(await decoder.decode(now), now);
      }
    } catch (error) {
      fail(error);
    } finally {
      busy = false;
    }
  };
}
