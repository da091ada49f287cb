// Names of numbers, with what they mean, in one list.

import { h } from '../dom.js';

/** Fills a <dl>: `rows` are { key, name, hint }. Returns the places of the values by key. */
export function facts(list, rows) {
  const places = {};
  for (const { key, name, hint } of rows) {
    places[key] = h('span', { 'data-value': key, text: '–' });
    list.append(h('dt', {}, h('button', { type: 'button', class: 'hint', 'data-hint': hint, text: name })), h('dd', {}, places[key]));
  }
  return places;
}
