// The mixture that all panels share, and the edits of it by hand.

import { View } from '../figure/view.js';

/** Presets that are a mixture by themselves; in any other scene each point is a mode. */
const OWN_MODES = ['grid', 'ring', 'clusters', 'spiral'];
/** Most points that can be modes. */
const MOST = 400;
/** Beside the modes on each side, as a share of their extent and in standard deviations. */
const MARGIN = [0.14, 6];

/**
 * Events: `change` with { kind, final }: kind 'new' for another mixture, from which runs start anew,
 * 'moved' for one that was edited, which runs go on to follow; `problem` with an error or null.
 */
export class Target extends EventTarget {
  #session;
  #known = '';
  #origin = null;
  #held = false;
  #reading = null;
  #wanted = null;

  /** x, y, σ, weight of each mode, the weights summing to 1. */
  modes = new Float64Array(0);
  /** The modes as a figure's frame, for pointers and keys. */
  frame = { serial: 0, count: 0, sites: new Float64Array(0), masses: new Float64Array(0), bounds: [-1, -1, 1, 1] };
  problem = null;

  constructor(session) {
    super();
    this.#session = session;
    session.addEventListener('scenario', () => this.follow());
  }

  get count() {
    return this.modes.length / 4;
  }

  /** Reads the mixture where what it depends on has changed. */
  async follow() {
    const { scenario } = this.#session;
    if (!scenario || this.#held) return;
    const { preset, modes, sigma, weights, points, count, text, seed } = scenario;
    const byPoints = !OWN_MODES.includes(preset);
    const kept = byPoints && points ? (points.length > MOST ? points.length : points) : null;
    const key = JSON.stringify([preset, modes, sigma, weights, kept, byPoints && !points ? [count, text, seed] : null]);
    if (key === this.#known) return this.#reading;
    this.#known = key;
    // Own points are the mixture before, edited; anything else is another one.
    const origin = JSON.stringify([preset, sigma, byPoints ? null : [modes, weights]]);
    const same = origin === this.#origin || (preset === 'own' && this.#origin !== null && sigma === this.#sigma);
    this.#origin = origin;
    this.#sigma = sigma;
    return this.#read(same ? 'moved' : 'new');
  }

  #sigma = null;

  /** One reading at a time; the newest wish counts. */
  async #read(kind) {
    this.#wanted = this.#wanted === 'new' ? 'new' : kind;
    if (this.#reading) return this.#reading;
    this.#reading = (async () => {
      while (this.#wanted) {
        const wish = this.#wanted;
        this.#wanted = null;
        try {
          const modes = await this.#session.engine.modes();
          if (!this.#wanted && !this.#held) this.#adopt(modes, wish);
        } catch (error) {
          if (!this.#wanted) this.#refuse(error);
        }
      }
      this.#reading = null;
    })();
    return this.#reading;
  }

  #refuse(error) {
    const empty = this.#session.frame?.count === 0;
    this.problem = empty ? { code: 'empty', message: 'No modes. Double-click in a panel to add one, or choose a target.' } : error;
    this.modes = new Float64Array(0);
    this.#show();
    this.dispatchEvent(new CustomEvent('problem', { detail: this.problem }));
  }

  #adopt(modes, kind) {
    const same = modes.length === this.modes.length && modes.every((x, k) => x === this.modes[k]);
    const cleared = this.problem;
    this.problem = null;
    if (cleared) this.dispatchEvent(new CustomEvent('problem', { detail: null }));
    if (same && kind !== 'new' && !cleared) return;
    this.modes = modes;
    if (kind === 'new' || !this.#fits()) this.frame.bounds = around(modes);
    this.#show();
    this.#tell(kind, true);
  }

  /** Whether the picture's box still suits: the modes are inside, and not all in a corner of it. */
  #fits() {
    const [x0, y0, x1, y1] = this.frame.bounds;
    const [a0, b0, a1, b1] = extent(this.modes);
    return a0 >= x0 && b0 >= y0 && a1 <= x1 && b1 <= y1 && Math.max(a1 - a0, b1 - b0) > 0.2 * (x1 - x0);
  }

