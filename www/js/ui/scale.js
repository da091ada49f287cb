// Range inputs run over 0 … 1000; these are the logarithmic scales behind them.

/** A log scale from `low` to `high`; values are rounded to what `round` says. */
export function logScale(low, high, round) {
  const span = Math.log(high / low);
  return {
    value: (position) => round(low * Math.exp((span * position) / 1000)),
    position: (value) => (1000 * Math.log(Math.min(Math.max(value, low), high) / low)) / span,
  };
}

/** Two significant digits, whole. */
export const nice = (x) => {
  if (x < 20) return Math.round(x);
  const unit = 10 ** (Math.floor(Math.log10(x)) - 1);
  return Math.round(x / unit) * unit;
};
export const twoDigits = (x) => Number(x.toPrecision(2));
