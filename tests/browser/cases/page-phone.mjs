import assert from 'node:assert/strict';
import { colours, open, site, value } from './page-lib.mjs';

export const name = 'page: on a phone, by touch';
export const options = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

export default async function ({ page, base, context }) {
  await open(page, base);
  assert.ok((await colours(page)) > 8);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'nothing is wider than the screen');
  const figure = await page.locator('#figure').boundingBox();
  assert.ok(figure.width >= 350 && figure.y + figure.height < 844, 'the figure fills the width of the first screen');
  const fits = async (part, least = 38) => {
    const box = await page.locator(part).boundingBox();
    assert.ok(box.width >= least && box.height >= least, `${part} can be hit with a thumb`);
  };
  for (const id of ['play', 'undo', 'brush', 'dice']) await fits(`#${id}`);
  for (const view of ['cells', 'dual', 'samples']) await fits(`#views label:has([name=${view}])`, 34);
  assert.equal(await page.locator('.site-none').innerText(), 'none; hold to add one');
  await page.tap('[data-preset=centres]');
  await page.waitForFunction(() => document.querySelector('#count-out').textContent === '25');
  await page.evaluate(() => scrollTo(0, 0));
  const upper = await value(page, 'w2Upper');
  const from = await site(page, 12);
  const touch = await context.newCDPSession(page);
  const send = (type, x, y) => touch.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  await send('touchStart', from.x, from.y);
  for (let k = 1; k <= 6; k += 1) await send('touchMove', from.x + 2 * k, from.y + 9 * k);
  await send('touchEnd');
  await page.waitForFunction((w) => Number(document.querySelector('[data-value=w2Upper]').dataset.raw) !== w, upper);
  await page.waitForFunction(() => !document.querySelector('#undo').disabled);
  assert.equal(await page.evaluate(() => scrollY), 0, 'the page does not scroll under the finger that holds a site');
  const to = await site(page, 12);
  await fits('#remove');
  assert.ok(Math.hypot(to.x - from.x - 12, to.y - from.y - 54) < 4, JSON.stringify({ from, to }));
}
