import assert from 'node:assert/strict';
import { plain } from '../harness/files.mjs';
import { open } from './page-lib.mjs';

export const name = 'smoke: the first scene fetches nothing that its budget does not count, and most of it once for good';

// A first visit fetches the same where the browser keeps the site afterwards.
export const variants = [{}, { serviceWorkers: 'allow' }];

export default async function ({ page, base, scenes }) {
  const fetched = new Set();
  page.on('request', (request) => fetched.add(request.url().split(/[?#]/)[0]));
  const kept = [];
  page.on('response', (response) => kept.push([response.url(), response.headers()['cache-control']]));
  await open(page, base);
  const counted = new Set(scenes['first scene'].map((file) => base + file).concat(base));
  const more = [...fetched].filter((url) => url.startsWith(base) && !counted.has(url));
  assert.deepEqual(more, []);
  assert.ok([...fetched].some((url) => url.endsWith('.wasm')), 'the engine is part of it');
  // What another build calls otherwise may be kept for good, and is nearly all of it.
  for (const [url, told] of kept) assert.equal(told, plain(url) === url ? 'no-cache' : 'public, max-age=31536000, immutable', url);
  assert.ok(kept.filter(([url]) => plain(url) !== url).length > 0.9 * kept.length);
}
