// What the solvers' steps say: residual curves on one plot, the last residuals as numbers, the tries
// of a step; and the trace of moves by hand.

import { $, announce, h, on, s, setText } from '../dom.js';
import { enlarged, enlargement, pixel } from '../figure/enlarge.js';
import { fixed, power, scientific, whole } from '../format.js';
import { few } from './few.js';
import { at, draw, short } from '../monte-carlo/plot.js';

/** Below this, rounding shows. */
const ROUNDING = 1e-11;
const ROWS = 7;
/** Tries that are listed, and steps whose mean fall is told. */
const LISTED = 6;
const MEAN = 20;

/** Verdicts of tries, by code. */
const VERDICTS = [
  { mark: '✓', words: 'accepted' },
  { mark: '✕', words: 'refused: a cell below its floor' },
  { mark: '✕', words: 'refused: no decrease' },
  { mark: '✕', words: 'refused: still falling, longer is better' },
];
const HALVES = ['1', '½', '¼', '⅛'];

/** τ where it is a power of two as a fraction, else in digits. */
export function tauText(tau) {
  const n = -Math.log2(tau);
  if (Number.isInteger(n) && n >= 0 && n < 20) return HALVES[n] ?? `1/${whole(2 ** n)}`;
  return tau >= 1e-3 && tau < 1e4 ? String(Number(tau.toPrecision(3))) : scientific(tau, 1);
}

/** The first of a long list, and its end. */
function some(items) {
  if (items.length <= LISTED) return items;
  return [...items.slice(0, LISTED - 2), h('li', { text: `… ${whole(items.length - LISTED + 1)} more`, class: 'fine' }), items.at(-1)];
}

/** The tries of the step to state k, as a list. */
export function tries(place, recording, k, first) {
  const { tries: all, arrival, solver } = recording;
  const from = k > 0 ? all.offsets[k - 1] : 0;
  const to = k > 0 ? all.offsets[k] : 0;
  const items = [];
  for (let t = from; t < to; t += 1) {
    const { mark, words } = VERDICTS[all.verdict[t]] ?? VERDICTS[2];
    items.push(h('li', { 'data-verdict': all.verdict[t] }, h('span', { class: 'ht-mark', 'aria-hidden': 'true', text: mark }), h('span', { class: 'num', text: `τ = ${tauText(all.tau[t])}` }), h('span', { text: words })));
  }
  const said = {
    0: 'The start: nothing was tried yet.',
    2: `${first > 1 ? `${whole(first)} planes were` : 'A plane was'} nowhere on top, where Newton’s matrix is singular. They were raised until they touch, and all heights mixed with those of a start where every cell has mass.`,
    3: 'The mean of the last iterates. From here the rate is half, and more samples are counted.',
  }[arrival[k]];
  const plain = solver === 'adam' ? `Taken unseen: Adam does not try. Masses were counted from ${whole(recording.samples[k])} samples.` : 'Taken as it is.';
  place.replaceChildren(
    h('h3', { text: k === 0 ? 'Tries' : `Tries of step ${whole(recording.iteration[k])}` }),
    items.length ? h('ul', {}, ...some(items)) : h('p', { class: 'fine', text: said ?? plain }),
  );
}

/** The order of the fall, from the last three residuals above rounding; NaN where there are none. */
export function order(residual) {
  const last = [...residual].filter((r) => r > ROUNDING).slice(-3);
  if (last.length < 3) return NaN;
  return Math.log(last[2] / last[1]) / Math.log(last[1] / last[0]);
}

/** The mean factor of the last steps, in words. */
function mean(residual, step) {
  const n = Math.min(MEAN, step);
  if (n < 2 || !(residual[step] > 0)) return 'Go some steps further to see how fast it falls.';
  return `Over the last ${n} steps each multiplied the residual by ${few((residual[step] / residual[step - n]) ** (1 / n))} on average.`;
}

/** The last residuals, and each over the square of the one before. */
export function fall(body, words, { residual, iteration, solver }, step) {
  const end = residual.length;
  const from = Math.max(0, Math.min(end - ROWS, step - ROWS + 2));
  body.replaceChildren(...Array.from({ length: Math.min(ROWS, end) }, (_, n) => {
    const k = from + n;
    return h('tr', { 'data-step': k, 'aria-current': k === step ? 'step' : null }, h('th', { scope: 'row', text: whole(iteration[k]) }), h('td', { text: few(residual[k], 3) }), h('td', { text: k ? few(residual[k] / residual[k - 1] ** 2, 2) : '–' }));
  }));
  const p = solver === 'newton' ? order(residual) : NaN;
  setText(words, Number.isFinite(p) && p > 0
    ? `Order of the fall, from the last three residuals above 10${power(-11)}: ${fixed(p, 2)}. 1 is linear, 2 quadratic.`
    : mean(residual, step));
  words.dataset.order = Number.isFinite(p) ? p : '';
  words.dataset.solver = solver;
}

