// Pictures of the scenes, made by `cargo xtask posters`: what stands for a demo until it is seen, on
// paper, and where there is no JavaScript.

import { pairs } from './link.js';

const FOLDER = new URL('../../posters/', import.meta.url);
/** Drawn as SVG, in the colours of light or dark by itself; the others come twice. */
const PRESETS = ['grid', 'centres', 'ring', 'clusters', 'dumbbell', 'spiral', 'random', 'letters'];
const PARTS = ['graph', 'heights', 'critic', 'path', 'network'];

/** Every poster: its name, and the link it is a picture of. */
export const POSTERS = [
  ...PRESETS.map((preset) => ({ name: `transport-${preset}`, link: `#preset=${preset}`, drawn: true })),
  { name: 'space', link: '#scene=space&shape=rabbit' },
  { name: 'coverage', link: '#scene=coverage' },
  ...PARTS.map((part) => ({ name: `potential-${part}`, link: `#scene=potential&part=${part}&preset=clusters` })),
  { name: 'faces', link: '#scene=faces' },
];

/** The poster of a link: the address of the picture for light and for dark, and what it shows. */
export function poster(link) {
  const found = pairs(link);
  const scene = found.get('scene') ?? 'transport';
  const preset = found.get('preset') ?? 'grid';
  const part = PARTS.includes(found.get('part')) ? found.get('part') : 'graph';
  const name = { space: 'space', coverage: 'coverage', faces: 'faces', potential: `potential-${part}` }[scene]
    ?? `transport-${PRESETS.includes(preset) ? preset : 'grid'}`;
  const drawn = name.startsWith('transport-');
  const at = (file) => new URL(file, FOLDER).href;
  return drawn
    ? { light: at(`${name}.svg`), dark: at(`${name}.svg`), alt: `Optimal transport: ${preset}` }
    : { light: at(`${name}.png`), dark: at(name === 'faces' ? `${name}.png` : `${name}-dark.png`), alt: { space: 'Transport in space', coverage: 'Mode coverage', faces: 'Generated pictures' }[scene] ?? `The Brenier potential: ${part}` };
}
