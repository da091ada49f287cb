// The AE-OT experiment: real samples, the transport to them, generated samples, and scores.

import { $, $$, announce, h, latest, on, setText } from '../dom.js';
import { fixed, plain, scientific, sentence, time, whole } from '../format.js';
import { paintAll, paintMode } from '../figure/cloud.js';
import { readPalette } from '../figure/palette.js';
import { MIXTURES, modesMost, modesOf } from './controls.js';
import { readInto, takers, textDialog } from './dialogs.js';
import { logScale, nice, twoDigits } from './scale.js';
import { score } from './score.js';

const SIGMA = logScale(0.002, 1, twoDigits);

export function experiment(session) {
  const clouds = { left: $('#experiment-figure'), right: $('#experiment-mode') };
  let result = null;
  let extra = [];
  let mode = 0;
  let modesBefore = 0;
  let places = null;
  /** Name of the row whose samples the pictures show. */
  let pictured = 'AE-OT';

  /** What the result follows from, and of which scene it is. */
  const key = () => {
    const { preset, modes, sigma, weights, points, count, seed, experiment: sizes, source, domain, tolerance, view } = session.scenario;
    return JSON.stringify([preset, modes, sigma, weights, points, count, seed, sizes, source, domain, tolerance, view.kappa, view.measure]);
  };
  let shownFor = '';

  const settings = () => session.scenario.experiment;
  const realScale = () => logScale(Math.max(1, session.scenario.modes), 5000, nice);

  // Every control here changes the scene; a run is repeated only when there was one.
  const change = latest(async (patch) => {
    await session.patch(patch);
    if (result && key() !== shownFor) await run();
  });
  on($('#mixture'), 'change', () => change({ preset: $('#mixture').value }));
  on($('#real'), 'input change', (event) => {
    const value = realScale().value(Number($('#real').value));
    setText($('#real-out'), whole(value));
    if (event.type === 'change') change({ experiment: { ...settings(), real: value } });
  });
  on($('#x-modes'), 'input change', (event) => {
    const value = modesOf(session.scenario.preset, Number($('#x-modes').value));
    setText($('#x-modes-out'), String(value));
    if (event.type === 'change') change({ modes: value });
  });
  on($('#x-sigma'), 'input change', (event) => {
    const value = SIGMA.value(Number($('#x-sigma').value));
    setText($('#x-sigma-out'), String(value));
    if (event.type === 'change') change({ sigma: value });
  });
  on($('#x-kappa'), 'input change', (event) => {
    setText($('#x-kappa-out'), `${fixed(Number($('#x-kappa').value), 1)} ×`);
    if (event.type !== 'change') return;
    session.look({ measure: 'jump', kappa: Number($('#x-kappa').value) }).then(() => result && run());
  });
  on($('#weights'), 'change', async () => {
    const error = $('#weights-error');
    error.hidden = true;
    const parts = $('#weights').value.split(/[\s,;]+/).filter(Boolean);
    const weights = parts.map(Number);
    const bad = weights.findIndex((w) => !(w > 0));
    try {
      if (bad >= 0) throw new Error(`Weight ${bad + 1}, “${parts[bad]}”, is not a positive number.`);
      await session.patch({ weights: weights.length ? weights : null }, { quiet: true });
      if (result) await run();
    } catch (problem) {
      error.textContent = sentence(problem.message);
      error.hidden = false;
    }
  });

  async function run() {
    const button = $('#run-experiment');
    button.disabled = true;
    setText($('#experiment-status'), 'Running…');
    try {
      shownFor = key();
      result = await session.engine.experiment();
      mode = Math.min(mode, result.modes.length / 3 - 1);
      fillModes();
      paint();
      table();
      const [ms, unit] = time(result.milliseconds);
      setText($('#experiment-status'), `${words()}: ${ms}\u00a0${unit}`);
      $('#experiment').dataset.done = 'true';
      announce(summary());
    } catch (problem) {
      setText($('#experiment-status'), sentence(problem.message));
    } finally {
      button.disabled = false;
    }
  }
  const again = latest(run);
  on($('#run-experiment'), 'click', run);
  on($('#x-dice'), 'click', async () => {
    await session.patch({ seed: 1 + Math.floor(Math.random() * 99999) });
    if (key() !== shownFor) await run();
  });
  // Once in view it runs by itself.
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((e) => e.isIntersecting) || !session.scenario) return;
    watch.disconnect();
    if (!result) run();
  }, { threshold: 0.2 });
  session.addEventListener('scenario', () => watch.observe(clouds.left), { once: true });

  const words = () => `${whole(settings().real)} real, ${whole(settings().generated)} generated, seed ${session.scenario.seed}`;
  function summary() {
    const [row] = result.rows;
    return `${row.name}: ${fixed(row.modes.value, 0)} of ${result.modes.length / 3} modes, ${fixed(100 * row.highQuality.value, 2)} percent high quality, reverse KL ${plain(row.reverseKl.value, 3)}.`;
  }

  function fillModes() {
    const select = $('#which-mode');
    const count = result.modes.length / 3;
    select.disabled = false;
    if (select.options.length !== count) {
      select.replaceChildren(...Array.from({ length: count }, (_, k) => h('option', { value: k, text: `${k + 1} of ${count}` })));
    }
    select.value = mode;
  }
  on($('#which-mode'), 'change', () => {
    mode = Number($('#which-mode').value);
    paint();
  });
  on(clouds.left, 'click', (event) => {
    if (!places) return;
    const r = clouds.left.getBoundingClientRect();
    choose(places.nearest(event.clientX - r.left, event.clientY - r.top));
  });
  on(clouds.left, 'keydown', (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!step || !result) return;
    event.preventDefault();
    const count = result.modes.length / 3;
    choose((mode + step + count) % count);
    announce(`Mode ${mode + 1} of ${count}.`);
  });
  function choose(k) {
    mode = k;
    $('#which-mode').value = k;
    paint();
  }
  on($('#show-real'), 'change', paint);
  on($('#show-generated'), 'change', paint);

  function paint() {
    const palette = readPalette();
    const shown = { real: $('#show-real').checked, generated: $('#show-generated').checked };
    const row = extra.find((r) => r.name === pictured);
    const scene = result && { ...result, generated: row?.points ?? result.generated };
    places = paintAll(clouds.left, scene, { palette, shown, mode });
    paintMode(clouds.right, scene, { palette, shown, mode });
  }
  new MutationObserver(paint).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const sizes = new ResizeObserver(paint);
  sizes.observe(clouds.left);
  sizes.observe(clouds.right);

  function table() {
    const rows = [...result.rows, ...extra];
    if (!rows.some((row) => row.name === pictured)) pictured = rows[0].name;
    const picture = (name) => {
      pictured = name;
      paint();
    };
    $('#scores tbody').replaceChildren(...rows.map((row) => line(row, result.modes.length / 3, rows.length > 1 && { on: row.name === pictured, picture })));
  }

  const scores = textDialog('score', async (text) => {
    if (!result) {
      await run();
      if (!result) throw new Error('The mixture has to be run first; it could not be.');
    }
    const row = await session.engine.score(text, $('#score-name').value.trim() || 'Yours');
    extra = [...extra.filter((r) => r.name !== row.name), row];
    pictured = row.name;
    table();
    paint();
  }, (file) => { $('#score-name').value = file.slice(0, 40); });
  takers.set('#experiment, #score-dialog', { dialog: scores, words: 'Drop the file to score its samples' });
  on($('#score-file'), 'change', () => readInto(scores, $('#score-file')));

  session.addEventListener('scenario', (event) => {
    const scene = event.detail;
    if (scene.modes !== modesBefore) $('#weights-error').hidden = true;
    modesBefore = scene.modes;
    const known = [...$('#mixture').options].some((o) => o.value === scene.preset);
    $('#mixture').value = scene.preset === 'centres' ? 'grid' : known ? scene.preset : 'own';
    $('#x-modes').disabled = !MIXTURES.includes(scene.preset) && scene.preset !== 'spiral';
    // The modes were moved elsewhere: the closer look follows, where it is seen.
    if (result && key() !== shownFor && document.documentElement.dataset.scene === 'coverage' && !session.held) again();
    const put = (id, value, text) => {
      if (document.activeElement !== $(id)) $(id).value = value;
      setText($(`${id}-out`), text);
    };
    $('#x-modes').max = modesMost(scene.preset);
    put('#real', realScale().position(scene.experiment.real), whole(scene.experiment.real));
    put('#x-modes', scene.preset === 'grid' || scene.preset === 'centres' ? Math.sqrt(scene.modes) : scene.modes, String(scene.preset === 'own' && scene.points ? scene.points.length : scene.modes));
    put('#x-sigma', SIGMA.position(scene.sigma), String(twoDigits(scene.sigma)));
    put('#x-kappa', scene.view.kappa, `${fixed(scene.view.kappa, 1)} ×`);
    if (document.activeElement !== $('#weights')) $('#weights').value = scene.weights ? scene.weights.join(', ') : '';
    if (!result) setText($('#experiment-status'), words());
  });
  session.addEventListener('look', (event) => {
    if (document.activeElement !== $('#x-kappa')) $('#x-kappa').value = event.detail.kappa;
    setText($('#x-kappa-out'), `${fixed(event.detail.kappa, 1)} ×`);
  });
}

