// The table of what the network is and does, beside the exact map.

import { h, setText } from '../dom.js';
import { percent, plain, power, scientific, whole } from '../format.js';

const none = () => ['–', ''];
/** A share of the mass; one that is more than nothing never reads as nothing. */
export const share = (x) => (x > 0 && x < 5e-5 ? '< 0.01 %' : percent(x));

/** A whole number that may be longer than any table: scientific from its logarithm, else as it is. */
function most({ digits, log10 }) {
  if (digits.length <= 7) return whole(Number(digits));
  return log10 < 300 ? scientific(Number(digits), 2) : `10${power(Math.floor(log10))}`;
}

/** `n` are the numbers of a frame, `scene` the frame of the plane. */
const ROWS = [
  {
    key: 'between', name: 'Mass between modes',
    hint: 'The measure of the x in the source whose image lies in no mode’s place: the preimage, cut out of each linear region exactly.',
    network: (n) => [share(n.between), n.between],
    exact: (n) => [n.betweenExact === 0 ? '0' : share(n.betweenExact), n.betweenExact],
    more: (n) => (n.alone
      ? `No facet is singular here: each of the ${whole(n.modes)} sites counts as a mode, and its place is a disc of radius ${plain(n.reach, 2)}, a quarter of the median jump.`
      : `${whole(n.modes)} ${n.modes === 1 ? 'mode' : 'modes'}, sites joined by facets that are not singular; its place is what the extended map reaches of it, grown by half the jump that counts as singular, ${plain(n.reach, 2)}.`),
  },
  {
    key: 'regions', name: 'Linear pieces',
    hint: 'Of the network: polygons on which every unit is either on or off, counted over the domain. Of the exact map: cells, one a site.',
    network: (n) => [whole(n.regions), n.regions],
    exact: (n, { cells }) => [whole(cells), cells],
  },
  {
    key: 'plane', name: 'Bound, in the plane',
    hint: 'The sharper bound: Π C(min(2, w₁, …), wᵢ), since no layer sees more than two dimensions of a piece of the plane.',
    network: (n) => [most(n.mostOfPlane), n.mostOfPlane.digits],
    exact: none,
    more: (n) => `Here ${n.mostOfPlane.digits}.`,
  },
  {
    key: 'most', name: 'Bound, by layers',
    hint: 'The usual bound: Π C(wᵢ₋₁, wᵢ), with C(d, n) the sum of the binomials n over 0 to d: what n hyperplanes can cut d dimensions into.',
    network: (n) => [most(n.most), n.most.digits],
    exact: none,
    more: (n) => `Here ${n.most.digits}.`,
  },
  {
    key: 'steepest', name: 'Steepest slope',
    hint: 'The largest singular value of any region’s matrix: the Lipschitz constant over the domain, image length over length.',
    network: (n) => [plain(n.steepest, 3), n.steepest],
    exact: (n) => (n.widest > 0 ? [`jumps by ${plain(n.widest, 2)}`, n.widest] : ['0', 0]),
    more: (n) => (n.widest > 0 ? `The exact map jumps by ${plain(n.widest, 3)} at the farthest; at this slope the network needs at least ${plain(n.widest / n.steepest, 2)} of the source’s length for it.` : ''),
  },
  {
    key: 'error', name: 'Map off by',
    hint: 'Root mean square distance, over μ, between the network’s image of x and the site that x belongs to, in the scene’s lengths, on the lattice that it is fitted on.',
    network: (n) => [plain(n.error, 3), n.error],
    exact: () => ['0', 0],
    more: (n) => `A network that sent all to one point would be off by ${plain(n.scale, 3)}. The lattice has ${whole(n.points)} points, ${plain(n.spacing, 2)} apart.`,
  },
];

/** Fills the table's body; answers what writes numbers into it. */
export function numbers(body) {
  const cells = ROWS.map((row) => {
    const title = h('button', { type: 'button', class: 'hint', 'data-hint': row.hint, text: row.name });
    const network = h('td', { 'data-value': row.key, text: '–' });
    const exact = h('td', { 'data-exact': row.key, text: '–' });
    body.append(h('tr', {}, h('th', { scope: 'row' }, title), network, exact));
    return { row, title, network, exact };
  });
  return (n, scene) => {
    for (const { row, title, network, exact } of cells) {
      for (const [cell, [text, raw]] of [[network, row.network(n, scene)], [exact, row.exact(n, scene)]]) {
        setText(cell, text);
        cell.dataset.raw = raw;
      }
      title.dataset.hint = [row.hint, row.more?.(n)].filter(Boolean).join(' ');
    }
  };
}
