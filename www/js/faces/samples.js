// A grid of generated pictures: seeded points of the cube, each carried to a code and decoded.

import { $, h, on, setText } from '../dom.js';
import { fixed, whole } from '../format.js';
import { mixture } from './mixture.js';
import { draw, picture } from './picture.js';
import { SETS } from './settings.js';

const COUNT = 30;
/** Pictures that are decoded at once, so that some are seen before all are there; burn-ndarray takes
 * seconds for one. */
const GROUPS = { flex: 6, ndarray: 1 };

const HTML = `
<div class="faces-columns">
  <div class="faces-grid" id="faces-grid" role="group" aria-label="Generated pictures"></div>
  <section class="faces-card" id="faces-mixture" aria-label="What the picture is made of"></section>
</div>`;

export function samples(place, session, { say }) {
  place.innerHTML = HTML;
  const grid = $('#faces-grid', place);
  const tiles = Array.from({ length: COUNT }, (_, k) => {
    const canvas = picture(64);
    const button = h('button', { type: 'button', class: 'faces-tile', 'data-k': k, tabindex: k ? -1 : 0, 'aria-pressed': 'false', 'aria-label': `Picture ${k + 1}` }, canvas);
    return { canvas, button };
  });
  grid.append(...tiles.map((tile) => tile.button));
  const card = mixture($('#faces-mixture', place), session, { title: 'Point at a picture', idle: 'Its cell, and the codes it was mixed from, are shown here.' });

  let made = null;
  let chosen = 0;
  /** The picture that is shown: the one pointed at, else the one that was chosen. */
  function show(k) {
    const at = k >= 0 ? k : chosen;
    tiles.forEach(({ button }, i) => {
      button.toggleAttribute('data-shown', i === at);
      button.setAttribute('aria-pressed', String(i === chosen));
    });
    if (made?.drawn > at) card.show(made.sample, at, made.pixels, { heading: `Point ${at + 1} of seed ${made.seed}` });
  }
  const at = (event) => {
    const tile = event.target.closest?.('.faces-tile');
    return tile ? Number(tile.dataset.k) : -1;
  };
  on(grid, 'pointerover', (event) => event.pointerType !== 'touch' && at(event) >= 0 && show(at(event)));
  on(grid, 'pointerleave', () => show(-1));
  on(grid, 'focusin', (event) => {
    if (!event.target.matches(':focus-visible')) return;
    tiles.forEach(({ button }, i) => { button.tabIndex = i === at(event) ? 0 : -1; });
    show(at(event));
  });
  on(grid, 'click', (event) => {
    const k = at(event);
    if (k < 0) return;
    chosen = k;
    show(k);
  });
  on(grid, 'keydown', (event) => {
    const here = at(event);
    if (here < 0) return;
    const across = getComputedStyle(grid).gridTemplateColumns.split(' ').length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? COUNT - 1 : here + step;
    if (!(next >= 0 && next < COUNT)) return;
    event.preventDefault();
    tiles[next].button.focus();
  });

  const key = () => [session.heights, session.settings.set, session.settings.seed, session.settings.map, session.settings.threshold].join();
  const make = session.newest(async (wanted) => {
    const { decoder, latents, settings: { seed, map, threshold, set } } = session;
    if (!decoder) return;
    const sample = await latents.sample({ seed, count: COUNT, map, at: session.at(threshold) });
    const size = 4 * decoder.side ** 2;
    const it = { key: wanted, seed, sample, pixels: new Uint8ClampedArray(COUNT * size), drawn: 0 };
    const group = GROUPS[decoder.backend] ?? 1;
    for (let first = 0; first < COUNT; first += group) {
      const pixels = await session.decode(sample.codes.subarray(first * decoder.latent, (first + group) * decoder.latent));
      if (wanted !== key() || decoder !== session.decoder) {
        // Half of a draw is not kept for when it is asked for again.
        if (made === it) made = null;
        return;
      }
      it.pixels.set(pixels, first * size);
      it.drawn = first + group;
      made = it;
      for (let k = first; k < it.drawn; k += 1) {
        draw(tiles[k].canvas, it.pixels, decoder.side, k);
        const mixed = sample.offsets[k + 1] - sample.offsets[k];
        tiles[k].button.setAttribute('aria-label', `Generated ${SETS[set].one} ${k + 1}: cell ${whole(sample.cells[k])}${mixed ? `, largest λ ${fixed(sample.heaviest[k], 2)}` : ''}`);
      }
      if (first === 0) show(-1);
    }
    grid.dataset.made = wanted;
    const mixed = sample.heaviest.reduce((n, x) => n + (x > 0 && x < 0.9), 0);
    setText($('#faces-grid-words'), map === 'gaussian' ? 'Drawn from the Gaussian.' : `${mixed} of ${COUNT} are interpolated.`);
    say(`${COUNT} ${SETS[set].many}, seed ${seed}.`);
  });
  return {
    update() {
      return made?.key === key() ? null : make(key());
    },
  };
}
