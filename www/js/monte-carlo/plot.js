// The plot of the curves: both scales logarithmic, the horizontal one from 0.

import { s } from '../dom.js';
import { enlargement } from '../figure/enlarge.js';
import { power, scientific, whole } from '../format.js';

const BOX = { left: 40, right: 82, top: 12, bottom: 36 };
/** A label's height, and the width of the longest. */
const LINE = 14;
const WIDE = 78;

/** Where a curve stands at x: its last value so far, or null before it begins. */
export function at(points, x) {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle][0] <= x) low = middle + 1;
    else high = middle;
  }
  return low ? points[low - 1][1] : null;
}

/** Heights of labels at these places [x, y], so that none lies on another. */
function spread(places) {
  const placed = [];
  for (const [[x, y], k] of places.map((place, k) => [place, k]).sort((a, b) => a[0][1] - b[0][1])) {
    const near = placed.filter((other) => Math.abs(other.x - x) < WIDE);
    placed.push({ x, k, y: Math.max(y, ...near.map((other) => other.y + LINE)) });
  }
  return placed.sort((a, b) => a.k - b.k).map(({ y }) => y);
}

/**
 * Draws into `svg`. `cursor` is an x to mark, or null. Returns the scale: { value(pixel), most }.
 */
export function draw(svg, { series, axis, cursor }) {
  const scale = enlargement();
  const W = svg.clientWidth / scale || 440;
  const H = svg.clientHeight / scale || 240;
  svg.setAttribute('viewBox', `0 0 ${W} ${H}`);
  const all = series.flatMap(({ points }) => points);
  const values = all.map(([, y]) => y);
  const top = Math.ceil(Math.log10(Math.max(1e-2, ...values)) + 1e-9);
  const low = Math.max(top - 16, Math.min(top - 2, Math.floor(Math.log10(Math.min(1, ...values)) - 1e-9)));
  const most = Math.max(10, ...all.map(([x]) => x));
  const wide = W - BOX.left - BOX.right;
  const x = (value) => BOX.left + (wide * Math.log1p(value)) / Math.log1p(most);
  const y = (value) => BOX.top + ((H - BOX.top - BOX.bottom) * (top - Math.log10(Math.max(value, 10 ** low)))) / (top - low);
  const parts = [];
  const every = Math.max(1, Math.ceil((top - low) / 6));
  for (let e = Math.ceil(low / every) * every; e <= top; e += every) {
    parts.push(s('line', { class: 'grid', x1: BOX.left, x2: W - BOX.right, y1: y(10 ** e), y2: y(10 ** e) }));
    parts.push(s('text', { x: BOX.left - 6, y: y(10 ** e) + 4, 'text-anchor': 'end', text: e === 0 ? '1' : `10${power(e)}` }));
  }
  parts.push(s('path', { class: 'axis', d: `M${BOX.left} ${BOX.top}V${H - BOX.bottom}H${W - BOX.right}` }));
  const ticks = [0];
  for (let t = 1; t <= most; t *= 10) ticks.push(t);
  ticks.forEach((t) => parts.push(s('text', { x: x(t), y: H - BOX.bottom + 14, 'text-anchor': 'middle', text: t >= 1e5 ? `10${power(Math.round(Math.log10(t)))}` : whole(t) })));
  parts.push(s('text', { x: (BOX.left + W - BOX.right) / 2, y: H - 4, 'text-anchor': 'middle', text: axis }));
  const labels = spread(series.map(({ points }) => [x(points.at(-1)[0]), y(points.at(-1)[1])]));
  series.forEach(({ method, name, dash, points }, k) => {
    const line = points.map(([a, b], i) => `${i ? 'L' : 'M'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join('');
    const [a, b] = points.at(-1);
    parts.push(s('path', { class: `curve ${method}`, 'stroke-dasharray': dash || null, d: points.length > 1 ? line : `${line}h0.1` }));
    parts.push(s('circle', { class: method, cx: x(a).toFixed(1), cy: y(b).toFixed(1), r: 3 }));
    if (Math.abs(labels[k] - y(b)) > 5) parts.push(s('path', { class: 'leader', d: `M${(x(a) + 3).toFixed(1)} ${y(b).toFixed(1)}L${(x(a) + 9).toFixed(1)} ${labels[k].toFixed(1)}` }));
    parts.push(s('text', { class: method, x: (x(a) + 11).toFixed(1), y: (labels[k] + 4).toFixed(1), text: name }));
  });
  if (cursor !== null) {
    parts.push(s('line', { class: 'cursor', x1: x(cursor), x2: x(cursor), y1: BOX.top, y2: H - BOX.bottom }));
    for (const { method, points } of series) {
      const value = at(points, cursor);
      if (value) parts.push(s('circle', { class: `${method} here`, cx: x(cursor), cy: y(value), r: 3.5 }));
    }
  }
  svg.replaceChildren(...parts);
  return { most, value: (pixel) => Math.max(0, Math.expm1((Math.log1p(most) * (pixel - BOX.left)) / wide)) };
}

/** A number in the summary and under the cursor. */
export const short = (value) => (value >= 0.01 ? String(Number(value.toPrecision(2))) : scientific(value));
