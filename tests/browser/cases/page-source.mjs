import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { open, picture, points, value } from './page-lib.mjs';

export const name = 'page: a Gaussian source';
export const options = { reducedMotion: 'reduce' };

/** Area of each cell of a plan. */
function areas({ cells: { vertices, offsets } }) {
  return offsets.slice(1).map((to, i) => {
    const ring = vertices.slice(offsets[i], to);
    return ring.reduce((sum, [x, y], k) => sum + (x * ring[(k + 1) % ring.length][1] - y * ring[(k + 1) % ring.length][0]) / 2, 0);
  });
}

async function plan(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-export=plan]')]);
  return JSON.parse(await readFile(await download.path()));
}

export default async function ({ page, base }) {
  await open(page, base);
  await page.click('[data-preset=centres]');
  await points(page, 25);
  await page.locator('#more > summary').click();
  const before = { picture: await picture(page), upper: await value(page, 'w2Upper') };
  assert.match(await page.locator('#lead').innerText(), /its cell keeps its area\./);
  const even = areas(await plan(page));
  assert.ok(Math.max(...even) / Math.min(...even) < 1 + 1e-6, 'from the uniform source equal masses are equal areas');

  await page.selectOption('#source', 'gaussian');
  await page.waitForURL(/source=gaussian/);
  await points(page, 25);
  assert.ok((await value(page, 'residual')) <= 1e-9);
  assert.notEqual(await value(page, 'w2Upper'), before.upper);
  assert.ok(await picture(page) !== before.picture, 'the picture changes');
  assert.match(await page.locator('#lead').innerText(), /its cell keeps its mass\./);
  assert.equal(await page.locator('[data-value=path]').textContent(), 'CPU, to 10⁻¹¹');
  const normal = await plan(page);
  assert.equal(normal.source.type, 'gaussian');
  assert.ok(normal.cellMasses.every((mass) => Math.abs(25 * mass - 1) <= 1e-9));
  const sizes = areas(normal);
  assert.equal(sizes.indexOf(Math.min(...sizes)), 12, 'where it is dense, in the middle, the cell is smallest');

  // Narrower: the middle cell shrinks.
  await page.locator('#source-sigma').fill('0');
  await page.waitForURL(/sourceSigma=0\.2(&|$)/);
  await points(page, 25);
  const narrow = await plan(page);
  assert.ok(areas(narrow)[12] < sizes[12]);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('[data-export=svg]')]);
  const svg = await readFile(await download.path(), 'utf8');
  assert.match(svg, /<radialGradient id="gradient-0"[^>]*>(<stop [^>]*>){17}<\/radialGradient>/);
  assert.match(svg, / fill="url\(#gradient-0\)"/);

  const upper = await value(page, 'w2Upper');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await points(page, 25);
  assert.equal(await value(page, 'w2Upper'), upper);
  assert.equal(await page.locator('#source').inputValue(), 'gaussian');
  assert.equal(await page.locator('#source-sigma-out').textContent(), '0.20');

  // Back by undo, words and all.
  await page.locator('#more > summary').click();
  const again = await plan(page);
  assert.deepEqual(again.source, narrow.source);
  assert.ok(again.heights.every((h, i) => Math.abs(h - narrow.heights[i]) < 1e-9), 'the address restores the plan');
  await page.selectOption('#source', 'uniform');
  await page.waitForFunction((upper) => Number(document.querySelector('[data-value=w2Upper]').dataset.raw) === upper, before.upper);
  assert.match(await page.locator('#lead').innerText(), /its cell keeps its area\./);
  await page.click('#undo');
  await page.waitForFunction((upper) => Number(document.querySelector('[data-value=w2Upper]').dataset.raw) === upper, upper);
  assert.match(await page.locator('#lead').innerText(), /its cell keeps its mass\./);
}
