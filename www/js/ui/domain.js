// The names of domains, between the select, its text field and the scenario.

/** The middle of the points and a radius that holds them, and how to round their numbers. */
function place({ sites, bounds }) {
  const [low, high] = [[Infinity, Infinity], [-Infinity, -Infinity]];
  sites.forEach((v, k) => {
    low[k % 2] = Math.min(low[k % 2], v);
    high[k % 2] = Math.max(high[k % 2], v);
  });
  if (!sites.length) [low[0], low[1], high[0], high[1]] = bounds;
  const r = 0.62 * Math.max(high[0] - low[0], high[1] - low[1]) || 1;
  const digits = Math.max(0, 2 - Math.floor(Math.log10(r)));
  return { x: (low[0] + high[0]) / 2, y: (low[1] + high[1]) / 2, r, tidy: (v) => String(Number(v.toFixed(digits))) };
}

/** A regular polygon that stands on a side, as the text of its corners. */
function regular({ x, y, r, tidy }, sides) {
  const turn = sides === 3 ? Math.PI / 2 : 0;
  return Array.from({ length: sides }, (_, k) => {
    const a = turn + (2 * Math.PI * k) / sides;
    return `${tidy(x + r * Math.cos(a))},${tidy(y + r * Math.sin(a))}`;
  }).join('; ');
}

/** What the text field asks for, and what it starts with: as large as the figure. */
export function fields(kind, frame) {
  const p = place(frame);
  const { tidy } = p;
  switch (kind) {
    case 'rectangle': return { label: 'x0, y0, x1, y1', value: [p.x - p.r, p.y - 0.6 * p.r, p.x + p.r, p.y + 0.6 * p.r].map(tidy).join(', ') };
    case 'disk': return { label: 'x, y, radius', value: [p.x, p.y, p.r].map(tidy).join(', ') };
    case 'triangle': return { label: 'Corners', value: regular(p, 3) };
    case 'hexagon': return { label: 'Corners', value: regular(p, 6) };
    case 'polygon': return { label: 'Corners', value: regular(p, 5) };
    default: return null;
  }
}

/** The scenario's word for a choice. */
export function domainText(kind, text) {
  const tight = text.replace(/\s+/g, '');
  if (kind === 'auto' || kind === 'square') return kind;
  if (kind === 'rectangle' || kind === 'disk') return `${kind}:${tight}`;
  return `polygon:${tight}`;
}

/** The choice behind the scenario's word. */
export function readDomain(domain) {
  const [kind, rest = ''] = domain.split(':');
  const label = { rectangle: 'x0, y0, x1, y1', disk: 'x, y, radius', polygon: 'Corners' }[kind];
  const text = rest.replaceAll(',', kind === 'polygon' ? ',' : ', ').replaceAll(';', '; ');
  const corners = rest ? rest.split(';').length : 0;
  const shown = kind === 'polygon' && corners === 3 ? 'triangle' : kind === 'polygon' && corners === 6 ? 'hexagon' : kind;
  return { kind: shown, text, label };
}
