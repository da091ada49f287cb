// What fresh samples say of the heights, number by number, beside what the exact cells say.

import { $, h, setText } from '../dom.js';
import { percent, plain, scientific, time, whole } from '../format.js';
import { stopped } from './bar.js';

const share = (x) => (x < 1 ? percent(x, x < 0.1 ? 2 : 1) : `${whole(Math.round(100 * x))} %`);
const give = (value, error) => [value, error === null ? '' : `± ${error}`];
const digits = (error) => plain(error, 1);

/** r: the report of a finished solve or null; p: how far it is; e: beside the exact answer. */
const ROWS = [
  { key: 'iterations', name: 'Steps', hint: 'Steps taken so far, each from a batch of samples.', of: ({ r, p }) => [whole(r?.iterations ?? p.iteration)] },
  { key: 'samples', name: 'Samples', hint: 'Samples drawn so far, over all steps and measurements.', of: ({ r, p }) => [whole(r?.samples ?? p.samples)] },
  { key: 'milliseconds', name: 'Time', hint: 'Duration of the solve; looking at it and comparing it with the exact answer are left out.', of: ({ r, p }) => [time(r?.milliseconds ?? p.milliseconds).join(' ')] },
  { key: 'residual', name: 'R.m.s. error', hint: 'Root mean square of the cells’ relative mass errors wᵢ/νᵢ − 1, from fresh samples, with what noise adds taken off; ± its standard error. The solve stops below the tolerance. While it runs: the last measurement, plus one standard error.', of: ({ r, p }) => (r ? give(share(r.residual), share(r.residualError)) : [Number.isFinite(p.rms) ? share(p.rms) : '–']) },
  { key: 'maximum', name: 'Largest error', hint: 'The largest |ŵᵢ/νᵢ − 1| among the sampled cells, noise and all.', of: ({ r }) => r && [share(r.maximum)] },
  { key: 'maximumNoise', name: '… noise alone', hint: 'What the largest error would be if every cell were exactly right: sampling noise alone. Only what the largest error has above this tells something.', of: ({ r }) => r && [share(r.maximumNoise)] },
  { key: 'variation', name: 'Misplaced mass', hint: 'Total variation ½ Σ |ŵᵢ − νᵢ|, the share of the mass that goes to the wrong point, noise and all; ± its standard error.', of: ({ r }) => r && give(share(r.variation), share(r.variationError)) },
  { key: 'variationNoise', name: '… noise alone', hint: 'What the misplaced mass would be if every cell were exactly right.', of: ({ r }) => r && [share(r.variationNoise)] },
  { key: 'w2Dual', name: 'W₂² at least', hint: 'Lower bound of the squared distance, ∫|x|² dμ + Σ νᵢ|yᵢ|² − 2E(h), estimated from samples: a bound up to its standard error.', of: ({ r }) => r && give(plain(r.w2Dual, 5), digits(r.w2DualError)) },
  { key: 'w2Upper', name: 'W₂² at most', hint: 'Upper bound of the squared distance, estimated from samples: the cost of this map, with what it would cost at most to mend the masses. A bound up to its standard error.', of: ({ r }) => r && give(plain(r.w2Upper, 5), digits(r.w2UpperError)) },
  { key: 'energy', name: 'Energy E(h)', hint: 'The convex function that is minimised, ∫ u dμ − Σ νᵢ hᵢ, estimated from samples; ± its standard error.', of: ({ r }) => r && give(plain(r.energy, 5), digits(r.energyError)) },
  { key: 'smallestCell', name: 'Smallest cell', hint: 'The least ratio of a cell’s sampled mass to the mass asked of it, min ŵᵢ/νᵢ. 1 is right, 0 a cell without a sample.', of: ({ r }) => r && [r.smallestCell.toFixed(3)] },
];
const EXACT = [
  { key: 'exactResidual', name: 'Residual', hint: 'The largest relative error of a cell’s mass, max |wᵢ − νᵢ|/νᵢ, with the cells of these heights computed exactly: no samples, no noise.', of: ({ e }) => e && [share(e.residual)] },
  { key: 'heightError', name: 'Height error', hint: 'Root mean square of h − h*, where h* are Newton’s heights, in the scene’s own units.', of: ({ e }) => e && [scientific(e.heightError)] },
  { key: 'energyGap', name: 'Energy gap', hint: 'E(h) − E(h*), both exact: how far the energy is above its minimum.', of: ({ e }) => e && [scientific(e.energyGap)] },
];

function table(rows, cells) {
  return h('dl', {}, ...rows.flatMap(({ key, name, hint }) => {
    const value = h('span', { 'data-mc': key, text: '–' });
    const error = h('span', { class: 'mc-error' });
    cells.set(key, { value, error });
    return [h('dt', {}, h('button', { type: 'button', class: 'hint', 'data-hint': hint, text: name })), h('dd', {}, value, error)];
  }));
}

export function certificate(run) {
  const place = $('#certificate');
  if (!place) return;
  const cells = new Map();
  const why = h('span', { 'data-mc': 'stopped', text: '–' });
  $('header', place).append(h('p', { class: 'stopped mc-only' }, why));
  const starved = h('p', { class: 'mc-starved', 'data-mc': 'starved' });
  const body = h(
    'div', { class: 'mc-certificate mc-only' },
    h('h3', { text: 'From fresh samples' }), table(ROWS, cells), starved,
    h('h3', { text: 'By the exact cells' }), table(EXACT, cells),
  );
  $('.certificate-body', place).after(body);

  function show() {
    const { answer, progress, exact } = run;
    const told = { r: answer?.report ?? null, p: progress ?? { iteration: 0, samples: 0, milliseconds: 0, rms: Infinity }, e: exact };
    for (const row of [...ROWS, ...EXACT]) {
      const { value, error } = cells.get(row.key);
      const [text, off = ''] = row.of(told) ?? ['–'];
      setText(value, text);
      setText(error, off);
    }
    for (const [key, number] of [['residual', told.r?.residual], ['exactResidual', exact?.residual]]) {
      if (number === undefined) delete cells.get(key).value.dataset.raw;
      else cells.get(key).value.dataset.raw = number;
    }
    const names = told.r?.starved ?? [];
    starved.hidden = !names.length;
    if (names.length) setText(starved, `No sample fell into the ${names.length === 1 ? 'cell' : 'cells'} of ${names.length === 1 ? 'point' : 'points'} ${names.slice(0, 12).map((i) => run.place(i) + 1).join(', ')}${names.length > 12 ? ` and ${whole(names.length - 12)} more` : ''}.`);
  }
  function state() {
    const words = { running: ['Solving…', ''], paused: [run.waits ? 'Waits for the point' : run.progress?.iteration ? 'Paused' : 'Not begun', ''], refused: ['Does not apply', ''], failed: ['Failed', run.error?.message ?? ''] };
    const [text, title] = run.state === 'done' ? stopped(run.answer.report) : words[run.state] ?? ['–', ''];
    setText(why, text);
    why.title = title;
    why.dataset.raw = run.state === 'done' ? run.answer.report.stopped : run.state;
    why.dataset.state = run.state === 'done' && run.answer.report.stopped === 'tolerance' ? 'done' : 'open';
    show();
  }
  // Numbers may change no faster than they are drawn.
  let asked = false;
  const soon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      show();
    });
  };
  for (const type of ['begin', 'progress', 'answer']) run.addEventListener(type, soon);
  run.addEventListener('state', state);
  state();
}
