// brenier.js: semi-discrete optimal transport for any web page, exact in the plane, by Monte Carlo
// in any dimension.
//
//   import { Brenier } from './js/brenier.js';
//   const brenier = await Brenier.load();
//   const plan = await brenier.solve({ sites: [[0.2, 0.3], [0.7, 0.6]] });
//
// The solver runs in a worker of its own; that of Monte Carlo is fetched when first asked for.
// Types: brenier.d.ts.

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

const RANDOM = ['adam', 'lbfgs', 'hierarchical'];

/** Points of any dimension as { flat, dimension }: from rows, or flat with a dimension. */
function spatial(points, dimension) {
  if (dimension !== undefined && !(Number.isInteger(dimension) && dimension > 0)) throw wrong('dimension', `The dimension is ${dimension}. Give a whole number from 1 to 256.`);
  if (ArrayBuffer.isView(points)) {
    const d = dimension ?? 2;
    if (points.length % d) throw wrong('input', `sites has ${points.length} numbers, which is no multiple of the dimension ${d}.`);
    return { flat: Float64Array.from(points), dimension: d };
  }
  if (!Array.isArray(points)) throw wrong('input', 'sites is no array. Give [[x, y, …], …], or a Float64Array and its dimension.');
  const d = dimension ?? points[0]?.length ?? 2;
  points.forEach((point, index) => {
    if (point?.length !== d || Array.from(point).some((x) => typeof x !== 'number')) {
      throw wrong('input', `sites[${index}] is no point of dimension ${d}. Give ${d} numbers.`, index);
    }
  });
  return { flat: Float64Array.from(points.flatMap((point) => Array.from(point))), dimension: d };
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
  #sampler = null;
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
   * Solves for the transport from a measure on `domain` to masses at `sites`: exactly in the plane
   * by `newton`, else by Monte Carlo. Calls run one after another. Aborting `signal` ends the
   * solve at once and rejects with its reason.
   */
  async solve(problem = {}, { signal, onProgress } = {}) {
    const random = RANDOM.includes(problem.method);
    const request = random ? Brenier.#random(problem) : Brenier.#exact(problem, Boolean(onProgress));
    signal?.throwIfAborted();
    const turn = this.#tail;
    let done;
    this.#tail = new Promise((resolve) => { done = resolve; });
    try {
      await turn;
      signal?.throwIfAborted();
      if (this.#closed) throw wrong('closed', 'This solver was closed. Load another.');
      return await (random ? this.#sample(request, signal, onProgress) : this.#run(request, signal, onProgress));
    } finally {
      done();
    }
  }

  // `seed` is accepted and has no effect: the exact method draws nothing at random.
  static #exact({ sites, masses, domain = 'square', source, method = 'newton', tolerance = 1e-9 }, progress) {
    return {
      sites: flat(sites, 'sites'),
      masses: masses === undefined || masses === null ? null : Float64Array.from(masses),
      domain: words(domain),
      gaussian: gaussianOf(source),
      method: String(method),
      tolerance: Number(tolerance),
      progress,
    };
  }

  static #random({ sites, masses, domain, source, method, dimension, tolerance = 0.01, samples, seed = 0, sequence = 'sobol', rate = 0.05, device = 'auto' }) {
    if (gaussianOf(source)) throw wrong('source', 'Monte Carlo draws from the uniform measure of its domain, or from the domain “gaussian”. Leave source out.');
    const { flat: at, dimension: d } = spatial(sites, dimension);
    const request = { domain: words(domain ?? (d === 2 ? 'square' : 'cube')), dimension: d, method, tolerance, seed, sequence, samples: samples ?? null, rate, device };
    return { request, sites: at, masses: masses === undefined || masses === null ? undefined : Float64Array.from(masses) };
  }

  async #sample(request, signal, onProgress) {
    const { MonteCarlo } = await import('./monte-carlo.js');
    signal?.throwIfAborted();
    if (this.#closed) throw wrong('closed', 'This solver was closed. Load another.');
    this.#sampler ??= new MonteCarlo();
    const abort = () => this.#sampler.close();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      const plan = await this.#sampler.start(request, {
        onProgress: onProgress && (({ phase, iteration, samples, rms, milliseconds, device }) => onProgress({ phase, iteration, residual: rms, samples, milliseconds, device })),
      });
      if (plan) {
        const { exact: _, ...rest } = plan;
        return { sites: request.sites, ...rest };
      }
      signal?.throwIfAborted();
      throw wrong('closed', 'This solver was closed. Load another.');
    } finally {
      signal?.removeEventListener('abort', abort);
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
    this.#sampler?.close();
    this.#thread.cancel(wrong('closed', 'This solver was closed. Load another.'));
  }
}
