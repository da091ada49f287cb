import assert from 'node:assert/strict';
import { open } from './page-lib.mjs';

export const name = 'smoke: the page opens and draws';
export const variants = [
  {},
  { webgpu: false },
  { subpath: true },
  { viewport: { width: 390, height: 844 } },
  { viewport: { width: 390, height: 844 }, webgpu: false },
  { viewport: { width: 1920, height: 1080 } },
];

export default async function ({ page, base, options, look }) {
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await open(page, base);
  assert.match(await page.title(), /Brenier/);
  const has = await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
  assert.equal(has, options.webgpu !== false);
  const seen = await look(page.locator('#figure'));
  assert.ok(seen.colours > 8 && seen.ink > 0.1, `blank: ${JSON.stringify(seen)}`);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(overflow <= 0, `${overflow} px wider than the window`);
  for (const url of fetched.filter((url) => url.startsWith('http'))) assert.ok(url.startsWith(base), url);
}
