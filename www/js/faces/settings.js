// What a link of the scene holds, as plain data, and what there is to choose.

export const SETS = {
  faces: { name: 'Faces', data: 'CelebA', one: 'face', many: 'faces' },
  digits: { name: 'Digits', data: 'MNIST', one: 'digit', many: 'digits' },
  fashion: { name: 'Clothes', data: 'Fashion-MNIST', one: 'garment', many: 'garments' },
};
export const PARTS = {
  samples: { name: 'Samples', lead: (one) => [`Point at a ${one}:`, 'see what it is made of.'] },
  line: { name: 'Line', lead: () => ['Find a crossing:', 'on one line, the map jumps.'] },
  plane: { name: 'Plane', lead: (one) => ['Move the point:', `the ${one} follows.`] },
  maps: { name: 'Three maps', lead: () => ['Compare a column:', 'one point, three maps.'] },
  solve: { name: 'Solve', lead: () => ['Solve it again:', 'watch the cells find their size.'] },
  classes: { name: 'Ten classes', lead: () => ['Label 2,500 of them:', 'is any class lost?'] },
};
export const MAPS = {
  transport: { name: 'AE-OT', hint: 'The extended map: inside a cell a stored code, over a border a mixture of the codes around it, and torn where the jump is above the threshold.' },
  continuous: { name: 'No tears', hint: 'The same map with the threshold at infinity: continuous everywhere. A network that learns the transport would have to learn this one, and what falls into its steep stretches mixes modes.' },
  gaussian: { name: 'Gaussian', hint: 'A Gaussian fitted to the codes, as a plain VAE samples. It puts mass between the modes, where no code is.' },
};
/** The pictures that lines and planes are chosen from: the first points of the seed. */
export const SHELF = 12;
const DEVICES = { auto: 1, cpu: 1, gpu: 1 };
/** The largest threshold, in percent of the measured jumps; tearing nowhere is a map of its own. */
export const HIGHEST = 99;

const whole = (text, low, high) => (/^\d{1,10}$/.test(text ?? '') && Number(text) >= low && Number(text) <= high ? Number(text) : null);
const among = (text, choices, usual) => (Object.hasOwn(choices, text ?? '') ? text : usual);
const share = (text) => (text !== null && text !== '' && Number(text) >= 0 && Number(text) <= 1 ? Number(text) : null);

/** Distinct places on the shelf: `1.4.7`. */
function places(text, count, usual) {
  const list = (text ?? '').split('.').map((k) => whole(k, 0, SHELF - 1));
  return list.length === count && !list.includes(null) && new Set(list).size === count ? list : usual;
}

/** What a link says; what it does not say, or says wrongly, is as at first. */
export function read(hash) {
  const q = new URLSearchParams(hash.replace(/^#/, ''));
  const set = among(q.get('set'), SETS, 'faces');
  const part = among(q.get('part'), PARTS, 'samples');
  return {
    set,
    part: part === 'classes' && set === 'faces' ? 'samples' : part,
    seed: whole(q.get('seed'), 0, 4294967295) ?? 0,
    map: among(q.get('map'), MAPS, 'transport'),
    // Null: what the file's heights come with.
    threshold: whole(q.get('threshold'), 0, HIGHEST),
    line: places(q.get('line'), 2, [0, 1]),
    // The search that found the line; 0: it is between two of the shelf.
    crossing: whole(q.get('crossing'), 1, 4294967295) ?? 0,
    t: share(q.get('t')) ?? 0,
    plane: places(q.get('plane'), 3, [0, 1, 2]),
    // The search that found a tear for the plane to go through; 0: it is through three of the shelf.
    tear: whole(q.get('tear'), 1, 4294967295) ?? 0,
    // Where the point is, in shares of the picture; null: in the middle of the three.
    at: [share(q.get('x')), share(q.get('y'))].includes(null) ? null : [share(q.get('x')), share(q.get('y'))],
    device: among(q.get('device'), DEVICES, 'auto'),
  };
}

/** How each value of a link is told to be one. */
const VALID = {
  set: (text) => Object.hasOwn(SETS, text),
  part: (text) => Object.hasOwn(PARTS, text),
  seed: (text) => whole(text, 0, 4294967295) !== null,
  map: (text) => Object.hasOwn(MAPS, text),
  threshold: (text) => whole(text, 0, HIGHEST) !== null,
  line: (text) => places(text, 2, null) !== null,
  crossing: (text) => whole(text, 1, 4294967295) !== null,
  t: (text) => share(text) !== null,
  plane: (text) => places(text, 3, null) !== null,
  tear: (text) => whole(text, 1, 4294967295) !== null,
  x: (text) => share(text) !== null,
  y: (text) => share(text) !== null,
  device: (text) => Object.hasOwn(DEVICES, text),
};
/** The first key of a link whose value is none; null where all can be read. */
export function fault(hash) {
  const found = [...new URLSearchParams(hash.replace(/^#/, ''))].find(([key, value]) => Object.hasOwn(VALID, key) && !VALID[key](value));
  return found ? found[0] : null;
}

const FIRST = read('');

/** The link of some settings, without what is as at first. */
export function write(settings) {
  const q = new URLSearchParams({ scene: 'faces' });
  for (const [key, value] of Object.entries(settings)) {
    if (String(value) === String(FIRST[key])) continue;
    if (key === 'at') {
      q.set('x', Number(value[0].toFixed(4)));
      q.set('y', Number(value[1].toFixed(4)));
    } else if (Array.isArray(value)) q.set(key, value.join('.'));
    else if (value !== null) q.set(key, key === 't' ? Number(value.toFixed(4)) : value);
  }
  return `#${q}`;
}
