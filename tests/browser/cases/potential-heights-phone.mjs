import assert from 'node:assert/strict';
import { another, changed, number, open, place, state } from './potential-heights-lib.mjs';

export const name = 'potential: planes under a thumb';
export const options = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** A finger that goes from one place to others, as the browser itself sees fingers. */
async function finger(page, places) {
  const session = await page.context().newCDPSession(page);
  const send = (type, at) => session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  await send('touchStart', places[0]);
  for (const at of places.slice(1)) await send('touchMove', at);
  await send('touchEnd');
  await session.detach();
}

export default async function ({ page, base }) {
  await open(page, base);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, 'nothing is wider than the phone');
  await page.locator('#ht-cells').scrollIntoViewIfNeeded();
  // A tap chooses a cell; a finger on its handle moves its plane and not the page.
  const middle = await place(page, [0.5, 0.5]);
  await finger(page, [{ x: middle.x + 12, y: middle.y - 14 }]);
  await page.waitForFunction(() => document.querySelector('#ht-plane-name').textContent === 'Plane 13 of 25');
  const [cell, shown, scroll] = [await number(page, 'cell'), await state(page), await page.evaluate(() => scrollY)];
  const from = await place(page, [0.5, 0.5]);
  const grip = { x: from.x, y: from.y + 19 };
  await finger(page, [grip, ...[4, 8, 12, 16].map((d) => ({ x: grip.x, y: grip.y - d }))]);
  const moved = await another(page, shown);
  assert.match(moved, /^hand \[\[12,[\d.]+\]\]$/);
  assert.ok((await number(page, 'cell')) > cell);
  assert.equal(await page.evaluate(() => scrollY), scroll, 'the page stays under the finger');

  // The chosen bar takes the finger as well.
  const canvas = page.locator('[data-strip=ratio] canvas');
  await canvas.scrollIntoViewIfNeeded();
  const knob = await page.locator('#ht-knob').boundingBox();
  const x = knob.x + knob.width / 2;
  const y = knob.y + 40;
  const before = await number(page, 'cell');
  await finger(page, [{ x, y }, ...[6, 12, 18, 24].map((d) => ({ x, y: y + d }))]);
  await another(page, moved);
  assert.ok((await number(page, 'cell')) < before);

  // And buttons, large enough for a thumb.
  const raise = await page.locator('#ht-raise').boundingBox();
  assert.ok(Math.min(raise.width, raise.height) >= 40);
  const height = await number(page, 'height');
  await page.locator('#ht-raise').tap();
  await changed(page, 'height', height);
  assert.ok((await number(page, 'height')) > height);
}
