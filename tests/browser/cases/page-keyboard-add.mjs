import assert from 'node:assert/strict';
import { open, points, site } from './page-lib.mjs';

export const name = 'page: points are added and the last one removed by keyboard alone';

export default async function ({ page, base }) {
  await open(page, base, '#preset=centres&modes=1');
  await points(page, 1);
  await page.locator('[data-site="0"]').focus();
  const old = await site(page, 0);
  for (let k = 1; k <= 3; k += 1) {
    await page.keyboard.press('n');
    await points(page, 1 + k);
    await page.waitForFunction((n) => document.activeElement.dataset.site === String(n), k);
  }
  const added = await Promise.all([1, 2, 3].map((k) => site(page, k)));
  const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);
  assert.ok(added.every((p) => apart(p, old) > 8 && apart(p, old) < 150), 'beside the point');
  assert.ok(apart(added[0], added[1]) > 8 && apart(added[1], added[2]) > 8 && apart(added[0], added[2]) > 8, 'no two in one place');

  for (let k = 3; k >= 1; k -= 1) {
    await page.keyboard.press('Delete');
    await points(page, k);
    await page.waitForFunction(() => 'site' in document.activeElement.dataset);
  }
  // The last one: what is left offers a first one, and has the focus.
  await page.keyboard.press('Delete');
  await page.waitForFunction(() => document.activeElement.id === 'add-first');
  await page.keyboard.press('Enter');
  await points(page, 1);
  await page.waitForFunction(() => document.activeElement.dataset.site === '0');
}
