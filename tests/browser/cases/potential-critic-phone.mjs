import assert from 'node:assert/strict';
import { colours } from './page-lib.mjs';

export const name = 'potential: generator and critic on a phone, read by a finger';
export const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export default async function ({ page, base }) {
  await page.goto(`${base}#scene=potential&part=critic&preset=ring&count=40`);
  await page.locator('#critic-agree[data-raw]').waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, 'nothing is wider than the screen');
  assert.ok(await page.locator('[name=critic-look][value=both]').isHidden(), 'both at once needs room');

  // A tap reads there, and the point stays.
  const place = page.locator('[data-testid=critic-phi-field]');
  await place.scrollIntoViewIfNeeded();
  const { width } = await place.boundingBox();
  const x = () => page.locator('[data-value=x]').getAttribute('data-raw');
  const before = await x();
  await place.tap({ position: { x: 0.4 * width, y: 0.3 * width } });
  await page.waitForFunction((old) => document.querySelector('[data-value=x]').dataset.raw !== old, before);
  const [tapped] = await Promise.all([x()]);
  assert.ok(tapped.split(',').every((v) => Math.abs(v) < 1), tapped);
  assert.ok(await colours(page, '[data-testid=critic-u-field]') > 20);

  await page.locator('.crit-look label', { hasText: 'Graphs' }).tap();
  await page.waitForFunction(() => document.querySelector('[data-testid=critic-phi-graph]').width > 300);
  await page.waitForFunction(() => /look=graph/.test(location.hash));
  assert.ok(await page.locator('[data-testid=critic-u-field]').isHidden());
}
