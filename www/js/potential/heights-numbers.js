// The numbers beside the picture: the chosen plane's, and those of the heights as a whole.

import { $, $$, h, s, setText } from '../dom.js';
import { percent, plain, whole } from '../format.js';
import { few } from './few.js';
import { HEAVIEST } from './heights-cells.js';
import { tauText } from './steps-plot.js';

export function numbers(place) {
  const cells = new Map($$('[data-number]', place).map((cell) => [cell.dataset.number, cell]));
  const put = (key, text, raw) => {
    const cell = cells.get(key);
    setText(cell, text);
    if (raw === undefined) delete cell.dataset.raw;
    else cell.dataset.raw = raw;
  };
  const name = $('#ht-plane-name', place);

  return {
    plane(shape, site, moved) {
      setText(name, site < 0 ? 'No plane chosen' : `Plane ${whole(site + 1)} of ${whole(shape.count)}`);
      if (site < 0) {
        for (const key of ['height', 'cell', 'target']) put(key, '–');
        return;
      }
      const [w, nu] = [shape.cellMasses[site], shape.masses[site]];
      const lift = moved ? ` (${moved > 0 ? '+' : ''}${few(moved, 3)})` : '';
      put('height', `${plain(shape.heights[site], 4)}${lift}`, shape.heights[site]);
      put('cell', nu > 0 ? `${percent(w, 3)} (${few(w / nu, 3)} of it)` : percent(w, 3), w);
      put('target', percent(nu, 3), nu);
    },
    score(shape, { least, before, empty, best, moves, tau }) {
      const above = Math.max(0, shape.energy - least);
      const change = before === undefined ? 0 : shape.energy - before;
      const tiny = 1e-14 * (Math.abs(shape.energy) || 1);
      const arrow = Math.abs(change) <= tiny ? '' : change < 0 ? ' ▼' : ' ▲';
      put('residual', few(shape.residual, 3), shape.residual);
      put('best', few(best, 3), best);
      put('energy', plain(shape.energy, 7), shape.energy);
      put('above', `${above > tiny ? few(above, 3) : '0'}${arrow}`, shape.energy - least);
      cells.get('above').dataset.change = arrow === '' ? 'none' : change < 0 ? 'falls' : 'rises';
      put('empty', whole(empty), empty);
      put('moves', `${whole(moves)} ${moves === 1 ? 'move' : 'moves'}`, moves);
      if (tau) put('tau', tau.arrival === 1 ? tauText(tau.value) : '–', tau.arrival === 1 ? tau.value : undefined);
    },
  };
}

/** What the Hessian's lines stand for: the heaviest one, and half of it. */
export function legend(place, { facetWeights }) {
  const most = facetWeights.reduce((a, b) => Math.max(a, b), 0);
  const sample = (share) => {
    const svg = s('svg', { class: 'ht-weight', viewBox: '0 0 22 10', 'aria-hidden': 'true' }, s('line', { x1: 0, x2: 22, y1: 5, y2: 5, 'stroke-width': HEAVIEST * share }));
    return [svg, document.createTextNode(`${few(most * share, 3)} `)];
  };
  const text = `${most}`;
  if (place.dataset.most === text) return;
  place.dataset.most = text;
  const hint = h('button', { type: 'button', class: 'hint', text: 'Hessian', 'data-hint': 'A line between two sites whose cells meet is as thick as −∂²E/∂hᵢ∂hⱼ, the measure of their facet over the distance of the sites: the mass that one loses to the other per unit of height, when that plane is raised a little.' });
  place.replaceChildren(hint, ...sample(1), ...sample(0.25));
}
