// Steps of GAN training a second, in one worker in headless Chromium: the site's wasm, and
// TensorFlow.js on the same networks. Prints { rows, version, simd, threads, browser }; called as
// bench.mjs is, with { root, chromium, modules, peers, works, repeat, seconds }: works are
// [architecture, packing].

import { ask } from './harness/peers.mjs';

const { works, repeat, seconds, ...where } = JSON.parse(process.env.BRENIER_TESTS);
console.log(JSON.stringify(await ask(where, 'worker.js', { works, repeat, seconds })));
