// The certificate: what the solve proved, number by number, and how the residual fell.

import { $, h, setText } from '../dom.js';
import { plain, scientific, time, whole } from '../format.js';
import { plot } from './residual.js';

const ROWS = [
  { key: 'iterations', name: 'Iterations', unit: '', hint: 'Newton steps since the last heights. While you drag, the solve starts from the heights it had.', of: (r) => whole(r.iterations) },
  { key: 'residual', name: 'Residual', unit: '', hint: 'The largest relative error of a cell’s mass, max |wᵢ − νᵢ| / νᵢ. The solve stops below the tolerance.', of: (r) => scientific(r.residual) },
  { key: 'smallestCell', name: 'Smallest cell', unit: '', hint: 'The least ratio of a cell’s mass to the mass asked of it, min wᵢ / νᵢ. 1 is right, 0 a cell that vanished.', of: (r) => (Number.isFinite(r.smallestCell) ? r.smallestCell.toFixed(6) : '–') },
  { key: 'energy', name: 'Energy E(h)', unit: '', hint: 'The convex function that is minimised: ∫ u dμ − Σ νᵢ hᵢ, for points and heights in the scene’s own coordinates.', of: (r) => plain(r.energy, 7) },
  { key: 'w2Dual', name: 'W₂² at least', unit: '', hint: 'Lower bound of the squared distance from the dual problem: ∫|x|² dμ + Σ νᵢ|yᵢ|² − 2E(h). It holds for any heights.', of: (r) => plain(r.w2Dual, 7) },
  { key: 'w2Upper', name: 'W₂² at most', unit: '', hint: 'Upper bound of the squared distance: the exact cost of this map, with what it would cost at most to mend the masses.', of: (r) => plain(r.w2Upper, 7) },
  { key: 'gap', name: 'Gap', unit: '', hint: 'Distance between the two bounds. The true squared distance lies between them.', of: (r) => scientific(Math.max(0, r.w2Upper - r.w2Dual)) },
  { key: 'milliseconds', name: 'Time', unit: 'ms', hint: 'Duration of the solve alone, in this browser, on one thread.', of: (r) => time(r.milliseconds) },
];

export const STOPPED = {
  tolerance: ['Solved to tolerance', 'The residual fell below the tolerance.'],
  precision: ['Solved to the limit of f64', 'Rounding, not the method, now limits the residual.'],
  cancelled: ['Cancelled', 'The best answer so far is shown.'],
  iterations: ['Stopped at the step limit', 'The best answer so far is shown. Solve again to go on.'],
};

export function certificate(session) {
  const list = $('#numbers');
  const cells = new Map();
  for (const row of ROWS) {
    const value = h('span', { 'data-value': row.key, text: '–' });
    const unit = h('span', { class: 'unit', text: row.unit });
    list.append(h('dt', {}, h('button', { type: 'button', class: 'hint', 'data-hint': row.hint, text: row.name })), h('dd', {}, value, unit));
    cells.set(row.key, { value, unit });
  }
  const stopped = $('#certificate [data-value=stopped]');
  const svg = $('#residual-plot');
  plot(svg, null);
  let last = [null];
  new ResizeObserver(() => plot(svg, ...last)).observe(svg);

  function show(frame) {
    const r = frame.report;
    const solved = r && !frame.needsSolve;
    for (const row of ROWS) {
      const { value, unit } = cells.get(row.key);
      const text = solved ? row.of(r) : '–';
      setText(value, Array.isArray(text) ? text[0] : text);
      if (Array.isArray(text)) setText(unit, text[1]);
      if (solved) value.dataset.raw = row.key === 'gap' ? r.w2Upper - r.w2Dual : r[row.key];
      else delete value.dataset.raw;
    }
    const [words, title] = solved ? STOPPED[r.stopped] ?? [r.stopped, ''] : ['Not solved yet', ''];
    setText(stopped, words);
    stopped.title = title;
    stopped.dataset.state = solved && (r.stopped === 'tolerance' || r.stopped === 'precision') ? 'done' : 'open';
    stopped.dataset.raw = solved ? r.stopped : '';
    last = [solved ? r.residualHistory : null, session.scenario?.tolerance ?? 1e-9];
    plot(svg, ...last);
    const notes = $('#notes');
    const lines = frame.notes ?? [];
    if (notes.dataset.text !== lines.join('\n')) {
      notes.dataset.text = lines.join('\n');
      notes.replaceChildren(...lines.map((text) => h('li', { text })));
    }
  }
  session.addEventListener('frame', (event) => show(event.detail));
}
