import assert from 'node:assert/strict';
import { open, points, value } from './page-lib.mjs';

export const name = 'page: double-click adds, the slider changes the mass, the brush draws';
export const options = { viewport: { width: 1280, height: 860 } };

export default async function ({ page, base }) {
  await open(page, base);
  await page.click('[data-preset=centres]');
  await points(page, 25);
  const f = await page.locator('#figure').boundingBox();
  await page.mouse.dblclick(f.x + 0.5 * f.width + 40, f.y + 0.5 * f.height + 40);
  await points(page, 26);
  assert.equal(await page.locator('#site-name').textContent(), 'Mass of 26');
  const before = await page.locator('#mass-out').textContent();
  await page.locator('#mass').focus();
  await page.keyboard.press('End');
  await page.waitForFunction((old) => document.querySelector('#mass-out').textContent !== old, before);
  assert.ok(parseFloat(await page.locator('#mass-out').textContent()) > 4 * parseFloat(before), 'sixteen times the others');
  assert.ok((await value(page, 'residual')) < 1e-9);
  await page.click('#brush');
  await page.mouse.move(f.x + 0.2 * f.width, f.y + 0.3 * f.height);
  await page.mouse.down();
  await page.mouse.move(f.x + 0.6 * f.width, f.y + 0.35 * f.height, { steps: 12 });
  await page.mouse.up();
  await page.waitForFunction(() => Number(document.querySelector('#count-out').textContent) > 30);
  await page.click('#undo');
  await points(page, 26);
}
