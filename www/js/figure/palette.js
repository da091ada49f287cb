// The colours of the figure, read from the style sheet so that there is one source of them.

const NAMES = ['ground', 'raised', 'ink', 'ink-2', 'ink-3', 'line', 'line-2', 'real', 'generated', 'singular', 'cell-line', 'noise', 'site-line'];

export function readPalette(element = document.documentElement) {
  const style = getComputedStyle(element);
  const palette = { cells: [] };
  for (const name of NAMES) palette[name.replace(/-(.)/g, (_, c) => c.toUpperCase())] = style.getPropertyValue(`--${name}`).trim();
  for (let k = 0; k < 8; k += 1) palette.cells.push(style.getPropertyValue(`--cell-${k}`).trim());
  return palette;
}

/** Blends two #rrggbb colours; t = 0 gives the first. */
export function blend(a, b, t) {
  const part = (c, k) => parseInt(c.slice(1 + 2 * k, 3 + 2 * k), 16);
  const mix = (k) => Math.round(part(a, k) + (part(b, k) - part(a, k)) * t).toString(16).padStart(2, '0');
  return `#${mix(0)}${mix(1)}${mix(2)}`;
}
