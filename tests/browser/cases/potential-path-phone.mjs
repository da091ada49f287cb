import assert from 'node:assert/strict';
import { colours } from './page-lib.mjs';
import { drawn, solved } from './potential-path-lib.mjs';

export const name = 'potential: a path on a phone, under reduced motion';
export const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, reducedMotion: 'reduce' };

export default async function ({ page, base }) {
  await page.goto(`${base}#scene=potential&part=path&shape=ring&shapeCount=200&trails=3&t=0`);
  await solved(page, 'ring');
  await drawn(page, 0);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390, 'nothing is wider than the screen');
  assert.ok(await colours(page, '#path-figure') > 20);

  // A finger adds a point.
  const figure = page.locator('#path-figure');
  await figure.scrollIntoViewIfNeeded();
  const { width } = await figure.boundingBox();
  await figure.tap({ position: { x: 0.5 * width, y: 0.25 * width } });
  await page.waitForFunction(() => document.querySelectorAll('#path-marks button').length === 4);

  // The way is shown in five still pictures, once, whatever is asked for.
  await page.selectOption('#path-turn', 'loop');
  await page.selectOption('#path-speed', '2');
  await page.evaluate(() => {
    globalThis.seen = new Set();
    new MutationObserver(() => globalThis.seen.add(document.querySelector('#path-figure').dataset.t)).observe(document.querySelector('#path-figure'), { attributeFilter: ['data-t'] });
  });
  await page.locator('#path-play').tap();
  await page.waitForSelector('#path-play[aria-pressed=true]');
  await page.waitForSelector('#path-play[aria-pressed=false]');
  const seen = await page.evaluate(() => [...globalThis.seen]);
  assert.ok(seen.every((t) => ['0', '0.25', '0.5', '0.75', '1'].includes(t)), seen.join(' '));
  assert.equal(await page.locator('#path-t').inputValue(), '1');
}
