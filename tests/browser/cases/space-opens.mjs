import assert from 'node:assert/strict';
import { colours, FIGURE, open, solved, value } from './space-lib.mjs';

export const name = 'space: opens from the header, solves and shows its cells';
export const variants = [{}, { webgpu: false }, { subpath: true }];

export default async function ({ page, base, look }) {
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(base);
  await page.waitForSelector('html[data-ready]');
  assert.ok(!fetched.some((url) => /space\/|space\.css|monte_carlo/.test(url)), 'nothing of it is fetched before');
  await page.click('.scenes a[href="#scene-space"]');
  await page.waitForSelector('html[data-space-ready]');
  assert.equal(await page.locator('#scene-transport').isVisible(), false);
  await page.waitForFunction(() => location.hash === '#scene=space');
  assert.deepEqual(await page.locator('.prose h2').evaluateAll((list) => list.filter((e) => e.checkVisibility()).map((e) => e.closest('article').id)), ['space-prose'], 'it has a text of its own');
  assert.equal(await page.locator('#experiment').isVisible(), false);

  // Mode coverage takes its place, and gives it back.
  await page.click('.scenes a[href="#scene-coverage"]');
  await page.waitForSelector('html[data-coverage-ready]');
  await page.waitForFunction(() => location.hash === '#scene=coverage');
  assert.equal(await page.locator('#experiment').isVisible(), true);
  assert.equal(await page.locator('#space-prose').isVisible(), false);
  await page.click('.scenes a[href="#scene-space"]');
  await page.waitForFunction(() => location.hash === '#scene=space');
  await open(page, base);
  assert.ok((await colours(page, FIGURE)) > 30, 'cells are coloured and shaded');
  const seen = await look(page.locator(FIGURE));
  assert.ok(seen.ink > 0.25, `blank: ${JSON.stringify(seen)}`);
  assert.ok((await value(page, 'residual')) < 0.05);
  assert.ok((await value(page, 'w2Dual')) <= (await value(page, 'w2Upper')));
  assert.match(await page.locator('#space-path').textContent(), /CPU|WebGPU|GPU/);

  // Back is the scene in the plane, forward this one.
  await page.click('.scenes a[href="#scene-transport"]');
  await page.waitForFunction(() => document.querySelector('#scene-space').hidden && !/scene=space/.test(location.hash));
  assert.equal(await page.locator('#figure').isVisible(), true);
  await page.goBack();
  await page.locator(FIGURE).waitFor({ state: 'visible' });
  await solved(page);
  for (const url of fetched.filter((u) => u.startsWith('http'))) assert.ok(url.startsWith(base), url);
}
