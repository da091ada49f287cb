// The three scores over the steps, one line a method; AE-OT, which takes none, runs straight through.

import { $, announce, h, on, s, setText } from '../dom.js';
import { fixed, whole } from '../format.js';
import { METHODS } from './methods.js';

const WIDE = 420;
const HIGH = 180;
const EDGE = { left: 42, right: 6, top: 8, bottom: 22 };
/** Milliseconds between two drawings while runs go on. */
const PERIOD = 150;

const SCORES = [
  { key: 'modes', name: 'Modes captured', show: (v) => whole(v), top: (_, modes) => modes },
  { key: 'highQuality', name: 'High quality', show: (v) => `${(100 * v).toFixed(0)} %`, top: () => 1 },
  { key: 'reverseKl', name: 'Reverse KL', show: (v) => fixed(v, 2), top: (most) => Math.max(0.2, most) },
];

/** A round number at least as large as x. */
function above(x) {
  const unit = 10 ** Math.floor(Math.log10(x || 1));
  return [1, 2, 4, 5, 10].map((k) => k * unit).find((v) => v >= x);
}

export function curves(section, { session, runs, aeot, target, film }) {
  const place = $('#cov-curves', section);
  const plots = SCORES.map((score) => {
    const svg = s('svg', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': `${score.name}: not drawn yet`, tabindex: 0, 'data-curve': score.key });
    const readout = h('p', { class: 'fine', text: '' });
    place.append(h('figure', {}, h('figcaption', { text: score.name }), svg, readout));
    return { score, svg, readout };
  });
  let cursor = null;
  let scale = null;
  let asked = false;
  let painted = 0;

  const lines = () => METHODS.filter((m) => m.learns).map((method) => {
    const recorded = film.recorded(method.key);
    const run = film.shown ? null : runs.list.get(method.key);
    return { method, name: recorded?.name ?? method.name, marks: recorded?.marks ?? run?.marks ?? [], moves: run?.moves ?? [], unit: recorded?.unit ?? 'step', now: recorded?.now };
  }).filter(({ marks }) => marks.length);

  function paint(now) {
    asked = false;
    painted = now;
    const list = lines();
    const last = Math.max(100, ...list.map(({ marks }) => marks.at(-1).steps));
    const end = above(last);
    const exact = aeot.full?.rows[0];
    const perfect = [...runs.list.values()].find(({ row }) => row)?.row ?? exact;
    scale = { end };
    const x = (steps) => EDGE.left + ((WIDE - EDGE.left - EDGE.right) * steps) / end;
    for (const { score, svg } of plots) {
      // The start, where nothing is learnt yet, would dwarf the rest.
      const values = list.flatMap(({ marks }) => marks.filter(({ steps }) => steps).map((mark) => mark[score.key]));
      const top = score.key === 'reverseKl' ? above(score.top(Math.max(0, ...values), target.count)) : score.top(0, target.count);
      const y = (v) => HIGH - EDGE.bottom - ((HIGH - EDGE.bottom - EDGE.top) * v) / (top || 1);
      const parts = [];
      const reference = perfect?.[score.key].reference;
      if (reference) {
        const from = y(Math.min(top, reference.high));
        parts.push(s('rect', { class: 'band', x: EDGE.left, width: WIDE - EDGE.left - EDGE.right, y: from - 1, height: Math.max(2, y(reference.low) - from + 2) }));
      }
      for (const v of [0, top / 2, top]) {
        parts.push(s('line', { class: 'grid', x1: EDGE.left, x2: WIDE - EDGE.right, y1: y(v), y2: y(v) }));
        if (score.key !== 'modes' || Number.isInteger(v)) parts.push(Object.assign(s('text', { x: EDGE.left - 5, y: y(v) + 4, 'text-anchor': 'end' }), { textContent: score.show(v) }));
      }
      for (const v of [0, end / 2, end]) parts.push(Object.assign(s('text', { x: x(v), y: HIGH - 6, 'text-anchor': v === end ? 'end' : v ? 'middle' : 'start' }), { textContent: v === end ? `${whole(v)} ${list[0]?.unit ?? 'step'}s` : whole(v) }));
      for (const { moves } of list) for (const m of moves) parts.push(s('line', { class: 'move', x1: x(m), x2: x(m), y1: HIGH - EDGE.bottom, y2: HIGH - EDGE.bottom + 4 }));
      const flat = exact?.[score.key].value ?? aeot.frame?.marks[score.key];
      if (flat !== undefined) parts.push(s('line', { class: 'aeot', x1: EDGE.left, x2: WIDE - EDGE.right, y1: y(Math.min(top, flat)), y2: y(Math.min(top, flat)), 'stroke-dasharray': METHODS.find((m) => m.key === 'aeot').dash }));
      for (const { method, marks } of list) {
        const d = marks.map((mark, k) => `${k ? 'L' : 'M'}${x(mark.steps).toFixed(1)} ${y(Math.min(top, mark[score.key])).toFixed(1)}`).join('');
        parts.push(s('path', { class: method.key, d, 'stroke-dasharray': method.dash }));
      }
      const here = cursor ?? list[0]?.now;
      if (here !== undefined) parts.push(s('line', { class: 'cursor', x1: x(Math.min(end, here)), x2: x(Math.min(end, here)), y1: EDGE.top, y2: HIGH - EDGE.bottom }));
      svg.replaceChildren(...parts);
      svg.setAttribute('aria-label', `${score.name} over the ${list[0]?.unit ?? 'step'}s. ${list.map(({ name, marks }) => `${name}: ${score.show(marks.at(-1)[score.key])}`).join(', ')}${flat === undefined ? '' : `, AE-OT: ${score.show(flat)}`}.`);
    }
    read(list);
  }

  function read(list) {
    for (const { score, readout } of plots) {
      const here = cursor ?? list[0]?.now;
      const at = ({ marks }) => (here === undefined ? marks.at(-1) : marks.findLast((mark) => mark.steps <= here) ?? marks[0]);
      const where = here === undefined ? 'now' : `at ${list[0]?.unit ?? 'step'} ${whole(Math.round(here))}`;
      setText(readout, list.length ? `${where}: ${list.map((one) => `${one.name} ${score.show(at(one)[score.key])}`).join(', ')}` : 'Press play.');
    }
  }

  const soon = () => {
    if (asked) return;
    asked = true;
    const wait = runs.playing ? painted + PERIOD - performance.now() : 0;
    if (wait > 0) setTimeout(() => requestAnimationFrame(paint), wait);
    else requestAnimationFrame(paint);
  };
  const point = (value) => {
    cursor = value === null || !scale ? null : Math.max(0, Math.min(scale.end, value));
    soon();
  };
  for (const { svg, readout } of plots) {
    on(svg, 'pointermove pointerdown', (event) => {
      const box = svg.getBoundingClientRect();
      const share = (((event.clientX - box.left) / box.width) * WIDE - EDGE.left) / (WIDE - EDGE.left - EDGE.right);
      if (scale) point(share * scale.end);
    });
    on(svg, 'pointerleave blur', () => point(null));
    on(svg, 'keydown', (event) => {
      if (!scale) return;
      const step = { ArrowRight: 0.02, ArrowLeft: -0.02 }[event.key];
      if (!step && event.key !== 'Escape') return;
      event.preventDefault();
      point(step ? (cursor ?? scale.end) + step * scale.end : null);
      read(lines());
      announce(readout.textContent);
    });
  }
  for (const type of ['mark', 'score', 'begin', 'list']) runs.addEventListener(type, soon);
  for (const type of ['frame', 'row']) aeot.addEventListener(type, soon);
  for (const type of ['state', 'frame']) film.addEventListener(type, soon);
  session.addEventListener('scenario', soon);
  soon();
}
