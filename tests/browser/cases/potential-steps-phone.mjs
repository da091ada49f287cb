import assert from 'node:assert/strict';
import { colours, number, open, shown } from './potential-heights-lib.mjs';

export const name = 'potential: the steps on a phone';
export const variants = [
  { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme: 'dark' },
];

export default async function ({ page, base }) {
  await open(page, base, '&preset=random&count=40&seed=5&solver=newton&step=1');
  await shown(page, 'newton 1');
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390, 'nothing is wider than the phone');
  for (const kind of ['gradient', 'direction']) {
    await page.locator(`[data-strip=${kind}] canvas`).scrollIntoViewIfNeeded();
    await page.waitForFunction((name) => document.querySelector(`[data-strip=${name}] canvas`).width > 0, kind);
    assert.ok((await colours(page, `[data-strip=${kind}] canvas`)) > 3, `${kind} is drawn`);
  }
  // What the lines over the cells stand for: the heaviest, and a quarter of it.
  const [most, less] = (await page.locator('#ht-legend').textContent()).match(/[\d.]+/g).map(Number);
  assert.ok(Math.abs(most / less - 4) < 0.05, `${most} ${less}`);
  const before = await number(page, 'residual');
  for (const id of ['first', 'back', 'play', 'forward', 'last']) {
    const box = await page.locator(`#ht-${id}`).boundingBox();
    assert.ok(Math.min(box.width, box.height) >= 40, `${id} is large enough for a thumb`);
  }
  await page.locator('#ht-forward').tap();
  await shown(page, 'newton 2');
  assert.ok((await number(page, 'residual')) < before);
  await page.locator('#ht-last').tap();
  await page.waitForFunction(() => document.querySelector('#ht-last').disabled);
  assert.ok((await number(page, 'residual')) < 1e-9);
  // A tap chooses a cell; its numbers are told.
  await page.locator('#ht-cells').tap({ position: { x: 200, y: 120 } });
  await page.waitForFunction(() => /^Plane \d+ of 40$/.test(document.querySelector('#ht-plane-name').textContent));
  assert.ok(Math.abs((await number(page, 'cell')) - (await number(page, 'target'))) < 1e-10);
}