/** One row of the table: every score with its reference, as text and as a small bar. */
function line(row, modes, choice) {
  const near = row.nearestReal;
  const name = choice
    ? h('label', { class: 'key' }, h('input', { type: 'radio', name: 'pictured', checked: choice.on, onchange: () => choice.picture(row.name) }), row.name)
    : row.name;
  const narrower = h('span', { class: 'marker', title: 'The score is above the reference: the samples lie closer to the centres than true ones would.', text: 'narrower than the truth' });
  const pair = (value, words) => h('div', { class: 'score' }, h('span', { class: 'value', text: value }), words ? h('span', { class: 'reference', text: words }) : null);
  const ratio = row.varianceReference;
  // On a phone a row is a list: each cell brings its column's name along.
  const names = $$('#scores thead th').map((th) => th.textContent);
  const cell = (column, attributes, ...children) => h('td', { role: 'cell', ...attributes }, h('span', { class: 'column', 'aria-hidden': 'true', text: names[column] }), ...children);
  return h('tr', { role: 'row', 'data-row': row.name },
    h('th', { scope: 'row', role: 'rowheader' }, name, row.narrower ? h('br') : null, row.narrower ? narrower : null),
    cell(1, { class: 'r' }, h('span', { text: whole(row.samples) })),
    cell(2, { 'data-score': 'modes' }, score(row.modes, (v) => plain(v, 3).replace(/\.0+$/, ''), [0, modes], ` of ${modes}`)),
    cell(3, { 'data-score': 'highQuality' }, score(row.highQuality, (v) => `${(100 * v).toFixed(2)} %`, [Math.min(0.9, row.highQuality.value, row.highQuality.reference.low), 1])),
    cell(4, { 'data-score': 'reverseKl' }, score(row.reverseKl, (v) => (v !== 0 && v < 1e-3 ? scientific(v) : fixed(v, 4)), [0, Math.max(0.05, row.reverseKl.value, row.reverseKl.reference.high)])),
    cell(5, {}, pair(plain(row.varianceRatio, 3), ratio && `reference [${fixed(ratio.low, 2)}, ${fixed(ratio.high, 2)}]`)),
    cell(6, {}, near ? pair(plain(near.median, 3), `truth ${plain(near.referenceMedian, 3)}${near.copies > 0 ? `, ${(100 * near.copies).toFixed(1)} % copies` : ''}`) : h('span', { text: '–' })));
}
