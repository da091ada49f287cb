import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

export const name = 'space: shapes in wasm are the native ones, bit for bit';

export default async function ({ page, base }) {
  const expect = JSON.parse(await readFile(new URL('../../fixtures/space.json', import.meta.url), 'utf8'));
  await page.goto(base);
  await page.waitForSelector('html[data-ready]');
  const made = await page.evaluate(async (shapes) => {
    const { Maths } = await import(new URL(published('js/space/maths.js'), location.href).href);
    const maths = await Maths.load();
    const digest = async (shape) => {
      const { sites } = await maths.scene({ shape, count: 300 });
      return new Uint8Array(sites.buffer).reduce((h, b) => Math.imul(h ^ b, 0x01000193) >>> 0, 0x811c9dc5);
    };
    return Object.fromEntries(await Promise.all(shapes.map(async (shape) => [shape, await digest(shape)])));
  }, Object.keys(expect));
  assert.deepEqual(made, expect);
}
