import assert from 'node:assert/strict';
import { newHash, open, picture, points, site, value } from './page-lib.mjs';

export const name = 'page: the address restores the picture';

export default async function ({ page, base, context }) {
  await open(page, base);
  const start = await page.evaluate(() => location.hash);
  await page.click('[data-preset=clusters]');
  await newHash(page, start);
  const preset = await page.evaluate(() => location.hash);
  await page.locator('#views input[name=dual]').check();
  await newHash(page, preset);
  const middle = await page.evaluate(() => location.hash);
  await page.locator('[data-site="3"]').evaluate((b) => b.focus());
  await page.keyboard.press('Shift+ArrowUp');
  await newHash(page, middle);
  await page.keyboard.press('Escape');
  await page.mouse.move(5, 5);
  const kept = { upper: await value(page, 'w2Upper'), at: await site(page, 3), url: page.url(), picture: await picture(page) };

  const other = await context.newPage();
  await other.setViewportSize(page.viewportSize());
  await other.goto(kept.url);
  await other.waitForSelector('html[data-ready]');
  assert.equal(await value(other, 'w2Upper'), kept.upper);
  assert.deepEqual(await site(other, 3), kept.at);
  assert.equal(await other.locator('#views input[name=dual]').isChecked(), true);
  assert.equal(await other.locator('[data-preset=clusters]').getAttribute('aria-checked'), 'true');

  // A link that cannot be read says so and leaves a working scene.
  await other.goto(`${base}#preset=nonsense`);
  await other.reload();
  await other.waitForSelector('html[data-ready]');
  await other.locator('#notice').waitFor({ state: 'visible' });
  await points(other, 512);
}
