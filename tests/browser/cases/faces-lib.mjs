// What the cases of the decoder share.

import { readFile } from 'node:fs/promises';

/** A file of the project. */
export const file = (path) => readFile(new URL(`../../../${path}`, import.meta.url));

/** A file that every build decodes to the same pixels (crates/decoder/examples/untrained.rs). */
export async function fixture() {
  const { codes, pixels } = JSON.parse(await file('tests/fixtures/decoder.json'));
  return { bytes: await file('tests/fixtures/decoder.bdec'), codes, pixels: [...Buffer.from(pixels, 'hex')] };
}

/** Puts a file beside the site: `weights.bdec`. */
export const serve = (page, body, more = {}) => page.route('**/weights.bdec', (route) => route.fulfill({ body, ...more }));

/** The largest difference between two pictures. */
export const apart = (a, b) => a.reduce((most, value, k) => Math.max(most, Math.abs(value - b[k])), a.length - b.length);
