// Milliseconds to decode faces, in one worker in headless Chromium: the site's two wasm files, and
// onnxruntime-web on the same network and weights. Then those from the click on "Faces" in the opened
// page to the first live faces, in a fresh profile each time.
// Prints { rows, apart, shape, version, threads, browser, first: [milliseconds, the fastest first] };
// called as bench.mjs is, with { root, chromium, modules, peers, weights, counts, repeat,
// milliseconds }: weights is the path of a .bdec file.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ask } from './harness/peers.mjs';

const { weights, counts, repeat, milliseconds, ...where } = JSON.parse(process.env.BRENIER_TESTS);
const work = { weights: 'faces.bdec', counts, repeat, milliseconds };
const decoded = await ask(where, 'decoders.js', work, { 'faces.bdec': weights });
const first = [];
for (let k = 0; k < Math.max(3, repeat); k += 1) first.push(await click());
first.sort((a, b) => a - b);
console.log(JSON.stringify({ ...decoded, first }));

/** From the click to the first live face, in a browser that has only opened the page. */
async function click() {
  const { chromium } = createRequire(join(where.modules, 'package.json'))('playwright-core');
  const browser = await chromium.launch({ executablePath: where.chromium, args: ['--no-sandbox', '--disable-background-networking'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(0);
  await page.goto(where.root);
  await page.waitForSelector('html[data-ready=true]');
  const taken = await page.evaluate(() => new Promise((resolve) => {
    const began = performance.now();
    // The grid says when its pictures are drawn.
    const seen = new MutationObserver(() => {
      if (!document.querySelector('#faces-grid[data-made]')) return;
      seen.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
    });
    seen.observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-made'] });
    document.querySelector('.scenes a[href="#scene-faces"]').click();
  }));
  await browser.close();
  return taken;
}
