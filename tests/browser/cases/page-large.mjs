import assert from 'node:assert/strict';
import { open, points, value } from './page-lib.mjs';

export const name = 'page: above 10,000 points it solves when asked';

export default async function ({ page, base }) {
  await open(page, base);
  await page.click('[data-preset=random]');
  await points(page, 200);
  await page.locator('#count').focus();
  await page.keyboard.press('End');
  await page.locator('#solve').waitFor({ state: 'visible' });
  assert.match(await page.locator('#veil-text').textContent(), /^20,000 points/);
  await page.click('#solve');
  await points(page, 20000);
  assert.equal(await page.locator('#solve').isVisible(), false);
  assert.ok((await value(page, 'residual')) < 1e-9);
  assert.ok((await value(page, 'milliseconds')) > 0, 'it says how long it took');
}
