import assert from 'node:assert/strict';
import { picture } from './page-lib.mjs';
import { canvas, changes, made, open, rests, steps } from './potential-network-lib.mjs';

export const name = 'potential: the network by keyboard alone, and at rest under reduced motion';
export const options = { reducedMotion: 'reduce', viewport: { width: 1280, height: 800 } };

export default async function ({ page, base }) {
  // Nothing moves unasked.
  await open(page, base, 'preset=ring&count=40&widths=8&trained=500', 'paused');
  assert.equal(await made(page), 0);

  await page.locator('#network-step').focus();
  await page.keyboard.press('Enter');
  await steps(page, 1);
  assert.equal(await made(page), 1);
  await page.locator('#network-play').focus();
  await page.keyboard.press('Enter');
  await rests(page, 'goal');
  assert.equal(await made(page), 500);
  assert.match(await page.locator('#potential-live').textContent(), /rests after 500 steps\. [\d.]+ % of the mass/);

  // From region to region, told each time.
  const told = () => page.locator('#potential-live').textContent();
  const dark = await picture(page, canvas('target'));
  await page.locator('.net-keys').focus();
  await page.keyboard.press('ArrowRight');
  await changes(page, 'target', dark);
  const first = await told();
  assert.match(first, /^Region \d+ of \d+: [\d.]+ % of the mass, slope/);
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction((old) => document.querySelector('#potential-live').textContent !== old, first);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => /No region/.test(document.querySelector('#potential-live').textContent));
  await page.waitForFunction(([s, old]) => document.querySelector(s).toDataURL() === old, [canvas('target'), dark]);

  // A width at its end says so, and the space bar plays.
  await page.locator('#network-width-0').focus();
  await page.keyboard.press('Home');
  await page.waitForFunction(() => /widths=2(&|$)/.test(decodeURIComponent(location.hash)));
  await rests(page, 'paused');
  assert.equal(await page.locator('#network-width-0').getAttribute('aria-valuetext'), '2 units');
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Space');
  await rests(page, 'goal');
}
