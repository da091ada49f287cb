// Numbers of few digits: plain where they can be read, else scientific; never 2.6e+3.

import { scientific } from '../format.js';

/** `n` significant digits, no zeros to fill them. */
export function few(x, n = 3) {
  if (!Number.isFinite(x)) return '–';
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return scientific(x, n - 1);
  return String(Number(x.toPrecision(n))).replace('-', '−');
}
