// One scene's Monte Carlo solve: begun, played, paused, stepped, begun anew when the scene changes.
//
// States: `off`, another method; `refused`, it does not apply; `paused`; `running`; `done`; `failed`.
// Events: `state`, `begin`, `progress`, `answer`, `path` (which path runs), `scene`
// (the target or the domain is another).

import { MonteCarlo } from '../monte-carlo.js';
import { MOST, PROMPT } from './names.js';

/** Samples drawn in the figure: fewer where it is small. */
const shown = () => (Math.min(innerWidth, innerHeight) < 560 ? 6000 : 12000);

const equal = (a, b) => a.length === b.length && a.every((value, k) => value === b[k]);

/** Why Monte Carlo does not apply to a frame, and what does: or null. */
function obstacle(frame, domain) {
  if (!frame.count) return { text: 'There are no points yet.' };
  if (frame.count > MOST) return { text: 'Monte Carlo in the page takes at most 10,000 points. Choose fewer, or use `brenier solve` on the command line.' };
  if (domain.startsWith('polygon')) {
    return { text: 'Monte Carlo draws its samples from a square, a rectangle or a disk; this domain is a polygon.', name: 'Use a square', patch: { domain: 'auto' } };
  }
  if (frame.source.name !== 'uniform') {
    return { text: 'Monte Carlo draws uniform samples here; this scene’s source is a Gaussian that ends at the border.', name: 'Use a uniform source', patch: { source: 'uniform' } };
  }
  return null;
}

export class Run extends EventTarget {
  #session;
  #worker;
  #settings = null;
  #key = '';
  #scene = null;
  #held = false;
  /** Which of the scene's points the solver was given: those that carry mass. */
  #places = null;

  constructor(session) {
    super();
    this.#session = session;
    this.#worker = new MonteCarlo();
    this.state = 'off';
    this.#clear();
    session.addEventListener('frame', (event) => this.#see(event.detail));
  }

  #clear() {
    Object.assign(this, { progress: null, answer: null, heights: null, positions: null, winners: null, exact: null, error: null, refusal: null, fallen: null });
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #set(state) {
    if (state === 'failed' || this.state !== state) {
      this.state = state;
      this.#emit('state', state);
    }
  }

