// brenier.js: exact semi-discrete optimal transport in the plane, for any web page.
//
//   import { Brenier } from './js/brenier.js';
//   const brenier = await Brenier.load();
//   const plan = await brenier.solve({ sites: [[0.2, 0.3], [0.7, 0.6]] });
//
// The solver runs in a worker of its own. Types: brenier.d.ts.

import { Thread, failure } from './thread.js';

const wrong = (code, message, index) => failure({ code, message, index });

/** Points as x, y, x, y, …: from [[x, y], …] or already flat. */
function flat(points, name) {
  if (ArrayBuffer.isView(points)) {
    if (points.length % 2) throw wrong('input', `${name} has ${points.length} numbers. Give x and y of each point.`);
    return Float64Array.from(points);
  }
  if (!Array.isArray(points)) throw wrong('input', `${name} is no array. Give [[x, y], …] or a Float64Array.`);
  const out = new Float64Array(2 * points.length);
  points.forEach((point, index) => {
    if (point?.length !== 2 || typeof point[0] !== 'number' || typeof point[1] !== 'number') {
      throw wrong('input', `${name}[${index}] is no point. Give two numbers, [x, y].`, index);
    }
    out.set(point, 2 * index);
  });
  return out;
}

/** A domain in the words of the command line. */
function words(domain) {
  if (typeof domain === 'string') return domain;
  const vertices = flat(domain, 'domain');
  const pairs = Array.from({ length: vertices.length / 2 }, (_, k) => `${vertices[2 * k]},${vertices[2 * k + 1]}`);
  return `polygon:${pairs.join(';')}`;
}

/** The Gaussian's mean and σ as three numbers; null for the uniform source. */
function gaussianOf(source) {
  const type = typeof source === 'string' ? source : source?.type;
  if (source === undefined || source === null || type === 'uniform') return null;
  if (type !== 'gaussian') throw wrong('source', `There is no source “${type}” here. Give 'uniform' or { type: 'gaussian', mean: [x, y], sigma }.`);
  const { mean, sigma } = source;
  if (mean?.length !== 2 || typeof mean[0] !== 'number' || typeof mean[1] !== 'number') {
    throw wrong('source-mean', 'source.mean is no point. Give two numbers, [x, y].');
  }
  if (typeof sigma !== 'number') throw wrong('source-sigma', 'source.sigma is no number. Give a positive one, in the units of the sites.');
  return Float64Array.of(mean[0], mean[1], sigma);
}

export class Brenier {
  #thread;
  #tail = Promise.resolve();
  #listener = null;
  #closed = false;

  /** Starts the worker and loads the solver. */
  static async load() {
    const brenier = new Brenier();
    brenier.#thread = new Thread(({ iteration, residual }) => {
      if (iteration !== undefined) brenier.#listener?.({ iteration, residual });
    });
    await brenier.#thread.open();
    return brenier;
  }

  /**
   * Solves for the transport from the uniform or a Gaussian measure on `domain` to masses at `sites`. Calls
   * run one after another. Aborting `signal` ends the solve at once and rejects with its reason.
   */
  async solve({ sites, masses, domain = 'square', source, method = 'newton', tolerance = 1e-9 } = {}, { signal, onProgress } = {}) {
    // `seed` is accepted and has no effect: the exact method draws nothing at random.
    const request = {
      sites: flat(sites, 'sites'),
      masses: masses === undefined || masses === null ? null : Float64Array.from(masses),
      domain: words(domain),
      gaussian: gaussianOf(source),
      method: String(method),
      tolerance: Number(tolerance),
      progress: Boolean(onProgress),
    };
    signal?.throwIfAborted();
    const turn = this.#tail;
    let done;
    this.#tail = new Promise((resolve) => { done = resolve; });
    try {
      await turn;
      signal?.throwIfAborted();
      if (this.#closed) throw wrong('closed', 'This solver was closed. Load another.');
      return await this.#run(request, signal, onProgress);
    } finally {
      done();
    }
  }

  async #run(request, signal, onProgress) {
    const abort = () => this.#thread.cancel(signal.reason);
    this.#listener = onProgress ?? null;
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const { value } = await this.#thread.call('solvePlain', [request]);
      return value;
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#listener = null;
    }
  }

  /** Ends the worker. Solves under way and waiting reject with code `closed`. */
  close() {
    this.#closed = true;
    this.#thread.cancel(wrong('closed', 'This solver was closed. Load another.'));
  }
}
