import assert from 'node:assert/strict';
import { picture } from './page-lib.mjs';
import { canvas, changes, number, open } from './potential-network-lib.mjs';

export const name = 'potential: the network on a phone, its regions by a finger';
export const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export default async function ({ page, base }) {
  await open(page, base, 'preset=clusters&count=60&widths=10,10&trained=200');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, 'nothing is wider than the screen');
  assert.ok(await number(page, 'between') > 0);

  // Both pictures before the numbers, and these before what changes them.
  const top = async (selector) => (await page.locator(selector).boundingBox()).y;
  const order = await Promise.all(['#network-play', canvas('source'), canvas('target'), '#network-numbers', '#network-depth'].map(top));
  assert.deepEqual(order, [...order].sort((a, b) => a - b));

  // A tap lights a region in both.
  const place = page.locator(canvas('source'));
  await place.scrollIntoViewIfNeeded();
  const { width } = await place.boundingBox();
  const before = await picture(page, canvas('target'));
  await place.tap({ position: { x: 0.5 * width, y: 0.5 * width } });
  await changes(page, 'target', before);
  assert.match(await page.locator('[data-key=source]').textContent(), /^Region \d+ of/);
}
