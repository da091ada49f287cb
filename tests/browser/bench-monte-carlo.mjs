// Assignments a second in wasm, on one thread in headless Chromium, through brenier.js alone: how
// many samples Adam draws in how many milliseconds between two reports of a solve under way.
// Prints { rows }; called as bench.mjs is, with { root, chromium, modules, shapes, repeat }:
// shapes are [N, samples of a step, d].

import { createRequire } from 'node:module';
import { join } from 'node:path';

const { root, chromium: executablePath, modules, shapes, repeat } = JSON.parse(process.env.BRENIER_TESTS);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
const page = await browser.newPage();
page.setDefaultTimeout(0);
page.on('pageerror', (error) => { throw error; });
await page.goto(`${root}icon.svg`); // a page of the site that runs nothing of its own

const rows = await page.evaluate(async ({ root, shapes, repeat }) => {
  /** Milliseconds that a stretch lasts at least: long beside the time between two reports. */
  const STRETCH = 2000;
  const { Brenier } = await import(`${root}js/brenier.js`);
  const brenier = await Brenier.load();
  const out = [];
  for (const [n, m, d] of shapes) {
    let x = 1;
    const unit = () => { x = (x * 48271) % 2147483647; return x / 2147483647; };
    const sites = Float64Array.from({ length: n * d }, unit);
    const rates = []; // samples a millisecond
    let device = '';
    // Each solve is one stretch, and the first warms up. It ends after its stretch, so that no
    // tolerance matters; what happens before the first step is not counted.
    for (let k = 0; k <= repeat; k += 1) {
      const stop = new AbortController();
      let start = null;
      const onProgress = (told) => {
        ({ device } = told);
        if (told.phase !== 'adam') return;
        start ??= told;
        const milliseconds = told.milliseconds - start.milliseconds;
        if (milliseconds < STRETCH || stop.signal.aborted) return;
        if (k > 0) rates.push((told.samples - start.samples) / milliseconds);
        stop.abort();
      };
      const ask = { sites, dimension: d, domain: 'cube', method: 'adam', samples: m, tolerance: 1e-6, seed: k, device: 'cpu' };
      await brenier.solve(ask, { signal: stop.signal, onProgress }).catch((error) => { if (error.name !== 'AbortError') throw error; });
    }
    if (rates.length < repeat) throw new Error(`a solve of ${n} sites in dimension ${d} ended before it could be timed`);
    const middle = rates.sort((a, b) => a - b)[rates.length >> 1];
    out.push({ what: 'wasm', device, threads: 1, n, m, d, pairs: middle * 1e3 * n, multiplyAdds: middle * 1e3 * n * d });
  }
  return out;
}, { root, shapes, repeat });

await browser.close();
console.log(JSON.stringify({ rows }));
