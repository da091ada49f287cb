// What can be set of a Monte Carlo solve, and what runs it. Shown with such a method only.

import { $, h, on, setText } from '../dom.js';
import { logScale, twoDigits } from '../ui/scale.js';
import { DEVICES, HINT, NAME, runsOn } from './device.js';

const RATE = logScale(0.001, 1, twoDigits);
const SAMPLES = [1024, 4096, 16384, 65536, 262144, 1048576];
const TOLERANCES = [[0.1, '10 %'], [0.05, '5 %'], [0.02, '2 %'], [0.01, '1 %'], [0.005, '0.5 %'], [0.001, '0.1 %']];

const HINTS = {
  samples: 'Samples of the source drawn for each step. Automatic begins with few and takes more when noise, not the heights, limits the error. A fixed number shows where its noise stops the solve.',
  tolerance: 'The solve stops when the root mean square of the cells’ relative mass errors, measured on fresh samples and with the noise taken off, is below this.',
  sequence: 'Low-discrepancy points (scrambled Sobol) cover the domain evenly; independent ones (Philox) leave the gaps and clumps of chance, and need some hundred times more samples here.',
  device: HINT,
  rate: 'The length of Adam’s first steps, in units of the spread of ⟨x, y⟩. Too long and cells starve and jump, too short and it crawls.',
};

function choice(key, name, options) {
  const select = h('select', { id: `mc-${key}`, 'aria-label': name }, ...options.map(([value, text]) => h('option', { value, text })));
  return { select, row: h('div', { class: 'mc-row' }, h('button', { type: 'button', class: 'hint', 'data-hint': HINTS[key], text: name }), select) };
}

export function settings(session, run) {
  const place = $('#method-place');
  if (!place) return;
  const samples = choice('samples', 'Samples', [['auto', 'Automatic'], ...SAMPLES.map((n) => [n, n.toLocaleString('en-US')])]);
  const tolerance = choice('tolerance', 'Stop below', TOLERANCES);
  const sequence = choice('sequence', 'Sequence', [['sobol', 'Low-discrepancy'], ['philox', 'Independent']]);
  const device = choice('device', NAME, DEVICES);
  const rate = h('input', { type: 'range', id: 'mc-rate', min: 0, max: 1000, step: 10, 'aria-label': 'Learning rate' });
  const rateOut = h('output', { 'aria-live': 'off', for: 'mc-rate', class: 'num', text: '–' });
  const rateRow = h('div', { class: 'mc-row mc-wide' }, h('button', { type: 'button', class: 'hint', 'data-hint': HINTS.rate, text: 'Learning rate' }), rate, rateOut);
  const path = h('p', { class: 'fine mc-path', id: 'mc-path', role: 'status' });
  const rows = h('fieldset', { class: 'mc-settings' }, h('legend', { class: 'hidden-text', text: 'Monte Carlo' }), samples.row, tolerance.row, sequence.row, device.row, rateRow, path);
  const words = h('span');
  const mend = h('button', { type: 'button' });
  const refusal = h('p', { class: 'mc-refusal', id: 'mc-refusal', role: 'status' }, words, mend);
  refusal.hidden = true;
  place.append(rows, refusal);

  const patch = (fields) => session.patch({ method: fields });
  on(samples.select, 'change', () => patch({ samples: samples.select.value === 'auto' ? null : Number(samples.select.value) }));
  on(tolerance.select, 'change', () => patch({ tolerance: Number(tolerance.select.value) }));
  on(sequence.select, 'change', () => patch({ sequence: sequence.select.value }));
  on(device.select, 'change', () => patch({ device: device.select.value }));
  on(rate, 'input', () => setText(rateOut, String(RATE.value(Number(rate.value)))));
  on(rate, 'change', () => patch({ rate: RATE.value(Number(rate.value)) }));
  on(mend, 'click', () => session.patch(run.refusal.patch));

  /** Shows a value; one that a link brought and the list lacks is added to it. */
  function put({ select }, value, text) {
    if (![...select.options].some((option) => option.value === String(value))) select.append(h('option', { value, text }));
    select.value = String(value);
  }
  function show(method) {
    put(samples, method.samples ?? 'auto', method.samples?.toLocaleString('en-US'));
    put(tolerance, method.tolerance, `${100 * method.tolerance} %`);
    put(sequence, method.sequence);
    put(device, method.device);
    if (document.activeElement !== rate) rate.value = RATE.position(method.rate);
    setText(rateOut, String(twoDigits(method.rate)));
    rateRow.hidden = method.name !== 'adam';
  }
  function runs() {
    setText(path, runsOn(run));
    path.dataset.path = run.path ?? '';
  }
  function state() {
    const { refusal: why } = run;
    rows.hidden = Boolean(why);
    refusal.hidden = !why;
    if (!why) return;
    setText(words, why.text);
    mend.hidden = !why.patch;
    setText(mend, why.name ?? '');
  }
  session.addEventListener('scenario', (event) => show(event.detail.method));
  show(session.scenario.method);
  for (const type of ['path', 'answer', 'begin']) run.addEventListener(type, runs);
  for (const type of ['state', 'begin']) run.addEventListener(type, state);
}
