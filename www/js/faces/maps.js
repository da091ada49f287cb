// Three maps on the same points of the cube, in three rows.

import { $, h, on, setText } from '../dom.js';
import { fixed, percent, plain, whole } from '../format.js';
import { draw, picture } from './picture.js';
import { MAPS, SETS } from './settings.js';

const COLUMNS = 8;
/** Points that the shares are measured at. */
const SURVEYED = 500;

export function maps(place, session, { say }) {
  const rows = Object.entries(MAPS).map(([map, { name, hint }]) => {
    const pictures = Array.from({ length: COLUMNS }, () => picture(64));
    const share = h('span', { class: 'fine', text: '–' });
    const head = h('div', { class: 'faces-map-head' }, h('h3', {}, h('button', { type: 'button', class: 'hint', 'data-hint': hint, text: name })), share);
    return { map, pictures, share, element: h('section', { class: 'faces-map', 'data-map': map, 'aria-label': name }, head, h('div', { class: 'faces-map-row' }, ...pictures)) };
  });
  const words = h('p', { class: 'fine faces-lines-2', text: 'Each column is one point of the cube, carried by three maps. Point at a column to compare it.' });
  const table = h('div', { class: 'faces-maps', id: 'faces-maps', tabindex: 0, role: 'group', 'aria-label': 'Three maps on the same points. Arrow keys go from column to column.' }, ...rows.map((row) => row.element));
  place.append(table, words);
  let made = null;
  let column = -1;

  function show(k) {
    column = k;
    for (const { pictures } of rows) pictures.forEach((canvas, i) => canvas.toggleAttribute('data-shown', i === k));
    if (!made || k < 0) {
      setText(words, 'Each column is one point of the cube, carried by three maps. Point at a column to compare it.');
      return '';
    }
    const [a, b] = [made.samples[0], made.samples[1]];
    const moved = Math.hypot(...a.codes.subarray(k * made.latent, (k + 1) * made.latent).map((v, i) => v - b.codes[k * made.latent + i]));
    const mixed = (sample) => `${sample.offsets[k + 1] - sample.offsets[k]}, largest λ ${fixed(sample.heaviest[k], 2)}`;
    const text = `Point ${k + 1}, cell ${whole(a.cells[k])}. Codes mixed: with tears ${mixed(a)}, without ${mixed(b)}${moved < 1e-6 ? '; the two are the same here' : ''}. The Gaussian’s code is ${plain(made.samples[2].distances[k], 2)} from the nearest stored one.`;
    setText(words, text);
    return text;
  }
  const at = (event) => {
    const canvas = event.target.closest?.('.faces-map canvas');
    return canvas ? [...canvas.parentElement.children].indexOf(canvas) : -1;
  };
  on(table, 'pointerover click', (event) => at(event) >= 0 && show(at(event)));
  on(table, 'pointerleave', () => document.activeElement !== table && show(-1));
  on(table, 'keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    say(show(Math.min(COLUMNS - 1, Math.max(0, column + step))));
  });

  const key = () => [session.heights, session.settings.set, session.settings.seed, session.settings.threshold].join();
  const make = session.newest(async (wanted) => {
    const { decoder, latents, settings: { seed, threshold, set } } = session;
    if (!decoder) return;
    const samples = [];
    for (const { map, pictures, share } of rows) {
      const sample = await latents.sample({ seed, count: COLUMNS, map, at: session.at(threshold) });
      const pixels = await session.decode(sample.codes);
      if (wanted !== key() || decoder !== session.decoder) return;
      samples.push(sample);
      pictures.forEach((canvas, k) => {
        draw(canvas, pixels, decoder.side, k);
        canvas.setAttribute('role', 'img');
        canvas.removeAttribute('aria-hidden');
        canvas.setAttribute('aria-label', `${SETS[set].one} ${k + 1}`);
      });
      setText(share, '…');
    }
    made = { key: wanted, samples, latent: decoder.latent };
    table.dataset.made = wanted;
    show(column);
    for (const { map, share } of rows) {
      const it = await latents.sample({ seed: 0, count: SURVEYED, map, at: session.at(threshold) });
      if (wanted !== key() || decoder !== session.decoder) return;
      const near = [...it.distances].sort((a, b) => a - b)[SURVEYED >> 1];
      const mixed = it.heaviest.reduce((n, x) => n + (x < 0.9), 0) / SURVEYED;
      setText(share, `${map === 'gaussian' ? '' : `${percent(mixed, 0)} interpolated; `}${plain(near, 2)} from the nearest code, the median of ${SURVEYED}`);
    }
  });
  return {
    update() {
      return made?.key === key() ? null : make(key());
    },
  };
}
