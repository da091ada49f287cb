// A small plot of the residual after each step, on a log scale.

import { s } from '../dom.js';
import { power } from '../format.js';

const BOX = { left: 38, right: 8, top: 24, bottom: 36 };

/** Draws the history into `svg`; the dashed line is the tolerance. */
export function plot(svg, history, tolerance = 1e-9) {
  const W = svg.clientWidth || 200;
  const H = svg.clientHeight || 176;
  svg.setAttribute('viewBox', `0 0 ${W} ${H}`);
  const points = (history ?? []).map((r, k) => [k, r]).filter(([, r]) => r > 0);
  const steps = Math.max(4, (history ?? []).length - 1);
  const low = Math.min(-12, Math.floor(Math.log10(Math.min(tolerance, ...points.map(([, r]) => r)))));
  const high = Math.max(2, Math.ceil(Math.log10(Math.max(1, ...points.map(([, r]) => r)))));
  const x = (k) => BOX.left + ((W - BOX.left - BOX.right) * k) / steps;
  const y = (r) => BOX.top + ((H - BOX.top - BOX.bottom) * (high - Math.log10(r))) / (high - low);
  const parts = [];
  const every = high - low > 16 ? 6 : 4;
  for (let e = Math.ceil(low / every) * every; e <= high; e += every) {
    parts.push(s('line', { class: 'grid', x1: BOX.left, x2: W - BOX.right, y1: y(10 ** e), y2: y(10 ** e) }));
    parts.push(s('text', { x: BOX.left - 6, y: y(10 ** e) + 4, 'text-anchor': 'end', text: e === 0 ? '1' : `10${power(e)}` }));
  }
  parts.push(s('line', { class: 'goal', x1: BOX.left, x2: W - BOX.right, y1: y(tolerance), y2: y(tolerance) }));
  parts.push(s('path', { class: 'axis', d: `M${BOX.left} ${BOX.top}V${H - BOX.bottom}H${W - BOX.right}` }));
  const stride = Math.max(1, Math.ceil(steps / 6));
  for (let k = 0; k <= steps; k += stride) parts.push(s('text', { x: x(k), y: H - BOX.bottom + 15, 'text-anchor': 'middle', text: k }));
  parts.push(s('text', { x: (BOX.left + W - BOX.right) / 2, y: H - 4, 'text-anchor': 'middle', text: 'step' }));
  parts.push(s('text', { x: 0, y: 11, text: 'residual' }));
  if (points.length) {
    parts.push(s('path', { class: 'curve', d: points.map(([k, r], i) => `${i ? 'L' : 'M'}${x(k).toFixed(1)} ${y(r).toFixed(1)}`).join('') }));
    points.forEach(([k, r], i) => {
      const last = i === points.length - 1;
      if (last || steps <= 14) parts.push(s('circle', { cx: x(k).toFixed(1), cy: y(r).toFixed(1), r: 2.4, class: last ? 'last' : null }));
    });
  }
  svg.replaceChildren(...parts);
}
