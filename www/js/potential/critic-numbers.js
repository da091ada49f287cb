// What is read at a point, and W₂² as both functions tell it.

import { $, h, setText } from '../dom.js';
import { coordinate, plain, scientific } from '../format.js';

const READ = [
  ['x', 'x', 'The point at which both functions are read: under the pointer, or moved by the arrow keys.'],
  ['u', 'u(x)', 'Brenier’s potential: max ⟨x, yᵢ⟩ + hᵢ, with the heights’ sum 0.'],
  ['half', '½|x|²', 'Half the squared distance from the origin of the scene’s coordinates.'],
  ['phi', 'φ(x) = ½|x|² − u(x)', 'Kantorovich’s potential, the critic: the number above less the one above it.'],
  ['grad', '∇u(x)', 'The gradient of u: the site of the cell that x is in, where its mass goes.'],
  ['gradPhi', '∇φ(x)', 'The gradient of φ, x − ∇u(x): how far, and from which direction, x is moved.'],
  ['map', 'x − ∇φ(x)', 'The map as the critic gives it. It is ∇u(x).'],
  ['way', '|x − ∇u(x)|', 'How far the mass at x travels.'],
];
const W2 = [
  ['generator', '∫ |x − ∇u|² dμ', 'The cost of the map, cell by cell, from moments of each cell’s polygon: read off the generator.'],
  ['critic', '2 (∫ φ dμ + Σ νᵢ φᶜ)', 'An integral of φ over the source and one number a site: read off the critic.'],
  ['lower', 'W₂² at least', 'Lower bound from the dual problem. It holds for any heights.'],
  ['upper', 'W₂² at most', 'Upper bound: the cost of the map, with what it would cost at most to mend the masses.'],
];
const MOST = 12;

/** As many digits as two numbers share, and both in them: [digits, text, text]. */
export function shared(a, b) {
  for (let digits = MOST; digits > 1; digits -= 1) {
    const [one, other] = [plain(a, digits), plain(b, digits)];
    if (one === other) return [digits, one, other];
  }
  return [0, plain(a, 7), plain(b, 7)];
}

export function numbers(place) {
  const make = (list, rows) => new Map(rows.map(([key, name, hint]) => {
    const value = h('span', { 'data-value': key, text: '–' });
    list.append(h('dt', {}, h('button', { type: 'button', class: 'hint', 'data-hint': hint, text: name })), h('dd', {}, value));
    return [key, value];
  }));
  const read = make($('#critic-read', place), READ);
  const w2 = make($('#critic-numbers', place), W2);
  const put = (cells, key, text, raw) => {
    setText(cells.get(key), text);
    cells.get(key).dataset.raw = raw;
  };
  return {
    /** `at`: { x, y, site, u, sites, extent }, or null. */
    point(at) {
      if (!at) {
        for (const value of read.values()) setText(value, '–');
        setText($('#critic-where', place), '–');
        return;
      }
      const { x, y, site, u, sites } = at;
      // One digit more than the picture shows.
      const extent = at.extent / 10;
      const [X, Y] = [sites[2 * site], sites[2 * site + 1]];
      const half = (x * x + y * y) / 2;
      const gradient = [x - X, y - Y];
      const pair = (a, b) => `${coordinate(a, extent)}, ${coordinate(b, extent)}`;
      const one = (v) => coordinate(v, extent);
      setText($('#critic-where', place), `in cell ${site + 1}`);
      put(read, 'x', pair(x, y), [x, y]);
      put(read, 'u', one(u), u);
      put(read, 'half', one(half), half);
      put(read, 'phi', one(half - u), half - u);
      put(read, 'grad', pair(X, Y), [X, Y]);
      put(read, 'gradPhi', pair(...gradient), gradient);
      put(read, 'map', pair(x - gradient[0], y - gradient[1]), [x - gradient[0], y - gradient[1]]);
      put(read, 'way', one(Math.hypot(...gradient)), Math.hypot(...gradient));
    },
    /** `two`: { generator, critic, dual, upper }. */
    distance(two) {
      const [digits, generator, critic] = shared(two.generator, two.critic);
      put(w2, 'generator', generator, two.generator);
      put(w2, 'critic', critic, two.critic);
      put(w2, 'lower', plain(two.dual, 7), two.dual);
      put(w2, 'upper', plain(two.upper, 7), two.upper);
      setText($('#critic-agree', place), digits ? `the same to ${digits} digits` : `${scientific(Math.abs(two.generator - two.critic))} apart`);
      $('#critic-agree', place).dataset.raw = digits;
    },
  };
}
