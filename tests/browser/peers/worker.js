// Times steps of training, in turn: the site's wasm and TensorFlow.js on its CPU and wasm backends.
// In: { works, repeat, seconds }; out: { rows, version, simd, threads } or { error }.

import './tfjs/dist/tf.min.js';
import './tfjs-backend-wasm/dist/tf-backend-wasm.min.js';
import init, { Gan } from '../wasm/brenier_gan.js';
import { peer } from './network.js';

const { tf } = globalThis;
const centres = Array.from({ length: 25 }, (_, k) => [2 * (k % 5) - 4, 2 * Math.floor(k / 5) - 4]).flat();
const modes = Float64Array.from(Array.from({ length: 25 }, (_, k) => [centres[2 * k], centres[2 * k + 1], 0.05, 0.04]).flat());
/** Steps before anything is timed, the same for all; their later half gives the losses. */
const WARM = { page: 60, paper: 10 };

function own(architecture, packing) {
  const gan = new Gan(JSON.stringify({ architecture, packing }), modes);
  return {
    step: () => { gan.advance(1); },
    told: () => { const { discriminator, generator } = gan.advance(1); return [discriminator, generator]; },
    close: () => gan.free(),
  };
}

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const middle = (list) => list.sort((a, b) => a - b)[list.length >> 1];

async function compare([architecture, packing], repeat, seconds) {
  const runs = [];
  for (const name of ['brenier', 'cpu', 'wasm']) {
    if (name !== 'brenier') await tf.setBackend(name);
    const run = name === 'brenier' ? own(architecture, packing) : peer(tf, architecture, packing, centres);
    const told = Array.from({ length: WARM[architecture] }, run.told).slice(WARM[architecture] / 2);
    runs.push({ name, run, losses: [0, 1].map((k) => mean(told.map((losses) => losses[k]))), rates: [] });
  }
  for (let k = 0; k < repeat; k += 1) {
    for (const { name, run, rates } of runs) {
      if (name !== 'brenier') await tf.setBackend(name);
      const began = performance.now();
      let [steps, now] = [0, began];
      while (now - began < 1000 * seconds) {
        run.step(); // all three are done when it returns
        steps += 1;
        now = performance.now();
      }
      rates.push((1000 * steps) / (now - began));
    }
  }
  for (const { run } of runs) run.close();
  return runs.map(({ name, losses, rates }) => ({ name, architecture, packing, losses, rate: middle(rates) }));
}

onmessage = async ({ data: { works, repeat, seconds } }) => {
  try {
    await init({ module_or_path: new URL('../wasm/brenier_gan_bg.wasm', import.meta.url) });
    tf.wasm.setWasmPaths(new URL('tfjs-backend-wasm/dist/', import.meta.url).href);
    const rows = [];
    for (const work of works) rows.push(...await compare(work, repeat, seconds));
    const flag = (name) => tf.env().getAsync(name);
    postMessage({ rows, version: tf.version.tfjs, simd: await flag('WASM_HAS_SIMD_SUPPORT'), threads: await flag('WASM_HAS_MULTITHREAD_SUPPORT') });
  } catch (error) {
    postMessage({ error: String(error.stack ?? error) });
  }
};
