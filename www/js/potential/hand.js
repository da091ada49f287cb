// You as the optimiser: planes moved one at a time, what each move made of residual and energy, and
// the way back. The moves are plain data, `hand`: [site, Δh] from the start, at most 32 of them.

/** Most planes in a link. */
export const MOST = 32;
/** Digits kept of a Δh. */
const DIGITS = 6;
/** A bar this near to where it is dragged has arrived, relative to 1 + its ratio; rounds to get there. */
const NEAR = 2e-3;
const EXACT = 1e-9;
const ROUNDS = 14;

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Whether a site gets no mass, as the solvers count it: what is left of a cell may be rounding. */
export const isEmpty = ({ cellMasses, masses }, i) => cellMasses[i] < 1e-12 && cellMasses[i] < 0.5 * masses[i];

/** Sum of the Hessian's weights at a site, and the mean distance to its neighbours. */
export function around(shape, site) {
  let [weight, distance, count] = [0, 0, 0];
  const near = [];
  for (let f = 0; f < shape.facetWeights.length; f += 1) {
    const [i, j] = [shape.facets[2 * f], shape.facets[2 * f + 1]];
    if (i !== site && j !== site) continue;
    weight += shape.facetWeights[f];
    distance += Math.hypot(shape.sites[2 * i] - shape.sites[2 * j], shape.sites[2 * i + 1] - shape.sites[2 * j + 1]);
    count += 1;
    near.push([i === site ? j : i, shape.facetWeights[f]]);
  }
  return { weight, distance: count ? distance / count : 0, near: near.sort((a, b) => b[1] - a[1]).map(([k]) => k) };
}