  #show() {
    const n = this.count;
    const sites = new Float64Array(2 * n);
    const masses = new Float64Array(n);
    for (let k = 0; k < n; k += 1) {
      sites[2 * k] = this.modes[4 * k];
      sites[2 * k + 1] = this.modes[4 * k + 1];
      masses[k] = this.modes[4 * k + 3];
    }
    this.frame = { ...this.frame, serial: this.frame.serial + 1, count: n, sites, masses };
  }

  #tell(kind, final) {
    this.dispatchEvent(new CustomEvent('change', { detail: { kind, final } }));
  }

  /** Whether the scene's points are the modes, one each. */
  get #own() {
    const { scenario, frame } = this.#session;
    return !OWN_MODES.includes(scenario.preset) && frame.count === this.count;
  }

  /** Shows an edit at once; the scene gets it when it is final. */
  async #edit(modes, final, edit) {
    const own = this.#own;
    this.#held = !final;
    this.modes = modes;
    this.#show();
    if (!final) {
      this.#tell('moved', false);
      return;
    }
    if (own) await edit();
    else await this.#convert();
    this.#known = '';
    await this.follow();
    // Also where nothing differs: what waits for the end of a drag must hear of it.
    this.#tell('moved', true);
  }

  /** The modes become the scene's own points, in the domain that was there. */
  #convert() {
    const { scenario, frame } = this.#session;
    const points = [];
    for (let k = 0; k < this.count; k += 1) {
      const [x, y, , w] = this.modes.subarray(4 * k, 4 * k + 4);
      points.push([x, y, Math.round(1e4 * w * this.count) / 1e4]);
    }
    const domain = scenario.domain === 'auto' ? frame.domainName : scenario.domain;
    return this.#session.patch({ preset: 'own', points, sigma: scenario.sigma, domain });
  }

  /** Makes the modes the scene's own points, unless they are. */
  async own() {
    if (this.#session.scenario.preset === 'own' || !this.count) return;
    await this.#convert();
    await this.follow();
  }

  move(k, x, y, final) {
    const before = this.count;
    const modes = this.modes.slice();
    [modes[4 * k], modes[4 * k + 1]] = this.#snap(x, y);
    return before > k ? this.#edit(modes, final, () => this.#session.move(k, x, y, true)) : null;
  }

  add(x, y) {
    const n = this.count;
    if (n >= MOST) return null;
    const sigma = n ? this.modes[2] : this.#session.scenario.sigma;
    const share = n ? [...this.frame.masses].sort((a, b) => a - b)[(n - 1) >> 1] : 1;
    const modes = Float64Array.from([...this.modes, ...this.#snap(x, y), sigma, share]);
    return this.#edit(normal(modes), true, () => this.#session.add(x, y));
  }

  remove(k) {
    if (this.count <= 1) return null;
    const modes = this.modes.filter((_, i) => i >> 2 !== k);
    return this.#edit(normal(modes), true, () => this.#session.remove(k));
  }

  mass(k, factor, final) {
    const modes = this.modes.slice();
    modes[4 * k + 3] *= factor;
    return this.#edit(normal(modes), final, () => this.#convert());
  }

  /** A place on a grid so fine that nobody sees it and so coarse that a link carries it exactly. */
  #snap(x, y) {
    const { extent: wide } = new View(this.frame.bounds, 1);
    const step = 2 ** (Math.floor(Math.log2(wide)) - 11);
    return [x, y].map((v) => Math.round(v / step) * step);
  }
}

function normal(modes) {
  let sum = 0;
  for (let k = 3; k < modes.length; k += 4) sum += modes[k];
  for (let k = 3; k < modes.length; k += 4) modes[k] /= sum;
  return modes;
}

function extent(modes) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < modes.length; k += 4) {
    for (let c = 0; c < 2; c += 1) {
      box[c] = Math.min(box[c], modes[k + c]);
      box[c + 2] = Math.max(box[c + 2], modes[k + c]);
    }
  }
  return box;
}

/** The square that a panel shows: the modes, and room where generators put what belongs to none. */
function around(modes) {
  const [x0, y0, x1, y1] = extent(modes);
  const wide = Math.max(x1 - x0, y1 - y0);
  const half = wide / 2 + Math.max(MARGIN[0] * wide, MARGIN[1] * (modes[2] ?? 0), wide ? 0 : 1);
  const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
  return [x - half, y - half, x + half, y + half];
}
