// What the solve proves of a path, number by number. Distances are in the source's units: its disk
// has radius 1, its square half-width 1.

import { $, h, on, setText } from '../dom.js';
import { fixed, percent, plain, scientific, time, whole } from '../format.js';
import { STOPPED } from '../ui/certificate.js';

const root = (squared) => Math.sqrt(Math.max(0, squared));
/** W₂ lies between the roots of the bounds of its square. */
const bounds = ({ report }) => [root(report.w2Dual), root(report.w2Upper)];

const ROWS = [
  { key: 'w2', name: 'W₂ at least', hint: 'Lower bound of the distance from the source to the shape’s points: the root of the dual value of W₂². The root mean square of how far the mass travels.', of: (s) => [plain(bounds(s)[0], 7), bounds(s)[0]] },
  { key: 'w2Upper', name: 'W₂ at most', hint: 'Upper bound of the distance: the cost of this map, with what it would cost at most to mend the masses. The distance lies between the two.', of: (s) => [plain(bounds(s)[1], 7), bounds(s)[1]] },
  { key: 'travelled', name: 'Travelled, t W₂', hint: 'W₂(μ₀, μₜ) = t W₂(μ₀, μ₁): the way goes at constant speed and is the shortest one.', of: (s, t) => [plain(t * bounds(s)[0], 5), t * bounds(s)[0]] },
  { key: 'ahead', name: 'Ahead, (1 − t) W₂', hint: 'W₂(μₜ, μ₁) = (1 − t) W₂(μ₀, μ₁). With the number beside it, it is always the whole.', of: (s, t) => [plain((1 - t) * bounds(s)[0], 5), (1 - t) * bounds(s)[0]] },
  { key: 'singularLength', name: 'Length of the folds', hint: 'Total length in the source of the facets across which the map jumps, by more than twice the median jump between neighbours; in the scene’s own target by its own threshold.', of: (s) => [plain(s.singularLength, 4), s.singularLength] },
  { key: 'facets', name: 'Facets in the folds', hint: 'How many facets between cells they consist of.', of: (s) => [whole(s.facets.length / 2), s.facets.length / 2] },
  { key: 'furthest', name: 'Furthest way', hint: 'The largest distance |x − T(x)| that any mass travels.', of: (s) => [plain(s.furthest, 4), s.furthest] },
  { key: 'residual', name: 'Residual', hint: 'The largest relative error of a cell’s mass, max |wᵢ − νᵢ| / νᵢ.', of: (s) => [scientific(s.report.residual), s.report.residual] },
  { key: 'iterations', name: 'Newton steps', hint: 'Steps of damped Newton from the start.', of: (s) => [whole(s.report.iterations), s.report.iterations] },
  { key: 'milliseconds', name: 'Time of the solve', hint: 'Duration of the solve alone, in this browser, on one thread.', of: ({ report: { milliseconds } }) => [time(milliseconds).join('\u00a0'), milliseconds] },
];
/** The shares come at multiples of an eighth of W₂. */
const PART = 8;

export function numbers(place) {
  const list = $('#path-numbers', place);
  const cells = ROWS.map((row) => {
    const value = h('span', { 'data-value': row.key, text: '–' });
    list.append(h('dt', {}, h('button', { type: 'button', class: 'hint', 'data-hint': row.hint, text: row.name })), h('dd', {}, value));
    return { row, value };
  });
  const [far, farOut, stopped] = ['#path-far', '#path-far-out', '#path-stopped'].map((id) => $(id, place));
  let [shape, at] = [null, 0];

  function write({ row, value }) {
    const [text, raw] = shape ? row.of(shape, at) : ['–', ''];
    setText(value, text);
    value.dataset.raw = raw;
  }
  function share() {
    const k = Number(far.value);
    const value = shape?.share[k];
    const distance = fixed(k / PART, 3).replace(/0+$/, '').replace(/\.$/, '');
    setText(farOut, shape ? `${distance} W₂: ${percent(value, 1)}` : '–');
    far.setAttribute('aria-valuetext', shape ? `${distance} times W₂: ${percent(value, 1)} of the mass` : 'not solved yet');
    farOut.dataset.raw = value ?? '';
  }
  on(far, 'input', share);
  return {
    show(next) {
      shape = next;
      cells.forEach(write);
      share();
      const [words, title] = shape ? STOPPED[shape.report.stopped] ?? [shape.report.stopped, ''] : ['Not solved yet', ''];
      setText(stopped, words);
      stopped.title = title;
      stopped.dataset.state = ['tolerance', 'precision'].includes(shape?.report.stopped) ? 'done' : 'open';
    },
    time(t) {
      at = t;
      for (const cell of cells) if (cell.row.of.length > 1) write(cell);
    },
  };
}
