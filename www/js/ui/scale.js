// Range inputs run over 0 … 1000; these are the logarithmic scales behind them.

/** A log scale from `low` to `high`; values are rounded to what `round` says. */
export function logScale(low, high, round) {
  const span = Math.log(high / low);
  return {
    value: (position) => round(low * Math.exp((span * position) / 1000)),
    position: (value) => (1000 * Math.log(Math.min(Math.max(value, low), high) / low)) / span,
  };
}

/** Two significant digits, whole, or the numbers that presets start with, so that a slider finds
 * its way back to them: 256 stands for 260, and 512 for 510. */
export const nice = (x) => {
  if (x < 20) return Math.round(x);
  const unit = 10 ** (Math.floor(Math.log10(x)) - 1);
  const even = Math.round(x / unit) * unit;
  return { 260: 256, 510: 512 }[even] ?? even;
};
export const twoDigits = (x) => Number(x.toPrecision(2));
