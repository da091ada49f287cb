// The panels: one row of squares over one target, painted together.

import { $, announce, on } from '../dom.js';
import { coordinate, percent, whole } from '../format.js';
import { interact } from '../figure/interact.js';
import { readPalette } from '../figure/palette.js';
import { proxies } from '../figure/proxies.js';
import { GRID } from './aeot.js';
import { METHODS } from './methods.js';
import { RealLayer, ramp, tints } from './paint.js';
import { Panel, losses, scale } from './panel.js';

const KEYS = { h: 'div', class: 'proxies', role: 'application', 'aria-label': 'Modes of the target', 'aria-describedby': 'coverage-keys' };

export class Stage {
  #row;
  #runs;
  #aeot;
  #film;
  #asked = 0;
  #dirty = new Set();
  #stands = null;

  /** Where pointers and keys are. */
  mark = { drag: null, hover: -1, selected: -1 };
  real = { layer: new RealLayer(), points: null, serial: 0 };
  palette = readPalette();
  ramp = ramp(tints());
  panels = new Map();

  constructor(row, { target, runs, aeot, film }) {
    this.#row = row;
    this.target = target;
    this.#runs = runs;
    this.#aeot = aeot;
    this.#film = film;
    for (const key of ['gan', 'pac', 'aeot']) this.#add(key);
    const first = this.panels.get('gan');
    const holder = document.createElement('div');
    for (const [name, value] of Object.entries(KEYS)) if (name !== 'h') holder.setAttribute(name, value);
    first.canvas.after(holder);
    this.#stands = proxies(holder, first, this.#actions, 'Mode');
    first.onpaint = () => this.#stands.update();

    target.addEventListener('change', () => this.#moved());
    target.addEventListener('problem', () => this.#moved());
    runs.addEventListener('list', () => this.#list());
    // Live runs are not seen while recordings are.
    const live = (type, show) => runs.addEventListener(type, ({ detail }) => film.shown || show(detail));
    live('frame', ({ key }) => this.#frame(key));
    live('begin', ({ key }) => this.#begin(key));
    live('mark', ({ key }) => this.#marked(key));
    live('state', ({ key, state }) => this.#state(key, state));
    live('error', ({ key, error }) => this.#error(key, error));
    film.addEventListener('frame', () => this.#recorded());
    film.addEventListener('state', () => this.#turn());
    aeot.addEventListener('frame', () => this.#solved());
    aeot.addEventListener('error', () => this.panels.get('aeot').tell(aeot.error.message));
    new MutationObserver(() => this.theme()).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  }

  /** Colours anew, once the style sheet is there or another theme. */
  theme() {
    this.palette = readPalette();
    this.ramp = ramp(tints());
    this.ask();
  }

  #add(key) {
    const method = METHODS.find((m) => m.key === key);
    const panel = new Panel(method, this);
    this.panels.set(key, panel);
    const next = [...this.#row.children].find((e) => METHODS.findIndex((m) => m.key === e.dataset.key) > METHODS.indexOf(method));
    this.#row.insertBefore(panel.element, next ?? null);
    interact(panel, panel.box, this.#actions);
    this.#row.dataset.count = this.panels.size;
    panel.measure();
    return panel;
  }

  #list() {
    const has = this.#runs.list.has('wgan');
    if (has && !this.panels.has('wgan')) this.#add('wgan');
    if (!has && this.panels.has('wgan')) {
      this.panels.get('wgan').element.remove();
      this.panels.delete('wgan');
      this.#row.dataset.count = this.panels.size;
    }
  }

  /** Paints a panel, or all, at the next animation frame. */
  ask(panel) {
    if (panel) this.#dirty.add(panel);
    else this.panels.forEach((p) => this.#dirty.add(p));
    if (this.#asked) return;
    this.#asked = requestAnimationFrame(() => {
      this.#asked = 0;
      const list = [...this.#dirty];
      this.#dirty.clear();
      const began = performance.now();
      for (const p of list) p.draw();
      performance.measure?.('coverage:paint', { start: began });
    });
  }

  #moved() {
    if (this.mark.selected >= this.target.count) this.mark.selected = -1;
    const { problem } = this.target;
    for (const panel of this.panels.values()) {
      panel.tell(problem ? problem.message : null);
      if (problem) {
        panel.show(null);
        panel.counted(null, 0);
      }
    }
    this.ask();
  }

  #frame(key) {
    const run = this.#runs.list.get(key);
    const panel = this.panels.get(key);
    const { points, field, grid, arrows, samples, losses: last } = run.frame;
    const { range, ends } = field ? scale(run.request.loss, field) : {};
    panel.show({ points, count: points.length / 2, field, range, grid, samples, arrows });
    panel.caption({ ends, words: losses(last) });
    if (!this.#aeot.frame && run.frame.real) this.#real(run.frame.real);
  }

  #begin(key) {
    const panel = this.panels.get(key);
    panel.tell(null);
    panel.counted(null, this.target.count);
    panel.caption({});
  }

  #marked(key) {
    const { marks } = this.#runs.list.get(key);
    const panel = this.panels.get(key);
    const { modes, highQuality, steps } = marks.at(-1);
    panel.counted(modes, this.target.count);
    panel.describe(`${panel.name.textContent} after ${whole(steps)} steps: ${modes} of ${this.target.count} modes, ${percent(highQuality, 1)} high quality.`);
  }

  #state(key, state) {
    const { badge } = this.panels.get(key);
    badge.hidden = state !== 'loading';
    badge.textContent = 'loading…';
    if (state === 'running') this.panels.get(key).tell(null);
  }

  #error(key, error) {
    const reset = { name: 'Reset', run: () => this.#runs.reset() };
    this.panels.get(key).tell(error.message, error.code === 'restored' ? null : reset);
  }

  /** Recordings come or go. */
  #turn() {
    const { shown } = this.#film;
    if (shown === this.#recording) return;
    this.#recording = shown;
    if (shown) this.#runs.pause();
    else for (const [key, run] of this.#runs.list) this.#back(key, run);
  }

  #recording = false;

  #recorded() {
    for (const [key, { about }] of Object.entries(this.#film.runs)) {
      const panel = this.panels.get(key);
      const picture = this.#film.picture(key);
      const { values } = this.#film.recorded(key);
      panel.tell(null);
      panel.badge.hidden = false;
      panel.badge.textContent = 'recording';
      panel.name.textContent = about.name;
      panel.show(picture);
      panel.caption({ words: picture.words });
      panel.counted(values.modes, this.target.count);
      panel.describe(`${about.name}, recorded, after epoch ${this.#film.epoch}: ${values.modes} of ${this.target.count} modes, ${percent(values.highQuality, 1)} high quality.`);
    }
  }

  /** A live run is seen again as it was left. */
  #back(key, run) {
    const panel = this.panels.get(key);
    panel.name.textContent = METHODS.find((m) => m.key === key).name;
    this.#begin(key);
    panel.show(null);
    this.#state(key, run.state);
    if (run.frame) this.#frame(key);
    if (run.marks.length) this.#marked(key);
    if (run.error) this.#error(key, run.error);
  }

  #real(points) {
    this.real.points = points;
    this.real.serial += 1;
    this.ask();
  }

  #solved() {
    const panel = this.panels.get('aeot');
    const { frame } = this.#aeot;
    if (!frame) {
      this.#real(null);
      panel.show(null);
      panel.counted(null, 0);
      panel.caption({});
      return;
    }
    panel.tell(null);
    this.#real(frame.real);
    panel.show({ points: frame.generated, count: frame.generated.length / 2, grid: frame.grid?.length ? frame.grid : null, samples: GRID[1] });
    panel.counted(frame.marks.modes, this.target.count);
    panel.caption({ words: `${frame.grid?.length ? 'grid torn between modes, ' : ''}solved in ${frame.milliseconds.toFixed(0)} ms` });
    panel.describe(`AE-OT: ${frame.marks.modes} of ${this.target.count} modes, ${percent(frame.marks.highQuality, 1)} high quality.`);
  }

  #select(k) {
    if (k === this.mark.selected) return;
    this.mark.selected = k;
    this.ask();
  }

  #actions = {
    choose: (k) => this.#select(k),
    grab: (k) => this.#stands.go(k, true),
    touched: () => {},
    brush: () => {},
    move: async (k, x, y, final) => {
      await this.target.move(k, x, y, final);
      if (!final) return;
      const wide = this.target.frame.bounds[2] - this.target.frame.bounds[0];
      announce(`Mode ${k + 1} at x ${coordinate(x, wide)}, y ${coordinate(y, wide)}.`);
    },
    add: async (x, y, focus = false) => {
      await this.target.add(x, y);
      announce(`Mode added. There are now ${this.target.count}.`);
      this.#select(this.target.count - 1);
      if (focus) this.#stands.go(this.target.count - 1, true);
    },
    mass: async (k, factor, final) => {
      await this.target.mass(k, factor, final);
      if (final) announce(`Mode ${k + 1} has ${percent(this.target.frame.masses[k])} of the mass.`);
    },
    remove: async (k) => {
      if (!this.target.remove(k)) return;
      this.#select(-1);
      announce(`Mode removed. There are now ${this.target.count}.`);
      this.#stands.go(Math.min(k, this.target.count - 1), true);
    },
  };
}
