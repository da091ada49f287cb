// The plane's scene as a small SVG: what the page shows until the solver has loaded, and posters of it.

/** For where no style sheet reaches. */
const COLOURS = ['#e3e9ee', '#ece7dc', '#e0e8e1', '#e9e2eb', '#d6dfe6', '#e2ded2', '#d5e0da', '#ddd5e0'];

/** An image has no page around it that says light or dark: it says so itself. */
const DARK = ['#262d34', '#302d26', '#26302a', '#2e2833', '#303a43', '#3a362d', '#2e3b34', '#38313d'];
const STYLE = `<style>@media (prefers-color-scheme: dark){${DARK.map((colour, k) => `.c${k}{fill:${colour}}`).join('')}.o{stroke:#a7abb0}.s{stroke:#f4732a}.p{stroke:#f0b02a}}</style>`;

/** What of a frame is drawn. */
export const DRAWN = ['sites', 'masses', 'cellVertices', 'cellOffsets', 'colours', 'facetEnds', 'facetSingular', 'domain', 'bounds'];

/**
 * A frame in whole units of a square of `size`, each kind of mark one path. `alone`: with a style of its
 * own, for an image; a page that draws it inline has its own colours, and lets no style in.
 */
export function drawing({ sites, cellVertices, cellOffsets, colours, facetEnds, facetSingular, domain, bounds }, { alone = false, size = 1000 } = {}) {
  const [x0, y0, x1, y1] = bounds;
  const scale = size / Math.max(x1 - x0, y1 - y0);
  const unit = size / 1000;
  const left = (size - (x1 - x0) * scale) / 2;
  const top = (size - (y1 - y0) * scale) / 2;
  const at = (points, k) => [Math.round(left + (points[2 * k] - x0) * scale), Math.round(top + (y1 - points[2 * k + 1]) * scale)];
  const pair = ([x, y]) => `${x}${y < 0 ? '' : ' '}${y}`;
  const polygon = (points, from, to) => {
    let last = at(points, from);
    let d = `M${pair(last)}l`;
    const steps = [];
    for (let k = from + 1; k < to; k += 1) {
      const next = at(points, k);
      const step = [next[0] - last[0], next[1] - last[1]];
      if (step[0] || step[1]) steps.push(pair(step));
      last = next;
    }
    d += steps.join(' ').replaceAll(' -', '-');
    return `${d}z`;
  };
  const classes = [];
  for (let i = 0; i < colours.length; i += 1) (classes[colours[i]] ??= []).push(polygon(cellVertices, cellOffsets[i], cellOffsets[i + 1]));
  const singular = [];
  for (let f = 0; f < facetSingular.length; f += 1) {
    if (facetSingular[f]) singular.push(`M${pair(at(facetEnds, 2 * f))}L${pair(at(facetEnds, 2 * f + 1))}`);
  }
  const dots = [];
  for (let i = 0; i < sites.length / 2; i += 1) dots.push(`M${pair(at(sites, i))}h0`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}">${alone ? STYLE : ''}`,
    ...[...classes.entries()].filter(([, d]) => d).map(([k, d]) => `<path class="c${k}" fill="${COLOURS[k]}" d="${d.join('')}"/>`),
    `<path class="o" fill="none" stroke="#575c63" stroke-width="${1.5 * unit}" d="${polygon(domain, 0, domain.length / 2)}"/>`,
    `<path class="s" fill="none" stroke="#d55e00" stroke-width="${4.5 * unit}" stroke-linecap="round" d="${singular.join('')}"/>`,
    `<path class="p" stroke="#e69f00" stroke-width="${8 * unit}" stroke-linecap="round" d="${dots.join('')}"/>`,
    '</svg>\n',
  ].join('\n');
}
