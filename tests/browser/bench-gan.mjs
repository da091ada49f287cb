// Steps of GAN training a second, in one worker in headless Chromium: the site's wasm, and
// TensorFlow.js on the same networks. Prints { rows, version, simd, threads, browser }; called as
// bench.mjs is, with { root, chromium, modules, peers, works, repeat, seconds }: works are
// [architecture, packing].

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { root, chromium: executablePath, modules, peers, ...work } = JSON.parse(process.env.BRENIER_TESTS);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
const page = await browser.newPage();
page.setDefaultTimeout(0);
page.on('pageerror', (error) => { throw error; });

// The peer is no part of the site: it is put beside it, without the site's headers.
const TYPES = { html: 'text/html', js: 'text/javascript', wasm: 'application/wasm' };
await page.route(`${root}peers/**`, async (route) => {
  const file = new URL(route.request().url()).pathname.split('/peers/')[1];
  const contentType = TYPES[file.split('.').pop()];
  if (contentType === TYPES.html) return route.fulfill({ contentType, body: '<!doctype html>' });
  const folder = file.startsWith('tfjs') ? join(peers, 'node_modules/@tensorflow') : fileURLToPath(new URL('peers', import.meta.url));
  return route.fulfill({ contentType, body: await readFile(join(folder, file)) });
});
await page.goto(`${root}peers/index.html`);

const result = await page.evaluate((work) => new Promise((resolve) => {
  const worker = new Worker('worker.js', { type: 'module' });
  worker.onmessage = ({ data }) => resolve(data);
  worker.onerror = ({ message, filename, lineno }) => resolve({ error: `${message} (${filename}:${lineno})` });
  worker.postMessage(work);
}), work);
const version = browser.version();
await browser.close();
if (result.error) throw new Error(result.error);
console.log(JSON.stringify({ ...result, browser: version }));
