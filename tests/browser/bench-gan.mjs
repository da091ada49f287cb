// Steps of GAN training a second, on the page's one thread in headless Chromium: the site's wasm,
// and TensorFlow.js on the same networks, batches, losses and schedules. Prints { rows, version, simd, threads };
// called as bench.mjs is, with { root, chromium, modules, peers, works, repeat, seconds }: works are
// [architecture, packing].

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { root, chromium: executablePath, modules, peers, works, repeat, seconds } = JSON.parse(process.env.BRENIER_TESTS);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
const page = await browser.newPage();
page.setDefaultTimeout(0);
page.on('pageerror', (error) => { throw error; });

const FILES = ['tfjs/dist/tf.min.js', 'tfjs-backend-wasm/dist/tf-backend-wasm.min.js'];
const scripts = FILES.map((file) => `<script src="${file}"></script>`).join('');
await page.route(`${root}peers/**`, async (route) => {
  const file = new URL(route.request().url()).pathname.split('/peers/')[1];
  if (file === 'index.html') return route.fulfill({ contentType: 'text/html', body: `<!doctype html>${scripts}` });
  const body = await readFile(join(peers, 'node_modules/@tensorflow', file));
  return route.fulfill({ body, contentType: file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript' });
});
await page.goto(`${root}peers/index.html`);

const result = await page.evaluate(async ({ root, works, repeat, seconds }) => {
  const { tf } = globalThis;
  tf.wasm.setWasmPaths(`${root}peers/tfjs-backend-wasm/dist/`);
  const brenier = await import(`${root}wasm/brenier_gan.js`);
  await brenier.default({ module_or_path: `${root}wasm/brenier_gan_bg.wasm` });
  const modes = Float64Array.from(Array.from({ length: 25 }, (_, k) => [2 * (k % 5) - 4, 2 * Math.floor(k / 5) - 4, 0.05, 0.04]).flat());

  /** The same training in TensorFlow.js: Config::page and Config::paper of crates/gan. */
  function peer([architecture, packing]) {
    const paper = architecture === 'paper';
    const [batch, width, depth] = paper ? [100, 400, 4] : [128, 128, 2];
    const weight = (from, to) => tf.variable(tf.randomNormal([from, to], 0, paper ? 0.02 : Math.sqrt(2 / from)));
    const zeros = (n) => tf.variable(tf.zeros([n]));
    const generator = [];
    for (let l = 0, from = 2; l < depth; l += 1, from = width) generator.push({ w: weight(from, width), scale: tf.variable(tf.ones([width])), shift: zeros(width) });
    const last = { w: weight(width, 2), b: zeros(2) };
    const [units, layers, pieces] = paper ? [200, 3, 5] : [128, 2, 1];
    const discriminator = [];
    for (let l = 0, from = 2 * packing; l < layers; l += 1, from = units) discriminator.push({ w: weight(from, units * pieces), b: zeros(units * pieces) });
    const score = { w: weight(units, 1), b: zeros(1) };

    const generate = () => {
      let x = tf.randomNormal([batch * packing, 2]);
      for (const { w, scale, shift } of generator) {
        const y = tf.matMul(x, w);
        const { mean, variance } = tf.moments(y, 0);
        x = tf.relu(tf.batchNorm(y, mean, variance, shift, scale, 1e-4));
      }
      return tf.reshape(tf.add(tf.matMul(x, last.w), last.b), [batch, 2 * packing]);
    };
    const judge = (packs) => {
      let x = packs;
      for (const { w, b } of discriminator) {
        const y = tf.add(tf.matMul(x, w), b);
        x = pieces > 1 ? tf.max(tf.reshape(y, [-1, pieces, units]), 1) : tf.leakyRelu(y, 0.2);
      }
      return tf.add(tf.matMul(x, score.w), score.b);
    };
    const real = () => {
      const centres = Array.from({ length: batch * packing }, () => [2 * Math.floor(5 * Math.random()) - 4, 2 * Math.floor(5 * Math.random()) - 4]);
      return tf.reshape(tf.add(tf.tensor2d(centres), tf.randomNormal([batch * packing, 2], 0, 0.05)), [batch, 2 * packing]);
    };
    const [rateD, rateG, beta] = paper ? [1e-4, 1e-4, 0.8] : [4e-3, 1e-3, 0.5];
    const [forD, forG] = [tf.train.adam(rateD, beta), tf.train.adam(rateG, beta)];
    const ofD = [...discriminator, score].flatMap((layer) => Object.values(layer));
    const ofG = [...generator, last].flatMap((layer) => Object.values(layer));
    const asReal = (scores) => tf.mean(tf.softplus(tf.neg(scores)));
    const lossD = () => tf.add(asReal(judge(real())), tf.mean(tf.softplus(judge(generate()))));
    const lossG = () => asReal(judge(generate()));
    return {
      step() {
        for (let k = 0; k < (paper ? 1 : 2); k += 1) tf.tidy(() => { forD.minimize(lossD, false, ofD); });
        tf.tidy(() => { forG.minimize(lossG, false, ofG); });
      },
      // Reading a number waits for all that was asked for.
      settle: () => tf.tidy(() => [lossD().dataSync()[0], lossG().dataSync()[0]]),
      close() { for (const variable of [...ofD, ...ofG]) variable.dispose(); forD.dispose(); forG.dispose(); },
    };
  }
  function own([architecture, packing]) {
    const gan = new brenier.Gan(JSON.stringify({ architecture, packing }), modes);
    let last = null;
    return { step() { last = gan.advance(1); }, settle: () => [last.discriminator, last.generator], close: () => gan.free() };
  }

  const rows = [];
  for (const work of works) {
    const rates = {};
    const losses = {};
    for (let k = 0; k <= repeat; k += 1) {
      for (const name of ['brenier', 'cpu', 'wasm']) {
        if (name !== 'brenier') { await tf.setBackend(name); await tf.ready(); }
        const run = name === 'brenier' ? own(work) : peer(work);
        run.step();
        run.settle();
        let steps = 0;
        const began = performance.now();
        let now = began;
        while (now - began < 1000 * seconds) {
          run.step();
          steps += 1;
          if (name === 'brenier' || steps % 4 === 0) now = performance.now();
        }
        losses[name] = run.settle();
        now = performance.now();
        run.close();
        // The first round warms up.
        if (k) (rates[name] ??= []).push((1000 * steps) / (now - began));
      }
    }
    const middle = (list) => list.sort((a, b) => a - b)[list.length >> 1];
    for (const [name, list] of Object.entries(rates)) rows.push({ name, architecture: work[0], packing: work[1], rate: middle(list), losses: losses[name] });
  }
  const simd = await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  const threads = await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT');
  return { rows, version: tf.version.tfjs, simd, threads, agent: navigator.userAgent };
}, { root, works, repeat, seconds });

await browser.close();
console.log(JSON.stringify(result));
