// Times decoding, in turn: the site's two wasm files and onnxruntime-web's on one thread, on the same
// weights. In: { weights, counts, repeat, milliseconds }; out: { rows, apart, version, shape, threads }
// or { error }.

import * as ort from './onnxruntime-web/dist/ort.wasm.min.mjs';
import initFlex, { Decoder as Flex } from '../wasm/brenier_faces.js';
import initNdarray, { Decoder as Ndarray } from '../wasm/brenier_faces_ndarray.js';
import { onnx, read } from './onnx.js';

const middle = (list) => list.sort((a, b) => a - b)[list.length >> 1];

/** Codes as a standard deviation of one spreads them, near enough. */
const codes = (length) => Float32Array.from({ length }, (_, k) => 1.4 * Math.sin(12.9898 * (k + 1)));

async function decoders(bytes) {
  await initFlex({ module_or_path: new URL('../wasm/brenier_faces_bg.wasm', import.meta.url) });
  await initNdarray({ module_or_path: new URL('../wasm/brenier_faces_ndarray_bg.wasm', import.meta.url) });
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = new URL('./onnxruntime-web/dist/', import.meta.url).href;
  const network = read(bytes);
  const { shape: { side, channels, latent } } = network;
  const session = await ort.InferenceSession.create(onnx(network), { executionProviders: ['wasm'], graphOptimizationLevel: 'all' });
  const [flex, ndarray] = [new Flex(bytes), new Ndarray(bytes)];
  // As the page gets them; what ONNX gives is turned into pixels for the comparison alone.
  const pixels = ({ data }) => {
    const plane = side * side;
    const out = new Uint8ClampedArray((4 * data.length) / channels);
    for (let k = 0; k < out.length; k += 1) {
      const [place, channel] = [k >> 2, k & 3];
      const picture = Math.floor(place / plane);
      out[k] = channel === 3 ? 255 : 255 * data[(picture * channels + (channel % channels)) * plane + (place % plane)];
    }
    return out;
  };
  const run = async (x) => (await session.run({ codes: new ort.Tensor('float32', x, [x.length / latent, latent]) })).pictures;
  return [
    { name: 'flex', run: (x) => flex.decode(x), pixels: (y) => y },
    { name: 'ndarray', run: (x) => ndarray.decode(x), pixels: (y) => y },
    { name: 'onnxruntime', run, pixels },
  ];
}

async function compare(all, count, latent, repeat, milliseconds) {
  const x = codes(count * latent);
  const seen = [];
  // The first takes longer.
  for (const { run, pixels } of all) seen.push(pixels(await run(x)));
  const times = all.map(() => []);
  for (let k = 0; k < repeat; k += 1) {
    for (const [who, { run }] of all.entries()) {
      const began = performance.now();
      let now = began;
      let taken = 0;
      while (taken < 3 || now - began < milliseconds) {
        await run(x);
        const then = now;
        now = performance.now();
        times[who].push(now - then);
        taken += 1;
      }
    }
  }
  const apart = Math.max(...seen.slice(1).map((other) => other.reduce((most, v, k) => Math.max(most, Math.abs(v - seen[0][k])), 0)));
  const different = seen[0].some((v, k) => v !== seen[0][k & 3]);
  return { apart, different, rows: all.map(({ name }, who) => ({ name, count, best: Math.min(...times[who]), milliseconds: middle(times[who]) })) };
}

onmessage = async ({ data: { weights, counts, repeat, milliseconds } }) => {
  try {
    const bytes = new Uint8Array(await (await fetch(weights)).arrayBuffer());
    const all = await decoders(bytes);
    const { shape } = read(bytes);
    const rows = [];
    let apart = 0;
    for (const count of counts) {
      const seen = await compare(all, count, shape.latent, repeat, milliseconds);
      if (!seen.different) throw new Error('the pictures are of one colour');
      rows.push(...seen.rows);
      apart = Math.max(apart, seen.apart);
    }
    postMessage({ rows, apart, shape, version: ort.env.versions.web, threads: ort.env.wasm.numThreads });
  } catch (error) {
    postMessage({ error: String(error.stack ?? error) });
  }
};
