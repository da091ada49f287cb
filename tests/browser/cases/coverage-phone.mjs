import assert from 'node:assert/strict';
import { open, reached } from './coverage-lib.mjs';
import { colours } from './page-lib.mjs';

export const name = 'mode coverage: on a phone, dark, with the Wasserstein panel';
export const options = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, colorScheme: 'dark' };

export default async function ({ page, base }) {
  await open(page, base, '&wasserstein=1&ganArrows=1');
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'nothing is wider than the screen');
  assert.equal(await page.locator('.cov-panel').count(), 4);
  await page.tap('#cov-play');
  for (const key of ['gan', 'pac', 'wgan']) await reached(page, key, 1);
  await page.tap('#cov-play');
  for (const key of ['gan', 'wgan', 'aeot']) {
    await page.locator(`[data-key=${key}]`).scrollIntoViewIfNeeded();
    assert.ok((await colours(page, `[data-testid=coverage-${key}]`)) > 6, key);
  }
  for (const id of ['cov-play', 'cov-reset', 'cov-step']) {
    const box = await page.locator(`#${id}`).boundingBox();
    assert.ok(box.height >= 31 && box.width >= 31, `${id} can be hit with a thumb`);
  }
  const right = await page.evaluate(() => [...document.querySelectorAll('#cov-scores :is(.value, .reference)')].map((e) => e.getBoundingClientRect().right));
  assert.ok(right.length >= 12 && right.every((x) => x <= 390), `scores are on the screen: ${Math.max(...right)}`);
}
