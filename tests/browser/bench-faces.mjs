// Milliseconds to decode faces, in one worker in headless Chromium: the site's two wasm files, and
// onnxruntime-web on the same network and weights. Prints { rows, apart, shape, version, threads,
// browser }; called as bench.mjs is, with { root, chromium, modules, peers, weights, counts, repeat,
// milliseconds }: weights is the path of a .bdec file.

import { ask } from './harness/peers.mjs';

const { weights, counts, repeat, milliseconds, ...where } = JSON.parse(process.env.BRENIER_TESTS);
const work = { weights: 'faces.bdec', counts, repeat, milliseconds };
console.log(JSON.stringify(await ask(where, 'decoders.js', work, { 'faces.bdec': weights })));