  /** Whether the solve waits for a point to be let go. */
  get waits() { return this.#held; }

  get playing() { return this.state === 'running'; }
  get settings() { return this.#settings; }

  /** Takes the scene's settings and seed; others than before begin a new solve. */
  follow(settings, seed) {
    const key = JSON.stringify([settings, seed]);
    if (this.#settings && key === this.#key) return;
    const was = this.state;
    this.#settings = settings;
    this.#key = key;
    if (!this.#scene) this.#see(this.#session.frame);
    else this.begin({ play: was === 'running' || was === 'done' || this.#prompt });
  }

  /** Another method was chosen. */
  leave() {
    this.#worker.cancel();
    this.#settings = null;
    this.#set('off');
  }

  get #prompt() { return this.#session.frame.count <= PROMPT; }

  /** A new frame: while a point is held the solve rests, then it goes on from its last heights. */
  #see(frame) {
    if (!frame || frame.needsSolve && frame.count <= MOST) return;
    const { sites, masses, domain, source } = frame;
    const old = this.#scene;
    const same = old && equal(old.sites, sites) && equal(old.masses, masses) && equal(old.domain, domain) && JSON.stringify(old.source) === JSON.stringify(source);
    if (!same) {
      this.#scene = { sites, masses, domain, source };
      this.#emit('scene');
    }
    if (!this.#settings || (same && !this.#held)) return;
    const play = this.playing || this.state === 'done' || this.#prompt;
    if (this.#session.held) {
      this.#resume ??= play;
      this.#held = true;
      this.#worker.cancel();
      this.#set('paused');
      return;
    }
    const start = this.#held && old.masses.length === masses.length ? this.heights : null;
    const go = this.#resume ?? play;
    this.#resume = null;
    this.#held = false;
    this.begin({ play: go, start });
  }

  /** What was going on when a point was taken hold of. */
  #resume = null;

  /** Begins a solve; without `play` it waits at its start. `device` stands in for the chosen one. */
  async begin({ play = true, start = null, device = this.#settings.device, fallen = null } = {}) {
    const { frame, scenario } = this.#session;
    const { name, samples, rate, sequence, tolerance } = this.#settings;
    this.#worker.cancel();
    this.#clear();
    this.fallen = fallen;
    this.refusal = obstacle(frame, frame.domainName);
    if (this.refusal) {
      this.#emit('begin');
      this.#set('refused');
      return;
    }
    const places = [...frame.masses.keys()].filter((i) => frame.masses[i] > 0);
    this.#places = places.length < frame.count ? Uint32Array.from(places) : null;
    const pick = (array, d) => (this.#places ? Float64Array.from(places.flatMap((i) => [...array.subarray(d * i, d * i + d)])) : array);
    if (start && start.length !== places.length) start = null;
    this.heights = start;
    const request = {
      domain: frame.domainName, dimension: 2, method: name, tolerance, seed: scenario.seed, sequence, samples, maxSamples: samples, rate, device,
      show: shown(), exact: true, start: start ? [...start] : null,
    };
    if (this.#resting) {
      this.#wanted = play;
      play = false;
    }
    this.#emit('begin');
    this.#set(play ? 'running' : 'paused');
    const serial = this.#serial += 1;
    const mine = (call) => (...args) => { if (serial === this.#serial) call(...args); };
    try {
      const answer = await this.#worker.start({ request, sites: pick(frame.sites, 2), masses: pick(frame.masses, 1) }, {
        play,
        onProgress: mine((progress) => this.#hear(progress)),
        onPause: mine(() => { if (this.state === 'running') this.#set('paused'); }),
      });
      if (serial !== this.#serial || !answer) return;
      this.answer = answer;
      this.heights = answer.heights;
      if (answer.exact) this.exact = answer.exact;
      this.#emit('answer', answer);
      this.#set('done');
    } catch (error) {
      if (serial !== this.#serial) return;
      if (error.code === 'machine' && device === 'gpu') {
        this.begin({ play, start, device: 'cpu', fallen: error.message });
        return;
      }
      this.error = error;
      this.#set('failed');
      this.#session.emit('problem', error);
    }
  }

  #serial = 0;

  #hear(progress) {
    const other = this.progress?.device !== progress.device;
    this.progress = progress;
    if (other) this.#emit('path', progress.device);
    if (progress.positions.length) this.positions = progress.positions;
    if (progress.heights.length) this.heights = progress.heights;
    if (progress.winners.length) this.winners = this.#places ? progress.winners.map((k) => this.#places[k]) : progress.winners;
    if (progress.exact) this.exact = progress.exact;
    this.#emit('progress', progress);
  }

  /** The scene's number of one of the solver's points. */
  place(k) { return this.#places ? this.#places[k] : k; }

  /** The path that runs, in words; null before it is known. */
  get path() { return this.answer?.report.device ?? this.progress?.device ?? null; }

  play() {
    if (this.state === 'done') this.begin();
    else if (this.state === 'failed') this.begin({ start: this.heights });
    else if (this.state === 'paused') {
      this.#worker.play();
      this.#set('running');
    }
  }

  pause() {
    if (!this.playing) return;
    this.#worker.pause();
    this.#set('paused');
  }

  step() {
    if (this.state === 'done' || this.state === 'failed') this.begin({ play: false });
    if (this.state === 'running') this.#set('paused');
    if (this.state === 'paused') this.#worker.step();
  }

  reset() {
    this.begin({ play: false });
  }

  /** Nobody sees it: it rests, and goes on when it is seen again. */
  rest() {
    if (this.#resting) return;
    this.#resting = true;
    this.#wanted = this.playing;
    this.pause();
  }

  wake() {
    if (!this.#resting) return;
    this.#resting = false;
    if (this.#wanted && this.state === 'paused') this.play();
  }

  #resting = false;
  #wanted = false;
}
