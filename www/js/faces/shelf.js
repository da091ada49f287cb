// The first pictures of the seed, of which a line takes two and a plane three.

import { h, on } from '../dom.js';
import { draw, picture } from './picture.js';
import { SETS, SHELF } from './settings.js';

export const LETTERS = ['A', 'B', 'C'];

/**
 * Makes the shelf in `place`. `setting` is the one it writes, `names` say what each of the chosen
 * is. Returns { update, points }: the points of the chosen, as soon as they are known.
 */
export function shelf(place, session, { setting, names, say }) {
  const corners = names.map((name, c) => h('button', { type: 'button', role: 'radio', class: 'faces-corner', 'data-c': c, 'aria-checked': 'false', tabindex: -1 }, h('span', { class: 'faces-letter', text: LETTERS[c] }), h('span', { text: name })));
  const tiles = Array.from({ length: SHELF }, (_, k) => {
    const canvas = picture(64);
    const letter = h('span', { class: 'faces-letter', 'aria-hidden': 'true' });
    return { canvas, letter, button: h('button', { type: 'button', class: 'faces-tile', 'data-k': k }, canvas, letter) };
  });
  const group = h('div', { role: 'radiogroup', 'aria-label': 'Which end is chosen next', class: 'faces-corners' }, ...corners);
  const row = h('div', { class: 'faces-shelf', role: 'group', 'aria-label': 'Pictures to choose from' }, ...tiles.map((tile) => tile.button));
  place.append(group, row);
  let active = 0;
  let made = null;

  function show() {
    // What a search found is on no shelf.
    const found = session.settings[setting === 'line' ? 'crossing' : 'tear'];
    const chosen = session.settings[setting].map((k, c) => (found && c < 2 ? -1 : k));
    corners.forEach((corner, c) => {
      corner.setAttribute('aria-checked', String(c === active));
      corner.tabIndex = c === active ? 0 : -1;
    });
    tiles.forEach(({ button, letter }, k) => {
      const c = chosen.indexOf(k);
      letter.textContent = c < 0 ? '' : LETTERS[c];
      button.setAttribute('aria-label', `${SETS[session.settings.set].one} ${k + 1}${c < 0 ? '' : `, ${LETTERS[c]}: ${names[c]}`}`);
      button.toggleAttribute('data-shown', c >= 0);
    });
  }
  function activate(c, focus) {
    active = (c + names.length) % names.length;
    show();
    if (focus) corners[active].focus();
  }
  on(group, 'click', (event) => {
    const corner = event.target.closest('.faces-corner');
    if (corner) activate(Number(corner.dataset.c));
  });
  on(group, 'keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    activate(active + step, true);
  });
  on(row, 'click', (event) => {
    const tile = event.target.closest('.faces-tile');
    if (!tile) return;
    const k = Number(tile.dataset.k);
    const chosen = [...session.settings[setting]];
    const other = chosen.indexOf(k);
    // One that has a place already changes places with the one it takes the place of.
    if (other >= 0) chosen[other] = chosen[active];
    chosen[active] = k;
    say(`${LETTERS[active]} is picture ${k + 1}.`);
    active = (active + 1) % names.length;
    session.patch(setting === 'line' ? { line: chosen, crossing: 0, t: 0 } : { plane: chosen, tear: 0, at: null });
    show();
  });

  const key = () => [session.heights, session.settings.set, session.settings.seed, session.settings.map, session.settings.threshold].join();
  const make = session.newest(async (wanted) => {
    const { decoder, latents, settings: { seed, map, threshold } } = session;
    if (!decoder) return;
    const sample = await latents.sample({ seed, count: SHELF, map, at: session.at(threshold) });
    const pixels = await session.decode(sample.codes);
    if (wanted !== key() || decoder !== session.decoder) return;
    made = wanted;
    tiles.forEach(({ canvas }, k) => draw(canvas, pixels, decoder.side, k));
  });
  return {
    update() {
      show();
      return made === key() ? null : make(key());
    },
    /** The points of some places, one after the other. */
    async points(list) {
      const { latents, settings: { seed } } = session;
      const all = await latents.points(seed, 0, SHELF);
      const d = latents.about.dimension;
      const out = new Float32Array(list.length * d);
      list.forEach((k, i) => out.set(all.subarray(k * d, (k + 1) * d), i * d));
      return out;
    },
  };
}
