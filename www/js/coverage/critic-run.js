// A critic that trains in a worker of its own, and the bar that plays it.

import { h, on, s, setText } from '../dom.js';
import { fixed, whole } from '../format.js';
import { start } from '../thread.js';

const icon = (id, ...shapes) => s('svg', { class: 'icon', 'aria-hidden': 'true', viewBox: '0 0 16 16' }, id ? s('use', { href: id }) : null, ...shapes);
const STEP = 'M3 2.5v11l6.5-5.5zM11 2.5h2.2v11H11z';
const RESET = 'M3.2 8a4.8 4.8 0 1 0 1.6-3.6M2.6 2.2l.9 3.3 3.3-.7';

/** Events: `frame` with what the worker sends, `state`, `error`. */
export class CriticRun extends EventTarget {
  #worker = null;
  #run = 0;
  #kind;
  #goal;

  /** 'idle', 'loading', 'running', 'paused', 'goal' or 'failed'. */
  state = 'idle';

  constructor(kind, goal) {
    super();
    this.#kind = kind;
    this.#goal = goal;
  }

  /** Starts anew from what is given; what ran before is forgotten. */
  start(given, { play }) {
    this.#worker ??= this.#open();
    this.#run += 1;
    this.#set('loading');
    this.#worker.postMessage({ type: 'start', run: this.#run, kind: this.#kind, given, goal: this.#goal, play });
  }

  play() { this.#tell('play'); }
  pause() { this.#tell('pause'); }
  step() { this.#tell('step'); }

  /** Ends the worker. */
  close() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#set('idle');
  }

  #tell(type) {
    this.#worker?.postMessage({ type });
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
    const worker = start(new URL('../critic-worker.js', import.meta.url));
    worker.onerror = (event) => {
      event.preventDefault();
      if (this.#worker === worker) this.#fail({ code: 'engine', message: event.message || 'Its worker failed.' });
    };
    worker.onmessage = ({ data }) => {
      if (this.#worker !== worker || data.run !== this.#run) return;
      if (data.error) this.#fail(data.error);
      else if (data.state) this.#set(data.state);
      else {
        // The next one is asked for when this one has been seen, and the page has had as long again for
        // all else that it does.
        const began = performance.now();
        this.dispatchEvent(new CustomEvent('frame', { detail: data.frame }));
        const took = performance.now() - began;
        requestAnimationFrame(() => setTimeout(() => this.#tell('drawn'), took));
      }
    };
    return worker;
  }
}

/** Play, one step, reset, and how far: `name` is what plays, `id` the start of the buttons' ids. */
export function bar(run, { id, name, reset }) {
  const button = (key, title, image, extra = '') => h('button', { type: 'button', id: `${id}-${key}`, class: `icon-button${extra}`, 'aria-label': title, title }, image);
  const play = button('play', `Train ${name}`, icon('#i-play'), ' primary');
  const step = button('step', 'One step', icon(null, s('path', { d: STEP })));
  const back = button('reset', 'Back to the start', icon(null, s('path', { class: 'line', d: RESET })));
  const status = h('output', { 'aria-live': 'off', id: `${id}-status`, class: 'critic-status' });
  let last = { steps: 0, seconds: 0 };
  const words = () => {
    const { state } = run;
    const far = `step ${whole(last.steps)} · ${fixed(last.seconds, 1)} s`;
    setText(status, { loading: 'loading', failed: 'stopped', goal: `${far} · rests: play goes on` }[state] ?? far);
    status.dataset.state = state;
    status.dataset.steps = last.steps;
    const running = state === 'running';
    const title = running ? `Pause ${name}` : `Train ${name}`;
    play.setAttribute('aria-label', title);
    play.title = title;
    play.setAttribute('aria-pressed', String(running));
    play.querySelector('use').setAttribute('href', running ? '#i-pause' : '#i-play');
    for (const part of [play, step]) part.disabled = state === 'loading' || state === 'failed';
  };
  on(play, 'click', () => (run.state === 'running' ? run.pause() : run.play()));
  on(step, 'click', () => run.step());
  on(back, 'click', reset);
  run.addEventListener('state', words);
  run.addEventListener('frame', ({ detail }) => {
    last = detail;
    words();
  });
  words();
  return h('div', { class: 'critic-bar', role: 'group', 'aria-label': `Training of ${name}` }, play, step, back, status);
}
