// One scene of generated pictures: what was chosen, the decoder, and the codes with their heights.
// Modules listen to it.
//
// Events: `settings` (what was chosen changed), `state`, `progress` ({ loaded, total } in bytes),
// `heights` (others, or the shipped ones again), `problem`, `link`.

import { latest } from '../dom.js';
import { failure } from '../thread.js';
import { Address } from '../url.js';
import { open } from './decoder.js';
import { Latents } from './latents.js';
import { fault, read, write } from './settings.js';

/** Points at which the jumps of other heights are measured: seconds in wasm, and a quantile to some
 * percent. */
const POINTS = 256;

/** What is fetched of each set, as whole addresses: published files have other names (xtask/src/names.rs). */
export const FILES = {
  faces: {
    decoder: new URL('../../faces/faces.bdec', import.meta.url).href,
    latents: new URL('../../faces/faces.blat', import.meta.url).href,
    strip: new URL('../../faces/faces-strip.png', import.meta.url).href,
  },
  digits: {
    decoder: new URL('../../faces/digits.bdec', import.meta.url).href,
    latents: new URL('../../faces/digits.blat', import.meta.url).href,
    strip: new URL('../../faces/digits-strip.png', import.meta.url).href,
  },
  fashion: {
    decoder: new URL('../../faces/fashion.bdec', import.meta.url).href,
    latents: new URL('../../faces/fashion.blat', import.meta.url).href,
    strip: new URL('../../faces/fashion-strip.png', import.meta.url).href,
  },
};

export class FacesSession extends EventTarget {
  #loading = null;

  constructor() {
    super();
    this.settings = read('');
    /** What was wrong with the link that was opened last; null where nothing was. */
    this.refused = null;
    /** idle, loading, ready or failed. */
    this.state = 'idle';
    this.error = null;
    this.progress = { loaded: 0, total: null };
    this.decoder = null;
    this.latents = null;
    /** Counts the heights that were there: pictures made from others are old. */
    this.heights = 0;
    /** Whether the heights are those of the file; the report of others, once they have one. */
    this.shipped = true;
    this.report = null;
    /** Milliseconds that a picture took, in the last group. */
    this.decodeTime = null;
    // What the address asks of a session.
    this.held = false;
    this.engine = { link: async () => ({ hash: write(this.settings), carried: true, step: null }), scenario: async () => this.settings };
    this.address = new Address(this);
  }

  get scenario() { return this.settings; }
  setScenario() {}

  emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #set(state, error = null) {
    this.state = state;
    this.error = error;
    this.emit('state', state);
  }

  /**
   * Opens a link. Resolves once the files are there, or have failed. What a first link says wrongly is as
   * at first; a later one that is wrong changes nothing.
   */
  async open(hash) {
    const wrong = fault(hash);
    this.refused = wrong && failure({ code: 'link', message: `The link’s ${wrong} cannot be read. What was shown stays.` });
    if (this.refused && this.state !== 'idle') {
      this.emit('problem', this.refused);
      this.address.touch();
      return;
    }
    await this.patch(read(hash));
    if (this.state === 'idle' || this.state === 'failed') await this.load();
  }

  /** Changes what is chosen. */
  async patch(changes) {
    const { set } = this.settings;
    if (changes.set && changes.set === 'faces' && this.settings.part === 'classes') changes.part ??= 'samples';
    if (Object.entries(changes).every(([key, value]) => String(value) === String(this.settings[key]))) return;
    Object.assign(this.settings, changes);
    if (this.settings.set !== set && this.state !== 'idle') {
      const loaded = this.load();
      this.emit('settings', this.settings);
      this.address.touch();
      await loaded;
      return;
    }
    this.emit('settings', this.settings);
    this.address.touch();
  }

  /** Fetches the files of the set. A later call takes the place of one under way. */
  async load() {
    this.#loading?.abort();
    this.decoder?.close();
    this.latents?.close();
    this.decoder = null;
    this.latents = null;
    this.shipped = true;
    this.report = null;
    const loading = new AbortController();
    this.#loading = loading;
    const { signal } = loading;
    const { set } = this.settings;
    const parts = [{ loaded: 0, total: null }, { loaded: 0, total: null }];
    const heard = (k) => (part) => {
      parts[k] = part;
      const [a, b] = parts;
      this.progress = { loaded: a.loaded + b.loaded, total: a.total && b.total ? a.total + b.total : null };
      if (!signal.aborted) this.emit('progress', this.progress);
    };
    this.#set('loading');
    const decoder = open({ url: FILES[set].decoder, onProgress: heard(0), signal });
    const latents = Latents.open({ url: FILES[set].latents, onProgress: heard(1), signal });
    try {
      const [one, other] = await Promise.all([decoder, latents]);
      if (signal.aborted) throw signal.reason;
      this.decoder = one;
      this.latents = other;
      this.heights += 1;
      this.#set('ready');
    } catch (error) {
      // Of two files the one that is right is not kept: the next try opens both.
      for (const part of [decoder, latents]) part.then((made) => made.close(), () => {});
      if (signal.aborted) return;
      loading.abort();
      this.#set('failed', error);
    }
  }

  /** `latest` of dom.js, with what goes wrong told once. */
  newest(task) {
    return latest(async (value) => {
      try {
        await task(value);
      } catch (error) {
        this.fail(error);
      }
    });
  }

  /** Pictures of whole codes; what a group takes is told in the certificate. */
  async decode(codes) {
    const { decoder } = this;
    const count = codes.length / decoder.latent;
    const began = performance.now();
    const pixels = await decoder.decode(codes);
    // One alone may have waited for others.
    if ((count >= 6 || decoder?.backend === 'ndarray') && decoder === this.decoder) {
      this.decodeTime = (performance.now() - began) / count;
      this.emit('decoded', this.decodeTime);
    }
    return pixels;
  }

  /** A threshold in percent as a quantile; the shipped one is left out. */
  at(threshold = this.settings.threshold) {
    return threshold === null ? undefined : threshold / 100;
  }

  /** Tells of what went wrong; of what was given up nobody is told. */
  fail(error) {
    if (error?.code === 'closed' || error?.name === 'AbortError') return;
    this.emit('problem', error);
  }

  /** Puts other heights in place of those there, or, for null, the shipped ones. Of a finished solve,
   * which has a report, the threshold is chosen anew. */
  async setHeights(heights, report = null) {
    const { latents } = this;
    await latents.setHeights(heights);
    if (report) await latents.calibrate(this.settings.seed, POINTS);
    if (latents !== this.latents) return;
    this.shipped = heights === null;
    this.report = report;
    this.heights += 1;
    this.emit('heights', this.heights);
  }
}
