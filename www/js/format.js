// Numbers as text. Widths stay the same while numbers change.

const SUPERSCRIPT = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
const MINUS = '−';

export const power = (n) => String(n).replace(/./g, (c) => SUPERSCRIPT[c]);
const signed = (text) => text.replace('-', MINUS);

/** 3.1×10⁻¹³; zero is 0. */
export function scientific(x, digits = 1) {
  if (!Number.isFinite(x)) return '–';
  if (x === 0) return '0';
  const [mantissa, exponent] = x.toExponential(digits).split('e');
  return `${signed(mantissa)}×10${power(Number(exponent))}`;
}

/** Seven significant digits at most, plain where that can be read, else scientific. */
export function plain(x, digits = 6) {
  if (!Number.isFinite(x)) return '–';
  if (x === 0) return '0';
  const size = Math.abs(x);
  if (size < 1e-3 || size >= 1e6) return scientific(x, digits - 1);
  return signed(x.toPrecision(digits));
}

export const fixed = (x, digits) => (Number.isFinite(x) ? signed(x.toFixed(digits)) : '–');
export const whole = (n) => (Number.isFinite(n) ? n.toLocaleString('en-US') : '–');
export const percent = (x, digits = 2) => (Number.isFinite(x) ? `${(100 * x).toFixed(digits)} %` : '–');

/** A coordinate, with decimals to suit the extent of the picture. */
export function coordinate(x, extent) {
  const digits = Math.max(0, Math.min(6, 3 - Math.floor(Math.log10(extent || 1))));
  return fixed(x, digits);
}

/** Milliseconds below ten seconds, else seconds. */
export function time(ms) {
  if (!Number.isFinite(ms)) return ['–', 'ms'];
  if (ms >= 10000) return [(ms / 1000).toFixed(1), 's'];
  return [ms >= 100 ? ms.toFixed(0) : ms.toFixed(ms >= 10 ? 1 : 2), 'ms'];
}

/** The words of an error as a sentence of the page. */
export const sentence = (text) => {
  const whole = text ? text[0].toUpperCase() + text.slice(1) : '';
  return /[.!?…]$/.test(whole) ? whole : `${whole}.`;
};
