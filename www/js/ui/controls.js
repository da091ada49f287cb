// The few controls of the scene: number of points, their spread, seed, the chosen point.

import { $, announce, latest, on, setText } from '../dom.js';
import { percent, whole } from '../format.js';
import { logScale, nice, twoDigits } from './scale.js';

export const MIXTURES = ['grid', 'centres', 'ring', 'clusters'];
const COUNT = logScale(1, 20000, nice);
const SIGMA = logScale(0.002, 1, twoDigits);
/** Above this, a slider solves when it is let go, not while it moves. */
const LIVE = 3000;

export function controls(session) {
  const count = $('#count');
  const sigma = $('#sigma');
  const modes = $('#modes');
  const seed = $('#seed');
  const text = $('#text');
  const mass = $('#mass');
  const patch = latest((value) => session.patch(value));

  on(count, 'input change', (event) => {
    const value = COUNT.value(Number(count.value));
    setText($('#count-out'), whole(value));
    if (event.type === 'change' || value <= LIVE) patch({ count: value });
  });
  on(sigma, 'input change', () => {
    const value = SIGMA.value(Number(sigma.value));
    setText($('#sigma-out'), String(value));
    patch({ sigma: value });
  });
  on(modes, 'input change', () => {
    setText($('#modes-out'), String(modesOf(session.scenario.preset, Number(modes.value))));
    patch({ modes: modesOf(session.scenario.preset, Number(modes.value)) });
  });
  on(seed, 'change', () => patch({ seed: Math.min(4294967295, Math.max(0, Math.floor(Number(seed.value) || 0))) }));
  on($('#dice'), 'click', () => patch({ seed: Math.floor(Math.random() * 100000) }));
  on(text, 'input', () => {
    if (text.value.trim()) patch({ text: text.value.trim() });
  });

  // The chosen point. Its slider is in octaves of the usual mass of the others.
  on(mass, 'input change', (event) => {
    if (session.selected >= 0) session.mass(session.selected, 2 ** Number(mass.value), event.type === 'change');
  });
  on($('#remove'), 'click', () => {
    if (session.selected >= 0) session.remove(session.selected).then((frame) => frame && announce('Point removed.'));
  });

  function site() {
    const { frame, selected } = session;
    const chosen = frame && selected >= 0 && selected < frame.count;
    $('#site-row').dataset.empty = String(!chosen);
    mass.disabled = $('#remove').disabled = !chosen;
    setText($('#site-name'), chosen ? `Mass of ${selected + 1}` : 'Chosen point');
    setText($('#mass-out'), chosen ? percent(frame.masses[selected]) : 'none');
    if (chosen && document.activeElement !== mass) {
      mass.value = Math.log2(session.relativeMass(selected));
    }
  }
  session.addEventListener('selection', site);
  session.addEventListener('frame', (event) => {
    const { frame } = session;
    setText($('#count-out'), whole(event.detail.count));
    if (document.activeElement !== count) count.value = COUNT.position(frame.count);
    $('#undo').disabled = !frame.canUndo;
    $('#redo').disabled = !frame.canRedo;
    site();
  });
  session.addEventListener('scenario', (event) => {
    const scene = event.detail;
    const { preset } = scene;
    $('#sigma-row').hidden = !(MIXTURES.includes(preset) && preset !== 'centres');
    $('#modes-row').hidden = !(preset === 'ring' || preset === 'clusters' || preset === 'centres');
    $('#text-row').hidden = preset !== 'letters';
    count.disabled = preset === 'own' || preset === 'centres';
    if (document.activeElement !== sigma) sigma.value = SIGMA.position(scene.sigma);
    setText($('#sigma-out'), String(twoDigits(scene.sigma)));
    if (document.activeElement !== modes) modes.value = preset === 'grid' || preset === 'centres' ? Math.sqrt(scene.modes) : scene.modes;
    modes.max = modesMost(preset);
    setText($('#modes-out'), String(scene.modes));
    if (document.activeElement !== seed) seed.value = scene.seed;
    if (document.activeElement !== text) text.value = scene.text;
    document.documentElement.dataset.controls = document.documentElement.dataset.controlsFixed ?? scene.controls;
  });
}

/** Grids have square numbers of modes: their slider counts the side. */
export const modesOf = (preset, position) => (preset === 'grid' || preset === 'centres' ? position * position : position);
export const modesMost = (preset) => (preset === 'grid' || preset === 'centres' ? 8 : preset === 'clusters' ? 12 : 24);
