// What the solve proved, number by number, and how far it is while it runs.

import { $, h, on, setText } from '../dom.js';
import { fixed, percent, plain, time, whole } from '../format.js';
import { runsOn } from '../monte-carlo/device.js';
import { STOPPED } from '../monte-carlo/names.js';

const margin = (value, error, show) => `${show(value)} ± ${show(error)}`;
const bound = (v, e) => {
  // As many decimals as the error has two digits of.
  const digits = Math.max(1, Math.min(7, 1 - Math.floor(Math.log10(e || 1e-6))));
  return margin(v, e, (x) => fixed(x, digits));
};
const ROWS = [
  { key: 'residual', name: 'Residual, r.m.s.', hint: 'Root mean square of wᵢ/νᵢ − 1 over all cells, estimated from fresh samples with their noise taken off, and its standard error. A maximum could not be seen through the noise.', of: (r) => margin(r.residual, r.residualError, percent) },
  { key: 'maximum', name: 'Largest error', hint: 'The largest |ŵᵢ/νᵢ − 1| among the sampled cells, noise and all.', of: (r) => percent(r.maximum, 1) },
  { key: 'maximumNoise', name: '… noise alone', hint: 'What the largest error would be if every cell were exactly right: sampling noise alone. Only what the largest error has above this tells something.', of: (r) => percent(r.maximumNoise, 1) },
  { key: 'w2Dual', name: 'W₂² at least', hint: 'Lower bound of the squared distance from the dual problem: ∫|x|² dμ + Σ νᵢ|yᵢ|² − 2E(h), with its standard error.', of: (r) => bound(r.w2Dual, r.w2DualError) },
  { key: 'w2Upper', name: 'W₂² at most', hint: 'Upper bound of the squared distance: the cost of this map, with what it would cost at most to mend the masses.', of: (r) => bound(r.w2Upper, r.w2UpperError) },
  { key: 'w2Primal', name: 'Cost of the map', hint: '∫ |x − ∇u(x)|² dμ: what this map costs to the masses that its cells have, with its standard error.', of: (r) => bound(r.w2Primal, r.w2PrimalError) },
  { key: 'samples', name: 'Samples', hint: 'Samples drawn in the whole solve.', of: (r) => whole(r.samples) },
  { key: 'iterations', name: 'Iterations', hint: 'Steps of the method.', of: (r) => whole(r.iterations) },
  { key: 'milliseconds', name: 'Time', hint: 'Duration of the solve, the drawing of cells left out.', of: (r) => time(r.milliseconds).join('\u00a0') },
];
const STATES = { idle: 'Not solved yet', solving: 'Solving', paused: 'Paused', cancelled: 'Cancelled', failed: 'Failed' };
const TOLERANCE = 0.03;
const PHASES = { adam: 'Adam', lbfgs: 'L-BFGS', clusters: 'Clusters', 'within clusters': 'Within clusters', measuring: 'Measuring' };

export function numbers(session, say) {
  const list = $('#space-numbers');
  const cells = new Map();
  for (const { key, name, hint } of ROWS) {
    const value = h('span', { 'data-value': key, text: '–' });
    list.append(h('dt', {}, h('button', { type: 'button', class: 'hint', 'data-hint': hint, text: name })), h('dd', {}, value));
    cells.set(key, value);
  }
  const stopped = $('#space-certificate [data-value=stopped]');
  const solve = $('#space-solve');
  const step = $('#space-step');
  const cancel = $('#space-cancel');
  const badge = $('#space-badge');
  const bar = $('#space-progress');
  const status = $('#space-status');
  let first = Infinity;
  let path = null;
  function runs(device) {
    path = device;
    setText($('#space-path'), device ?? '…');
    setText($('#space-device-note'), runsOn({ path: device, fallen: session.fallen }));
  }

  function show(state) {
    const { report } = session;
    const running = state === 'solving' || state === 'paused';
    setText(solve, { solving: 'Pause', paused: 'Resume', done: 'Solve again' }[state] ?? 'Solve');
    cancel.disabled = step.disabled = !running;
    badge.hidden = !running;
    bar.toggleAttribute('data-running', running);
    setText(badge, state === 'paused' ? 'paused' : 'solving…');
    setText(stopped, state === 'done' ? STOPPED[report.stopped] ?? report.stopped : STATES[state]);
    stopped.dataset.state = state === 'done' && report.stopped === 'tolerance' ? 'done' : 'open';
    stopped.dataset.raw = state === 'done' ? report.stopped : state;
    for (const row of ROWS) {
      const value = cells.get(row.key);
      setText(value, state === 'done' ? row.of(report) : '–');
      if (state === 'done') value.dataset.raw = report[row.key];
      else delete value.dataset.raw;
    }
    if (state === 'solving' && !session.positions) {
      first = Infinity;
      runs(null);
      // Before the residual is known there is no share to tell.
      bar.removeAttribute('value');
      setText(status, 'Starting…');
    }
    if (state === 'cancelled') setText(status, 'The cells stay as they were.');
    if (state === 'failed') setText(status, 'Change something, or solve again.');
    if (state === 'done') {
      bar.value = 1;
      // A path that was lost on the way is told at the end.
      runs(report.device);
      const worst = report.starved.length;
      setText(status, worst ? `${whole(worst)} of ${whole(session.scene.sites.length / 3)} cells got no sample.` : `Every cell holds its share to ${percent(report.residual)}, root mean square.`);
      say(`${STOPPED[report.stopped] ?? report.stopped}. Residual ${percent(report.residual)}.`);
    }
    if (state === 'paused') say('Paused.');
  }
  session.addEventListener('state', (event) => show(event.detail));
  session.addEventListener('progress', ({ detail: { phase, iteration, rms, samples, device } }) => {
    const known = Number.isFinite(rms);
    if (known && first === Infinity) first = Math.max(rms, 2 * TOLERANCE);
    setText(status, `${PHASES[phase] ?? phase}: step ${whole(iteration)}${known ? `, r.m.s. ${percent(rms, 1)}` : ''}, ${plain(samples / 1e6, 2)} million samples`);
    // On a log scale, as residuals fall.
    if (known) bar.value = Math.max(bar.position < 0 ? 0 : bar.value, Math.min(0.98, Math.log(first / rms) / Math.log(first / TOLERANCE)));
    if (device !== path) runs(device);
  });
  on(solve, 'click', () => {
    if (session.state === 'solving') session.pause();
    else if (session.state === 'paused') session.resume();
    else session.solve();
  });
  on(step, 'click', () => session.step());
  on(cancel, 'click', () => session.cancel());
  on($('#space-method'), 'change', () => session.patch({ method: $('#space-method').value }));
  on($('#space-device'), 'change', () => session.patch({ device: $('#space-device').value }));
  session.addEventListener('space', ({ detail }) => {
    $('#space-method').value = detail.method;
    $('#space-device').value = detail.device;
  });
}
