// The exact solver's wasm, timed in headless Chromium on the point sets of `brenier bench`.
// Prints { rows, drag }; xtask puts it beside the native rows. Called as the cases are (run.mjs),
// with { root, chromium, modules, sizes, seeds, repeat }.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const { root, chromium: executablePath, modules, sizes, seeds, repeat } = JSON.parse(process.env.BRENIER_TESTS);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
const page = await browser.newPage();
page.setDefaultTimeout(0);
page.on('pageerror', (error) => { throw error; });
await page.goto(`${root}icon.svg`); // a page of the site that runs nothing of its own

const result = await page.evaluate(async ({ root, sizes, seeds, repeat }) => {
  const { Brenier } = await import(`${root}js/brenier.js`);
  const { Engine } = await import(`${root}js/engine.js`);
  const brenier = await Brenier.load();

  // numpy's default_rng(0): PCG64 (XSL-RR 128/64) as its SeedSequence starts it.
  const MASK = (1n << 128n) - 1n;
  const INCREMENT = ((0x20c6ed6d9d7b8d412c4099de223c39d4n << 1n) | 1n) & MASK;
  let state = 0n;
  const step = () => { state = (state * 0x2360ed051fc65da44385df649fccf645n + INCREMENT) & MASK; };
  const reset = () => {
    state = (0xdb2cd7e7b0f478beabf4641a2c71ba49n + INCREMENT) & MASK;
    step();
  };
  const unit = () => {
    step();
    const word = ((state >> 64n) ^ state) & 0xffffffffffffffffn;
    const turn = state >> 122n;
    const turned = ((word >> turn) | (word << (64n - turn))) & 0xffffffffffffffffn;
    return Number(turned >> 11n) * 2 ** -53;
  };

  const rows = [];
  for (const n of sizes) {
    reset();
    for (let seed = 0; seed < seeds; seed += 1) {
      const sites = Float64Array.from({ length: 2 * n }, unit);
      const once = async () => (await brenier.solve({ sites, tolerance: 1e-6 })).report;
      // Browsers compile what runs often again, and better: warm up before the clock counts.
      const start = performance.now();
      let first;
      do first = await once(); while (performance.now() - start < 1200);
      // The clock of a page ticks every 0.1 ms: short solves are timed as means of many.
      const inner = Math.max(1, Math.round(20 / Math.max(first.milliseconds, 0.1)));
      const milliseconds = [];
      for (let k = 0; k < repeat; k += 1) {
        let sum = 0;
        for (let j = 0; j < inner; j += 1) sum += (await once()).milliseconds;
        milliseconds.push(sum / inner);
      }
      rows.push({ work: 'uniform', n, seed, milliseconds, steps: first.iterations, residual: first.residual, w2: first.w2Primal });
    }
  }

  // Dragging: one of 512 samples of the grid goes round a circle, each move solved warm.
  const engine = await Engine.load();
  await engine.open('');
  const { domain, sites, count } = await engine.set({ preset: 'grid', count: 512 });
  if (count !== 512) throw new Error(`${count} sites`);
  const extent = domain[2] - domain[0];
  const drag = [];
  for (let k = -50; k < 100; k += 1) { // the first fifty warm up
    const angle = (2 * Math.PI * k) / 100;
    const [x, y] = [sites[0] + 0.05 * extent * Math.sin(angle), sites[1] + 0.05 * extent * (1 - Math.cos(angle))];
    const start = performance.now();
    const { report } = await engine.move(0, x, y, { final: false });
    if (k >= 0) drag.push({ frame: performance.now() - start, solve: report.milliseconds, residual: report.residual });
  }
  return { rows, drag };
}, { root, sizes, seeds, repeat });

await browser.close();
console.log(JSON.stringify(result));
