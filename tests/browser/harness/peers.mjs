// A worker of peers/ beside the built site, in headless Chromium, for the benchmarks.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = { html: 'text/html', js: 'text/javascript', mjs: 'text/javascript', wasm: 'application/wasm' };

/** Where a file of peers/ is: what the peers' packages bring, or ours. */
function path(file, peers) {
  if (file.startsWith('tfjs')) return join(peers, 'node_modules/@tensorflow', file);
  if (file.startsWith('onnxruntime')) return join(peers, 'node_modules', file);
  return fileURLToPath(new URL(`../peers/${file}`, import.meta.url));
}

/**
 * What the worker in peers/`script` answers to `work`, with the browser's version. `files` are more
 * files, by the name under peers/ that the worker fetches them by.
 */
export async function ask({ root, chromium: executablePath, modules, peers }, script, work, files = {}) {
  const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  const page = await browser.newPage();
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => { throw error; });
  // The peer is no part of the site: it is put beside it, without the site's headers.
  await page.route(`${root}peers/**`, async (route) => {
    const file = new URL(route.request().url()).pathname.split('/peers/')[1];
    const contentType = TYPES[file.split('.').pop()];
    if (contentType === TYPES.html) return route.fulfill({ contentType, body: '<!doctype html>' });
    return route.fulfill({ contentType, body: await readFile(files[file] ?? path(file, peers)) });
  });
  await page.goto(`${root}peers/index.html`);
  const result = await page.evaluate(([script, work]) => new Promise((resolve) => {
    const worker = new Worker(script, { type: 'module' });
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message, filename, lineno }) => resolve({ error: `${message} (${filename}:${lineno})` });
    worker.postMessage(work);
  }), [script, work]);
  const version = browser.version();
  await browser.close();
  if (result.error) throw new Error(result.error);
  return { ...result, browser: version };
}
