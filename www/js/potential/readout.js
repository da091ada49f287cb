// What is known of the site that is lit.

import { h, setText } from '../dom.js';
import { coordinate, percent, plain, whole } from '../format.js';

const ROWS = [
  ['y', 'Point yᵢ', 'The site, and with it the slope of its facet: on the cell ∇u = yᵢ, where the cell’s mass goes.'],
  ['h', 'Height hᵢ', 'The height of plane i over the origin, x = 0. All heights sum to zero.'],
  ['u', 'Dual u*(yᵢ)', 'The Legendre dual at the point: the largest ⟨x, yᵢ⟩ − u(x). It is −hᵢ where the point has a cell.'],
  ['w', 'Cell mass wᵢ', 'Share of the source’s mass in the cell, under the facet.'],
  ['nu', 'Target mass νᵢ', 'Share that the point is to receive.'],
  ['facets', 'Neighbours', 'Cells that share a border with this one, which are the triangulation’s edges at the point. In brackets those across the singular set.'],
];

export function readout(place) {
  const title = h('h2', { text: 'No cell chosen' });
  const values = {};
  const list = h('dl', {});
  for (const [key, name, hint] of ROWS) {
    values[key] = h('span', { 'data-value': key, text: '–' });
    list.append(h('div', {}, h('dt', {}, h('button', { type: 'button', class: 'hint', 'data-hint': hint, text: name })), h('dd', {}, values[key])));
  }
  place.append(title, list);
  return {
    /** Shows site i of a Shape, −1 for none. */
    show(shape, i, extent) {
      const there = shape && i >= 0 && i < shape.count;
      setText(title, there ? `Cell ${whole(i + 1)} of ${whole(shape.count)}` : 'No cell chosen');
      place.dataset.cell = there ? i : '';
      if (!there) {
        for (const value of Object.values(values)) setText(value, '–');
        return;
      }
      let [all, torn] = [0, 0];
      for (let f = 0; f < shape.facetSingular.length; f += 1) {
        if (shape.facets[2 * f] !== i && shape.facets[2 * f + 1] !== i) continue;
        all += 1;
        torn += shape.facetSingular[f];
      }
      setText(values.y, `(${coordinate(shape.sites[2 * i], extent)}, ${coordinate(shape.sites[2 * i + 1], extent)})`);
      setText(values.h, plain(shape.heights[i], 5));
      setText(values.u, plain(shape.dual[i], 5));
      setText(values.w, percent(shape.cellMasses[i], 3));
      setText(values.nu, percent(shape.masses[i], 3));
      setText(values.facets, `${all} (${torn})`);
    },
  };
}
