// The potential of the plane's scene: what of it is shown, which site is pointed at, and the exact
// answer as a Shape (see maths.js). The scene is the plane's own; its parts listen here.
//
// Events: `settings` (scenario.potential changed), `shape` (another exact answer was taken),
// `hover`, `choice`, `state`, `problem`.

import { latest } from '../dom.js';
import { Maths } from './maths.js';
import { DEFAULTS } from './parts.js';

/** What two frames must share to be the same answer. */
const ANSWER = ['sites', 'masses', 'heights', 'domain', 'facetSingular', 'triangleBroken'];
const equal = (a, b) => a.length === b.length && a.every((x, k) => x === b[k]);
const alike = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export class PotentialSession extends EventTarget {
  #ahead = {};
  #asked = 0;
  #resting = false;
  #taken = null;

  /** `plane` is the plane's session. */
  constructor(plane) {
    super();
    this.plane = plane;
    this.maths = null;
    /** loading, ready, empty (no sites), large (not solved yet) or failed. */
    this.state = 'loading';
    this.error = null;
    this.settings = { ...DEFAULTS };
    /** The exact Shape, its frame, and how many answers were taken: what is made from an older one is old. */
    this.shape = null;
    this.frame = null;
    this.serial = 0;
    this.hovered = -1;
    plane.addEventListener('scenario', () => this.#adopt());
    plane.addEventListener('frame', () => this.follow());
    plane.addEventListener('selection', ({ detail }) => this.choose(detail));
    this.#adopt();
  }

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  /** Tells of what went wrong; of what was given up nobody is told. */
  fail(error) {
    if (error?.code === 'closed' || error?.code === 'cancelled') return;
    this.emit('problem', error);
  }

  #set(state, error = null) {
    if (state === this.state && error === this.error) return;
    this.state = state;
    this.error = error;
    this.emit('state', state);
  }

  /** Loads the mathematics, and takes the scene as it is. After a failure it may be called again. */
  async open() {
    this.#set('loading');
    try {
      this.maths ??= await Maths.open();
    } catch (error) {
      this.#set('failed', error);
      return;
    }
    this.#taken = null;
    await this.follow();
  }

  /** The settings are the scenario's, but for changes of which it has not heard yet. */
  #adopt() {
    const next = { ...DEFAULTS, ...this.plane.scenario?.potential, ...this.#ahead };
    if (alike(next, this.settings)) return;
    const { site } = this.settings;
    this.settings = next;
    this.emit('settings', next);
    if (next.site !== site) this.emit('choice', this.chosen);
  }

  /** Changes settings: shown at once, then asked of the plane's scenario. */
  async patch(changes) {
    const { settings } = this;
    if (Object.entries(changes).every(([key, value]) => alike(value, settings[key]))) return;
    const { site } = settings;
    Object.assign(this.#ahead, changes);
    this.settings = { ...settings, ...changes };
    this.emit('settings', this.settings);
    if (this.settings.site !== site) this.emit('choice', this.chosen);
    this.#asked += 1;
    try {
      await this.plane.patch({ potential: changes });
    } finally {
      this.#asked -= 1;
      if (!this.#asked) this.#ahead = {};
      this.#adopt();
    }
  }

  /** The chosen site, or −1. */
  get chosen() {
    const { site } = this.settings;
    return site !== null && site < (this.shape?.count ?? 0) ? site : -1;
  }

  /** The site that is to be lit: the one pointed at, else the chosen one. */
  get lit() {
    return this.hovered >= 0 ? this.hovered : this.chosen;
  }

  hover(site) {
    if (site === this.hovered) return;
    this.hovered = site;
    this.emit('hover', site);
  }

  /** Chooses a site here and in the plane; −1 for none. */
  choose(site) {
    const value = site >= 0 ? site : null;
    if (value === this.settings.site) return;
    this.plane.select(site);
    this.patch({ site: value });
  }

  /** Takes the plane's newest frame, unless it is the same answer. */
  follow() {
    const { frame } = this.plane;
    if (!this.maths || !frame) return null;
    if (this.#resting) return null;
    if (frame.needsSolve || !frame.count) {
      this.shape = this.frame = this.#taken = null;
      this.#set(frame.count ? 'large' : 'empty');
      return null;
    }
    return this.#take(frame);
  }

  #take = latest(async (frame) => {
    if (frame !== this.plane.frame) return;
    const known = this.#taken;
    if (known && ANSWER.every((key) => equal(frame[key], known[key]))) {
      // The same answer in a newer frame: what only the picture shows may differ.
      this.frame = frame;
      this.#set('ready');
      return;
    }
    try {
      if (await this.maths.take(frame, this.plane.scenario?.view) === null) return;
      let shape = null;
      // A part's own call of this name takes the place of one that waits: it is made again.
      while (!shape && frame === this.plane.frame) shape = await this.maths.heights({ from: 'solved', hand: [] });
      if (!shape) return;
      shape.sites ??= frame.sites;
      this.#taken = frame;
      this.frame = frame;
      this.shape = shape;
      this.serial += 1;
      if (this.hovered >= shape.count) this.hover(-1);
      // What a link chose is chosen in the plane too.
      if (this.serial === 1 && this.chosen >= 0) this.plane.select(this.chosen);
      this.#set('ready');
      this.emit('shape', shape);
    } catch (error) {
      // A worker that failed is started anew when asked for.
      if (error.code === 'engine') this.maths = this.shape = null;
      if (this.shape) this.fail(error);
      else this.#set('failed', error);
    }
  });

  /** The scene is left: the plane's frames are not taken until it is shown again. */
  rest() {
    this.#resting = true;
    this.hover(-1);
  }

  wake() {
    this.#resting = false;
    if (this.plane.selected >= 0) this.choose(this.plane.selected);
    this.follow();
  }
}
