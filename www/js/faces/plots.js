// The two plots under a line: how far the map moves from step to step, and at each border the angle
// of the planes that meet there. Their horizontal scale is the strip's: t = 0 under the middle of
// the first picture, t = 1 under that of the last.

import { s } from '../dom.js';
import { measure } from '../figure/enlarge.js';
import { fixed, plain } from '../format.js';

const HEIGHT = 190;
const MOVE = { top: 26, bottom: 104 };
const ANGLE = { top: 136, bottom: 176 };
/** The angle above which the paper calls a border singular. */
const PAPER = 0.75;

const scale = (width, frames) => {
  const half = width / frames / 2;
  return (t) => half + t * (width - 2 * half);
};

export function plots(svg, line, { cursor, frames, threshold }) {
  const W = measure(svg).size || 600;
  svg.setAttribute('viewBox', `0 0 ${W} ${HEIGHT}`);
  const x = scale(W, frames);
  const { changes, crossings, singular, jumps, angles, ts } = line;
  const most = Math.max(threshold, ...changes, ...jumps.filter((_, c) => singular[c])) * 1.08 || 1;
  const y = (v) => MOVE.bottom - ((MOVE.bottom - MOVE.top) * v) / most;
  const wide = Math.max(PAPER, ...angles) * 1.12;
  const a = (v) => ANGLE.bottom - ((ANGLE.bottom - ANGLE.top) * v) / wide;
  const n = (v) => v.toFixed(1);
  const parts = [
    s('text', { x: x(0), y: 12, class: 'name', text: '|ΔT| from step to step, in sides of the cube' }),
    s('text', { x: x(0), y: ANGLE.top - 10, class: 'name', text: 'angle to the next plane at each border, rad' }),
    s('path', { class: 'axis', d: `M${n(x(0))} ${MOVE.bottom}H${n(x(1))}M${n(x(0))} ${ANGLE.bottom}H${n(x(1))}` }),
    s('line', { class: 'goal', x1: x(0), x2: x(1), y1: y(threshold), y2: y(threshold) }),
    s('text', { x: x(1), y: y(threshold) - 4, 'text-anchor': 'end', text: `threshold ${plain(threshold, 2)}` }),
    s('line', { class: 'goal', x1: x(0), x2: x(1), y1: a(PAPER), y2: a(PAPER) }),
    s('text', { x: x(1), y: a(PAPER) - 3, 'text-anchor': 'end', text: `the paper’s θ ${fixed(PAPER, 2)}` }),
  ];
  for (const c of crossings.keys()) {
    const px = n(x(crossings[c]));
    const torn = singular[c];
    if (torn) parts.push(s('line', { class: 'torn', x1: px, x2: px, y1: 18, y2: MOVE.bottom }), s('path', { class: 'torn-mark', d: `M${px} 24l-5 -8h10z` }));
    else parts.push(s('line', { class: 'border', x1: px, x2: px, y1: MOVE.bottom, y2: MOVE.bottom + 5 }));
    parts.push(s('line', { class: torn ? 'stem torn' : 'stem', x1: px, x2: px, y1: ANGLE.bottom, y2: n(a(angles[c])) }));
    parts.push(torn ? s('path', { class: 'torn-mark', d: `M${px} ${n(a(angles[c]) - 4)}l4 4l-4 4l-4 -4z` }) : s('circle', { class: 'dot', cx: px, cy: n(a(angles[c])), r: 2.2 }));
  }
  // A stretch at a time: each change belongs to the way between two places.
  const way = Array.from(changes, (v, k) => `${k ? 'L' : 'M'}${n(x(ts[k]))} ${n(y(v))}H${n(x(ts[k + 1]))}`).join('');
  parts.push(s('path', { class: 'curve', d: way }));
  const here = n(x(ts[cursor]));
  parts.push(s('line', { class: 'cursor', x1: here, x2: here, y1: 0, y2: ANGLE.bottom + 8 }));
  parts.push(s('text', { x: x(0), y: HEIGHT - 1, 'text-anchor': 'middle', text: 'A' }), s('text', { x: x(1), y: HEIGHT - 1, 'text-anchor': 'middle', text: 'B' }));
  svg.replaceChildren(...parts);
}

/** The place under a pixel. */
plots.place = (pixel, width, frames, steps) => {
  const half = width / frames / 2;
  return Math.round((steps - 1) * Math.min(1, Math.max(0, (pixel - half) / (width - 2 * half))));
};