/** A height that moves the borders of a typical cell by the extent of the picture. */
export function unit({ sites, count }, [x0, y0, x1, y1]) {
  let [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  for (let i = 0; i < count; i += 1) {
    low = low.map((v, k) => Math.min(v, sites[2 * i + k]));
    high = high.map((v, k) => Math.max(v, sites[2 * i + k]));
  }
  const wide = Math.max(high[0] - low[0], high[1] - low[1]) || 1;
  return (Math.max(x1 - x0, y1 - y0) * wide) / Math.sqrt(count);
}

/**
 * `show(shape)` draws a Shape while a plane is on its way; `tell(text)` says why one cannot go.
 * Events: `tries` when a move was added or taken back.
 */
export class Hand extends EventTarget {
  #session;
  #show;
  #tell;
  #goal = null;
  #running = null;
  #settling = null;
  /** The release under way; taking the same plane again calls it off. */
  #letting = null;
  /** What the tries were made from. */
  #key = '';
  /** The moves that a try of this hand leads to, as JSON: told from those of a link or of undo. */
  #next = '';

  constructor(session, show, tell) {
    super();
    this.#session = session;
    this.#show = show;
    this.#tell = tell;
    /** What each move made: [{ hand, residual, energy }], the start first. */
    this.tries = [];
    /** The site that is held, and by how much it was moved since. */
    this.site = -1;
    this.moved = 0;
    /** Where it was last sent, in the same measure. */
    this.aim = 0;
    this.shape = null;
  }

  get list() {
    const count = this.#session.shape?.count ?? 0;
    return this.#session.settings.hand.filter(([i]) => i < count);
  }

  /** Δh of a plane from the start, its present move included. */
  lift(site) {
    const kept = this.list.find(([i]) => i === site)?.[1] ?? 0;
    return kept + (site === this.site ? this.moved : 0);
  }

  /**
   * The Shape of the present moves; the tries are made again where they are not known. Null while a
   * plane is held, and where something newer was asked for.
   */
  async state() {
    if (this.site >= 0) return null;
    // A plane taken meanwhile waits: it moves from where these heights put it.
    const settling = this.#state();
    this.#settling = settling.catch(() => {});
    return settling;
  }

  async #state() {
    const { maths, settings: { from }, serial } = this.#session;
    const hand = this.list;
    const key = `${serial} ${from}`;
    const known = key === this.#key ? this.tries.findLastIndex((one) => same(one.hand, hand)) : -1;
    if (known >= 0) {
      const shape = await maths.heights({ from, hand });
      if (!shape) return null;
      this.#keep(this.tries.slice(0, known + 1));
      this.shape = shape;
      return shape;
    }
    // A move on top of the last known one is one more try; else all are made again, one by one.
    const last = this.tries.at(-1);
    const more = key === this.#key && last && this.#next === JSON.stringify(hand);
    const steps = more ? [hand] : Array.from({ length: hand.length + 1 }, (_, k) => hand.slice(0, k));
    const tries = more ? [...this.tries] : [];
    let shape = null;
    for (const each of steps) {
      shape = await maths.heights({ from, hand: each });
      if (!shape) return null;
      tries.push({ hand: each, residual: shape.residual, energy: shape.energy });
    }
    this.#key = key;
    this.shape = shape;
    this.#keep(tries);
    return shape;
  }

  #keep(tries) {
    this.tries = tries;
    this.dispatchEvent(new Event('tries'));
  }

  /** Takes hold of a plane; false where no more can be moved. */
  grab(site) {
    if (!this.shape) return false;
    if (this.site >= 0) {
      if (site === this.site) this.#letting = null;
      return site === this.site;
    }
    if (this.list.length >= MOST && !this.list.some(([i]) => i === site)) {
      this.#tell(`${MOST} planes are moved, as many as a link carries. Move one of them again, undo, or reset.`);
      return false;
    }
    this.site = site;
    this.moved = 0;
    this.aim = 0;
    return true;
  }

  /** Moves the held plane to Δh from where it was taken. */
  to(dh) {
    this.aim = dh;
    // What is left of it; the last digits of a sum of steps are none.
    this.#goal = () => (Math.abs(dh - this.moved) > 1e-12 * Math.abs(dh) ? dh - this.moved : 0);
    return this.#run();
  }

  /** Moves the held plane until its cell has `ratio` of its mass: Newton's method in one height. */
  toRatio(ratio, near = NEAR) {
    let left = ROUNDS;
    const most = 0.2 * unit(this.shape, this.#session.frame.bounds);
    this.#goal = () => {
      const { shape, site } = this;
      const now = shape.cellMasses[site] / shape.masses[site];
      left -= 1;
      if (left < 0 || Math.abs(ratio - now) <= near * (1 + now)) return 0;
      const { weight } = around(shape, site);
      // A hidden plane has no slope to follow: it is raised by what moves a border a little.
      const dh = weight > 0 ? (shape.masses[site] * (ratio - now)) / weight : Math.sign(ratio - now) * 0.25 * most;
      return Math.min(most, Math.max(-most, dh));
    };
    return this.#run();
  }

  #run() {
    this.#running ??= this.#loop().finally(() => { this.#running = null; });
    return this.#running;
  }

  async #loop() {
    while (this.site >= 0 && this.#goal) {
      await this.#settling;
      const dh = this.#goal();
      if (!dh) return;
      const shape = await this.#session.maths.lift(this.site, dh);
      if (!shape) return;
      this.moved += dh;
      this.shape = shape;
      this.#show(shape);
    }
  }

  /** Lets go: the move is kept, as one step to undo. */
  async release() {
    if (this.site < 0) return;
    const letting = {};
    this.#letting = letting;
    await this.#running;
    const { site } = this;
    if (site < 0 || this.#letting !== letting) return;
    const dh = Number((this.lift(site)).toPrecision(DIGITS));
    const changed = this.moved !== 0;
    this.site = -1;
    this.moved = 0;
    this.#goal = null;
    if (changed) await this.#set(site, dh);
  }

  async #set(site, dh) {
    const rest = this.list.filter(([i]) => i !== site);
    const hand = dh ? [...rest, [site, dh]] : rest;
    this.#next = JSON.stringify(hand);
    await this.#session.patch({ hand, step: null });
  }

  /** Puts a plane back to its start. */
  async home(site) {
    if (this.site >= 0 || !this.lift(site)) return;
    await this.#set(site, 0);
  }

  /** Gives a cell its mass, to the last digit that the heights allow. */
  async balance(site) {
    if (!this.grab(site)) return;
    await this.toRatio(1, EXACT);
    await this.release();
  }

  undo() {
    const { tries } = this;
    if (tries.length > 1) this.#session.patch({ hand: tries.at(-2).hand, step: null });
  }

  reset() {
    this.#next = '';
    this.#key = '';
    this.#session.patch({ hand: [], step: null });
  }
}
