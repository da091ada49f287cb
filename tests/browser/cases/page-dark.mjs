import assert from 'node:assert/strict';
import { colours, open, picture } from './page-lib.mjs';

export const name = 'page: dark, from the system and by the switch';
export const options = { colorScheme: 'dark' };

const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).map(Number));

export default async function ({ page, base }) {
  await open(page, base);
  assert.ok((await ground(page)).every((c) => c < 60), 'a dark ground');
  assert.ok((await colours(page)) > 8);
  const dark = await picture(page);
  await page.click('#theme');
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'light');
  assert.ok((await ground(page)).every((c) => c > 200), 'a light ground');
  await page.waitForFunction((old) => document.querySelector('#figure').toDataURL() !== old, dark);
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'light', 'the choice is kept');
}
