import assert from 'node:assert/strict';
import { colours, FIGURE, solved } from './space-lib.mjs';

export const name = 'space: in an embed';
export const options = { viewport: { width: 640, height: 700 } };

export default async function ({ page, base }) {
  await page.goto(`${base}embed.html#scene=space&count=60&shape=torus`);
  await page.waitForSelector('html[data-space-ready]');
  await solved(page);
  assert.ok((await colours(page, FIGURE)) > 30);
  assert.equal(await page.locator('#figure').isVisible(), false);
  assert.equal(await page.locator('.side').isVisible(), false);
  assert.equal(await page.locator('#space-play').isVisible(), true);
  const overflow = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight]);
  assert.ok(Math.max(...overflow) <= 0, `${overflow} px larger than its frame`);
}
