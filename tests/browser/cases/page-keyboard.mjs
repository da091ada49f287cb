import assert from 'node:assert/strict';
import { newHash, open, points, site, value } from './page-lib.mjs';

export const name = 'page: by keyboard alone';
export const options = { viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' };

const focused = (page) => page.evaluate(() => document.activeElement.dataset.site ?? document.activeElement.id ?? '');

/** Tabs until `done` says that the focus is where it should be. */
async function tabTo(page, done) {
  for (let k = 0; k < 80; k += 1) {
    if (done(await focused(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab never got there');
}

export default async function ({ page, base }) {
  await open(page, base);
  // The first stop is the way past the header; it must not touch the scene's link.
  const link = await page.evaluate(() => location.hash);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'figure-box');
  assert.equal(await page.evaluate(() => location.hash), link);
  await tabTo(page, (id) => /^\d+$/.test(id));
  await page.keyboard.press('Home');
  assert.equal(await focused(page), '0');
  const before = await site(page, 0);
  const hash = await page.evaluate(() => location.hash);
  const upper = await value(page, 'w2Upper');
  for (let k = 0; k < 3; k += 1) await page.keyboard.press('Shift+ArrowRight');
  await page.waitForFunction((w) => Number(document.querySelector('[data-value=w2Upper]').dataset.raw) !== w, upper);
  await newHash(page, hash);
  const after = await site(page, 0);
  assert.ok(after.x - before.x > 20 && Math.abs(after.y - before.y) < 1, 'three large steps to the right');
  assert.match(await page.locator('#live').textContent(), /^Point 1 at x .* Its cell keeps .* % of the area\.$/);
  assert.match(await page.locator('[data-site="0"]').getAttribute('aria-label'), /^Point 1 of 512, x .*, mass 0\.20 %$/);

  // Plus and minus change the mass, and say so.
  await page.keyboard.press('+');
  await page.waitForFunction(() => /Point 1 has 0\.21 % of the mass/.test(document.querySelector('#live').textContent));
  await page.keyboard.press('-');
  await page.waitForFunction(() => /Point 1 has 0\.20 % of the mass/.test(document.querySelector('#live').textContent));

  await page.keyboard.press('PageDown');
  assert.equal(await focused(page), '1');
  await page.keyboard.press('Delete');
  await points(page, 511);
  await page.waitForFunction(() => document.activeElement.dataset.site === '1');
  await page.keyboard.press('Control+z');
  await points(page, 512);
  // One Tab leaves the points: they are one stop, not five hundred.
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'play');
}