/** The residuals of all recordings on one plot; `go(step)` when the shown solver's curve is clicked. */
export class Curves {
  constructor(place, { go }) {
    this.svg = $('#ht-curves', place);
    this.readout = $('#ht-readout', place);
    this.cursor = null;
    this.scale = null;
    this.list = [];
    this.step = 0;
    const value = (event) => this.scale.value(pixel(event, this.svg)[0]);
    on(this.svg, 'pointermove pointerdown', (event) => {
      if (this.scale) this.#point(value(event));
    });
    on(this.svg, 'click', (event) => {
      if (this.scale) go(Math.round(value(event)));
    });
    on(this.svg, 'pointerleave blur', () => this.#point(null));
    on(this.svg, 'keydown', (event) => {
      if (!this.scale) return;
      const here = this.cursor ?? this.step;
      const next = { ArrowRight: Math.max(here + 1, here * 1.15), ArrowLeft: Math.min(here - 1, here / 1.15), Home: 0, End: this.scale.most, Escape: null }[event.key];
      if (event.key === 'Enter' && this.cursor !== null) go(this.cursor);
      else if (next === undefined) return;
      else {
        this.#point(next);
        announce(this.readout.textContent);
      }
      event.preventDefault();
    });
    new ResizeObserver(() => this.draw()).observe(this.svg);
    enlarged(() => this.draw());
  }

  #point(x) {
    this.cursor = x === null || !this.scale ? null : Math.min(this.scale.most, Math.max(0, Math.round(x)));
    this.draw();
  }

  set(list, solver, step) {
    Object.assign(this, { list, solver, step });
    this.draw();
  }

  draw() {
    const { list, svg, readout } = this;
    if (!list.length || !svg.clientWidth) return;
    const series = list.map(({ solver, name, dash, recording: { residual, iteration } }) => ({
      method: solver, name, dash, points: [...residual].map((r, k) => [iteration[k], r]).filter(([, r]) => r > 0),
    })).filter(({ points }) => points.length);
    const shown = list.find(({ solver }) => solver === this.solver);
    const here = shown ? shown.recording.iteration[Math.min(this.step, shown.recording.count - 1)] : 0;
    this.scale = draw(svg, { series, axis: 'steps', cursor: this.cursor ?? here });
    svg.setAttribute('aria-label', `Residual on a logarithmic scale. ${series.map(({ name, points }) => `${name}: from ${short(points[0][1])} to ${short(points.at(-1)[1])} in ${whole(points.at(-1)[0])} steps`).join('; ')}.`);
    const x = this.cursor ?? here;
    setText(readout, `Step ${whole(x)}: ${series.map(({ name, points }) => [name, at(points, x)]).filter(([, r]) => r).map(([name, r]) => `${name} ${short(r)}`).join(', ')}`);
  }
}

const EDGE = { left: 44, right: 8 };
/** Tries that the trace shows: the last ones. */
const TRACE = 60;

/** Moves by hand: the energy above its minimum and the residual after each, on logarithmic scales. */
export function trace(svg, list, least) {
  const scale = enlargement();
  const W = svg.clientWidth / scale || 320;
  const H = svg.clientHeight / scale || 150;
  svg.setAttribute('viewBox', `0 0 ${W} ${H}`);
  const shown = list.slice(-TRACE);
  const half = H / 2;
  const parts = [];
  const floor = 1e-15 * (Math.abs(least) || 1);
  const rows = [
    { key: 'energy', name: 'E(h) above its minimum', values: shown.map(({ energy }) => Math.max(energy - least, floor)), top: 0 },
    { key: 'residual', name: 'residual', values: shown.map(({ residual }) => Math.max(residual, 1e-15)), top: half },
  ];
  const x = (k) => EDGE.left + ((W - EDGE.left - EDGE.right) * k) / Math.max(6, shown.length - 1);
  for (const { key, name, values, top } of rows) {
    const [low, high] = [Math.floor(Math.log10(Math.min(...values)) + 1e-9), Math.ceil(Math.log10(Math.max(...values)) - 1e-9)];
    const span = Math.max(1, high - low);
    const [a, b] = [top + 26, top + half - 8];
    const y = (v) => b - ((b - a) * (Math.log10(v) - low)) / span;
    parts.push(s('text', { class: 'name', x: 0, y: top + 10, text: name }));
    for (const e of [low, low + span]) {
      parts.push(s('line', { class: 'grid', x1: EDGE.left, x2: W - EDGE.right, y1: y(10 ** e), y2: y(10 ** e) }));
      parts.push(s('text', { x: EDGE.left - 6, y: y(10 ** e) + 4, 'text-anchor': 'end', text: e === 0 ? '1' : e === 1 ? '10' : `10${power(e)}` }));
    }
    parts.push(s('path', { class: `curve ${key}`, d: values.map((v, k) => `${k ? 'L' : 'M'}${x(k).toFixed(1)} ${y(v).toFixed(1)}`).join('') }));
    values.forEach((v, k) => parts.push(s('circle', { cx: x(k).toFixed(1), cy: y(v).toFixed(1), r: k === values.length - 1 ? 3.5 : 2, class: k === values.length - 1 ? 'last' : null })));
  }
  svg.replaceChildren(...parts);
  const [first, last] = [list[0], list.at(-1)];
  svg.setAttribute('aria-label', `After ${whole(list.length - 1)} moves: residual from ${short(first.residual)} to ${short(last.residual)}, energy above its minimum from ${short(Math.max(0, first.energy - least))} to ${short(Math.max(0, last.energy - least))}.`);
}
