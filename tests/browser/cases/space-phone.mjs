import assert from 'node:assert/strict';
import { changed, colours, FIGURE, open, still } from './space-lib.mjs';

export const name = 'space: on a phone, by touch';
export const options = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, colorScheme: 'dark', reducedMotion: 'reduce' };

export default async function ({ page, base, context }) {
  await open(page, base);
  assert.ok((await colours(page, FIGURE)) > 30);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'nothing is wider than the screen');
  const figure = await page.locator(FIGURE).boundingBox();
  assert.ok(figure.width >= 350 && figure.y + figure.height < 844, 'the figure fills the width of the first screen');
  for (const id of ['space-play', 'space-solve', 'space-dice']) {
    const box = await page.locator(`#${id}`).boundingBox();
    assert.ok(box.width >= 38 && box.height >= 38, `${id} can be hit with a thumb`);
  }
  const touch = await context.newCDPSession(page);
  const send = (type, ...touchPoints) => touch.send('Input.dispatchTouchEvent', { type, touchPoints });
  const at = (dx, dy, id = 0) => ({ x: figure.x + figure.width / 2 + dx, y: figure.y + figure.height / 2 + dy, id });
  let before = await still(page);
  await send('touchStart', at(0, 0));
  for (let k = 1; k <= 5; k += 1) await send('touchMove', at(12 * k, 10 * k));
  await send('touchEnd');
  await changed(page, before);
  assert.equal(await page.evaluate(() => scrollY), 0, 'the page does not scroll under the finger that turns');

  // Two fingers come nearer.
  before = await still(page);
  await send('touchStart', at(-30, 0, 1), at(30, 0, 2));
  for (let k = 1; k <= 5; k += 1) await send('touchMove', at(-30 - 8 * k, 0, 1), at(30 + 8 * k, 0, 2));
  await send('touchEnd');
  await changed(page, before);
  await page.waitForFunction(() => /zoom=[1-3]\.\d/.test(location.hash));
}
