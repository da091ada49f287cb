// What one picture is made of: its cell, the codes that were mixed, how far it is from them.

import { h, setText } from '../dom.js';
import { fixed, plain, whole } from '../format.js';
import { facts } from './facts.js';
import { draw, picture } from './picture.js';

/** Codes shown; what is left of λ is told. */
const SHOWN = 6;

const ROWS = [
  { key: 'cell', name: 'Cell', hint: 'Number of the training code whose cell holds the point: the one whose plane is highest there.' },
  { key: 'heaviest', name: 'Largest λ', hint: 'Weight of the code that counts most. Below 0.9 the picture is counted as interpolated; at 1 it is a stored code’s reconstruction.' },
  { key: 'jump', name: 'Next plane', hint: 'How far the code of the second highest plane is from that of the highest: what the map would jump there. In units of the cube’s side.' },
  { key: 'distance', name: 'To nearest code', hint: 'Distance of the picture’s code from the nearest stored one, in units of the cube’s side. At 0 it is a stored code.' },
];

/** Makes the card in `place`; returns { show(sample, k, pixels) }. */
export function mixture(place, session, { title, idle }) {
  const big = picture(64, { class: 'faces-big' });
  const name = h('h3', { text: title });
  const list = h('dl');
  const values = facts(list, ROWS);
  const parts = Array.from({ length: SHOWN }, () => {
    const canvas = picture(64);
    const share = h('span', { class: 'num' });
    return { canvas, share, item: h('li', {}, canvas, share) };
  });
  const of = h('p', { class: 'fine faces-of' });
  place.append(h('div', { class: 'faces-card-head' }, big, h('div', {}, name, list)), of, h('ol', { class: 'faces-mix' }, ...parts.map((part) => part.item)));
  let wanted = '';

  /** The reconstructions of the codes that were mixed. */
  const fill = session.newest(async ({ key, cells, words }) => {
    const { decoder, latents } = session;
    if (!decoder) return;
    const pixels = cells.length ? await session.decode(await latents.codes(cells)) : null;
    if (key !== wanted) return;
    parts.forEach(({ canvas, share, item }, k) => {
      const has = k < cells.length;
      item.dataset.empty = String(!has);
      setText(share, has ? words[k] : '');
      if (has) {
        draw(canvas, pixels, decoder.side, k);
        canvas.setAttribute('role', 'img');
        canvas.removeAttribute('aria-hidden');
        canvas.setAttribute('aria-label', `Reconstruction of training code ${whole(cells[k])}`);
      }
    });
  });

  setText(of, idle);
  big.hidden = true;
  for (const { item } of parts) item.dataset.empty = 'true';

  return {
    /** `pixels` are those of the pictures of `sample`, or of picture k alone where `alone`. */
    show(sample, k, pixels, { heading = title, alone = false } = {}) {
      const { decoder } = session;
      const [from, to] = [sample.offsets[k], sample.offsets[k + 1]];
      const mixed = to - from;
      const last = Math.min(to, from + SHOWN);
      const cells = [...sample.neighbours.slice(from, last)];
      const weights = [...sample.weights.slice(from, last)];
      const words = weights.map((weight) => `λ ${fixed(weight, 2)}`);
      // Where nothing is mixed, what is near by.
      if (mixed === 0) {
        cells.push(sample.nearest[k]);
        words.push('nearest');
      }
      if (mixed === 1) {
        cells.push(sample.seconds[k]);
        words.push('next');
      }
      wanted = [...cells, ...words].join();
      big.hidden = false;
      draw(big, pixels, decoder.side, alone ? 0 : k);
      setText(name, heading);
      setText(values.cell, whole(sample.cells[k]));
      setText(values.heaviest, to > from ? fixed(sample.heaviest[k], 2) : '–');
      setText(values.jump, plain(sample.jumps[k], 3));
      setText(values.distance, plain(sample.distances[k], 2));
      const left = 1 - weights.reduce((sum, weight) => sum + weight, 0);
      let text = `Mixed from ${mixed} training codes${mixed > SHOWN ? `; ${fixed(left, 2)} of λ is not shown` : ''}. Their reconstructions:`;
      if (mixed === 1) text = 'One training code, as it is stored, and that of the next plane. Their reconstructions:';
      if (mixed === 0) text = 'A Gaussian mixes no codes: it draws one of its own. The nearest training code’s reconstruction:';
      setText(of, text);
      fill({ key: wanted, cells, words });
    },
  };
}

