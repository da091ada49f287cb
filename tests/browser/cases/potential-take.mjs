import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { open } from './potential-lib.mjs';
import { decode } from '../harness/png.mjs';

export const name = 'potential: both solids are taken away as PNG and as SVG';

async function file(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-take=${button}]`)]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

export default async function ({ page, base }) {
  await open(page, base, '&preset=clusters&count=40&site=2');
  await page.click('.pot-more summary');
  for (const [solid, called] of [['graph', 'potential'], ['dual', 'dual']]) {
    const png = await file(page, `${solid}-png`);
    assert.equal(png.name, `brenier-${called}.png`);
    const { width, height, pixels } = decode(png.bytes);
    assert.deepEqual([width, height], [2048, 2048]);
    assert.ok(new Set(Array.from({ length: 4000 }, (_, k) => pixels.readUIntBE(3 * 997 * k, 3))).size > 10, 'it is not blank');

    const svg = await file(page, `${solid}-svg`);
    assert.equal(svg.name, `brenier-${called}.svg`);
    const seen = await page.evaluate((text) => {
      const drawing = new DOMParser().parseFromString(text, 'image/svg+xml');
      return { error: drawing.querySelector('parsererror')?.textContent, paths: drawing.querySelectorAll('path').length, title: drawing.querySelector('title')?.textContent, bad: /NaN|undefined|null/.test(text) };
    }, svg.bytes.toString());
    assert.equal(seen.error, undefined);
    assert.ok(seen.paths > 10 && !seen.bad, JSON.stringify(seen));
    assert.match(seen.title, /of 40 points\. http:.*scene=potential/);
  }
}
