import assert from 'node:assert/strict';
import { open, points } from './page-lib.mjs';
import { state, steps } from './random-lib.mjs';

export const name = 'Monte Carlo: by keyboard alone';
export const options = { reducedMotion: 'reduce', webgpu: false };

async function tabTo(page, id) {
  for (let k = 0; k < 120; k += 1) {
    if (await page.evaluate((wanted) => document.activeElement.id === wanted, id)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never got to ${id}`);
}

export default async function ({ page, base }) {
  await open(page, base, '#preset=centres');
  await points(page, 25);
  await tabTo(page, 'method');
  await page.keyboard.press('ArrowDown');
  await state(page, 'tolerance');
  assert.match(await page.locator('#live').textContent(), /^Adam: Solved to tolerance after [\d,]+ steps, r\.m\.s\. /);
  // The settings follow the switch.
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.className), 'hint');
  await page.locator('#tip').waitFor({ state: 'visible' });
  await tabTo(page, 'mc-rate');
  await page.keyboard.press('ArrowRight');
  await page.waitForURL(/rate=/);
  await state(page, 'tolerance', 'noise');
  await tabTo(page, 'mc-curves');
  await page.keyboard.press('Home');
  await page.waitForFunction(() => /^at step 0: Newton /.test(document.querySelector('#mc-readout').textContent));

  // Play, step and reset by their keys.
  await page.locator('#mc-reset').focus();
  await page.keyboard.press('Enter');
  await state(page, 'paused');
  await page.waitForFunction(() => document.querySelector('[data-mc=iterations]').textContent === '0');
  await page.locator('#mc-step').focus();
  await page.keyboard.press('Space');
  await page.waitForFunction(() => document.querySelector('[data-mc=iterations]').textContent !== '0');
  assert.ok((await steps(page)) > 0);
  await page.locator('#mc-play').focus();
  await page.keyboard.press('Enter');
  await state(page, 'tolerance', 'noise');
}
