// What the parts have in common: the seed, the map, the threshold.

import { $, on, setText } from '../dom.js';
import { fixed, plain } from '../format.js';
import { HIGHEST, MAPS } from './settings.js';

/** The angle above which the paper calls a facet singular. */
const PAPER = 0.75;

export function controls(session) {
  const seed = $('#faces-seed');
  on(seed, 'change', () => {
    const value = Math.min(4294967295, Math.max(0, Math.floor(Number(seed.value) || 0)));
    seed.value = value;
    session.patch({ seed: value, crossing: 0, tear: 0 });
  });
  on($('#faces-dice'), 'click', () => session.patch({ seed: (session.settings.seed + 1) % 4294967296, crossing: 0, tear: 0 }));
  const map = $('#faces-map');
  on(map, 'change', () => session.patch({ map: map.value }));
  const threshold = $('#faces-threshold');
  on(threshold, 'input', () => session.patch({ threshold: Number(threshold.value) }));
  on($('#faces-threshold-shipped'), 'click', () => session.patch({ threshold: null }));

  function words() {
    const { settings: { threshold: at }, latents } = session;
    if (!latents) return;
    const { about } = latents;
    const shipped = Math.round(100 * about.shipped.quantile);
    const percent = at ?? shipped;
    const jump = at === null ? about.shipped.jump : about.jumps[percent];
    const angle = about.angles[percent];
    if (document.activeElement !== threshold) threshold.value = percent;
    threshold.setAttribute('aria-valuetext', `${percent} percent of the jumps lie below it: ${plain(jump, 3)}`);
    setText($('#faces-threshold-out'), `${percent} %`);
    $('#faces-threshold-shipped').disabled = at === null;
    setText($('#faces-threshold-note'), session.settings.map === 'transport'
      ? `The map tears where it would jump by more than ${plain(jump, 3)} sides of the cube: ${100 - percent} % of the jumps measured at random points. The paper’s angle there is ${fixed(angle, 2)} rad; its θ is ${fixed(PAPER, 2)}.`
      : MAPS[session.settings.map].hint);
  }
  function follow() {
    const { settings } = session;
    if (document.activeElement !== seed) seed.value = settings.seed;
    map.value = settings.map;
    threshold.disabled = settings.map !== 'transport';
    words();
  }
  threshold.max = HIGHEST;
  session.addEventListener('settings', follow);
  session.addEventListener('state', follow);
  follow();
}
