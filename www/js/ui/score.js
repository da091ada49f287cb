// A score as text and as a small bar, before its reference.

import { h, s } from '../dom.js';

const WIDE = 128;

/** `show` gives the text of a value; `suffix` stands behind the score. The reference may be unknown. */
export function score({ value, standardError, reference }, show, [low, high], suffix = '') {
  const x = (v) => 2 + ((WIDE - 4) * (Math.min(Math.max(v, low), high) - low)) / (high - low || 1);
  const bare = (v) => show(v).replace(' %', '');
  const error = standardError === undefined ? null : h('span', { class: 'se', text: `± ${bare(standardError)}` });
  const behind = reference ? [
    s('rect', { class: 'interval', x: x(reference.low), y: 2, width: Math.max(2, x(reference.high) - x(reference.low)), height: 8, rx: 1.5 }),
    s('line', { class: 'mean', x1: x(reference.mean), x2: x(reference.mean), y1: 1, y2: 11 }),
  ] : [];
  return h('div', { class: 'score' },
    h('span', { class: 'value' }, show(value) + suffix, ' ', error),
    s('svg', { viewBox: `0 0 ${WIDE} 12`, 'aria-hidden': 'true' },
      s('line', { class: 'track', x1: 0, x2: WIDE, y1: 6, y2: 6 }), ...behind,
      s('circle', { class: 'dot', cx: x(value), cy: 6, r: 3.6 })),
    h('span', { class: 'reference', text: reference ? `reference ${show(reference.mean)} [${bare(reference.low)}, ${bare(reference.high)}]` : '\u00a0' }));
}
