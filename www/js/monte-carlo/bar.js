// Play, pause, step, reset, and how far the solve is: in the place of the slider t.

import { $, announce, h, on, s, setText } from '../dom.js';
import { percent, scientific, whole } from '../format.js';
import { METHODS } from './names.js';

const SHAPES = {
  'i-step': 'M3 2.5v11l6.5-5.5zM11 2.5h2.2v11H11z',
  'i-reset': 'M3.2 8a4.8 4.8 0 1 0 1.6-3.6M2.6 2.2l.9 3.3 3.3-.7',
};

function shape(id) {
  const symbol = s('symbol', { id, viewBox: '0 0 16 16' }, s('path', { d: SHAPES[id], class: id === 'i-reset' ? 'line' : null }));
  $('.sprite').append(symbol);
}

const icon = (id) => s('svg', { class: 'icon', 'aria-hidden': 'true' }, s('use', { href: `#${id}` }));

export function bar(run) {
  Object.keys(SHAPES).forEach(shape);
  const button = (id, name, image, extra = '') => h('button', { type: 'button', class: `icon-button${extra}`, id, 'aria-label': name, title: name }, icon(image));
  const play = button('mc-play', 'Play the solve', 'i-play', ' primary');
  const step = button('mc-step', 'Go on a little', 'i-step');
  const reset = button('mc-reset', 'Back to the start', 'i-reset');
  const how = h('span');
  const path = h('span', { class: 'mc-status-path' });
  const status = h('output', { 'aria-live': 'off', class: 'mc-status', id: 'mc-status' }, how, path);
  const place = h('div', { class: 'mc-bar', role: 'group', 'aria-label': 'Monte Carlo solve' }, play, step, reset, status);
  $('#transport-bar').prepend(place);

  on(play, 'click', () => (run.playing ? run.pause() : run.play()));
  on(step, 'click', () => run.step());
  on(reset, 'click', () => {
    run.reset();
    announce('Back at the start.');
  });

  function state() {
    const { playing } = run;
    const name = playing ? 'Pause the solve' : 'Play the solve';
    play.setAttribute('aria-label', name);
    play.title = name;
    play.setAttribute('aria-pressed', String(playing));
    $('use', play).setAttribute('href', playing ? '#i-pause' : '#i-play');
    for (const part of [play, step, reset]) part.disabled = run.state === 'refused';
    place.dataset.state = run.state;
    words();
  }
  function words() {
    const { progress, answer } = run;
    const steps = answer?.report.iterations ?? progress?.iteration ?? 0;
    const rms = answer ? answer.report.residual : progress?.rms;
    let text = `step ${whole(steps)}`;
    if (run.state === 'refused') text = 'not here';
    else if (Number.isFinite(rms)) text += ` · r.m.s. ${percent(rms, rms < 0.1 ? 2 : 0)}`;
    else if (progress && progress.phase !== run.settings?.name) text += ` · ${progress.phase}`;
    setText(how, text);
    setText(path, run.path ? ` · ${run.path}` : '');
  }
  function runs() {
    const label = $('[data-value=path]');
    if (!run.path) return;
    setText(label, run.path);
    if (label.dataset.hint) label.dataset.hint = `The path that runs: ${run.path}. Samples are drawn and assigned to cells in single precision there; the exact cells are computed beside it, on the processor. You can choose another path under Run on.`;
  }
  // The embed's line of numbers: of these heights, not of Newton's.
  function line() {
    if (run.exact) setText($('#numbers-line [data-value=residual]'), scientific(run.exact.residual));
  }
  for (const type of ['path', 'answer']) run.addEventListener(type, runs);
  for (const type of ['progress', 'answer']) run.addEventListener(type, line);
  run.addEventListener('state', state);
  run.addEventListener('state', ({ detail }) => {
    const { answer } = run;
    if (detail === 'done') announce(`${METHODS[answer.report.method].name}: ${stopped(answer.report)[0]} after ${whole(answer.report.iterations)} steps, r.m.s. ${percent(answer.report.residual)}.`);
  });
  for (const type of ['begin', 'progress', 'answer']) run.addEventListener(type, words);
  state();
}

/** Why a solve stopped, in words, and what they mean. */
export function stopped({ stopped: why, starved, samples }) {
  const cells = starved.length === 1 ? '1 cell gets' : `${whole(starved.length)} cells get`;
  switch (why) {
    case 'tolerance': return ['Solved to tolerance', 'Fresh samples put the root mean square error below the tolerance.'];
    case 'noise': return ['Stopped at the noise', 'More steps would not help: with so few samples a step, what is left cannot be told from noise. Allow more samples.'];
    case 'starved': return [`${cells} no sample`, `Of ${whole(samples)} samples none fell into them, so this is no solution. Allow more samples.`];
    case 'cancelled': return ['Cancelled', 'The best heights so far are shown.'];
    default: return ['Stopped at the step limit', 'The best heights so far are shown.'];
  }
}
