import assert from 'node:assert/strict';
import { open } from './page-lib.mjs';

export const name = 'smoke: the first scene fetches nothing that its budget does not count';

// A first visit fetches the same where the browser keeps the site afterwards.
export const variants = [{}, { serviceWorkers: 'allow' }];

export default async function ({ page, base, scenes }) {
  const fetched = new Set();
  page.on('request', (request) => fetched.add(request.url().split(/[?#]/)[0]));
  await open(page, base);
  const counted = new Set(scenes['first scene'].map((file) => base + file).concat(base));
  const more = [...fetched].filter((url) => url.startsWith(base) && !counted.has(url));
  assert.deepEqual(more, []);
  assert.ok([...fetched].some((url) => url.endsWith('.wasm')), 'the engine is part of it');
}
