import assert from 'node:assert/strict';
import { another, number, open, shown, state } from './potential-heights-lib.mjs';

export const name = 'potential: solvers from other starts, and from the hand’s';
export const options = { viewport: { width: 1440, height: 900 } };

export default async function ({ page, base }) {
  // At h = 0 most planes are hidden: Newton says what it does first.
  await open(page, base, '&preset=random&count=40&from=zero');
  const hidden = await number(page, 'empty');
  assert.ok(hidden > 0);
  assert.match(await page.locator('#ht-told').textContent(), /planes \(\d+, \d+, \d+, …\) are nowhere on top/);
  await page.click('.ht-who label:has([value=solver])');
  await shown(page, 'newton 0');
  assert.equal(await number(page, 'empty'), hidden);
  await page.click('#ht-forward');
  await shown(page, 'newton 1');
  assert.equal(await number(page, 'empty'), 0);
  assert.match(await page.locator('#ht-tries').textContent(), new RegExp(`${hidden} planes were nowhere on top, where Newton’s matrix is singular`));

  // At the solved heights there is nothing to do.
  await page.selectOption('#ht-from', 'solved');
  await page.waitForFunction(() => document.querySelector('#ht-scrub').max === '0');
  assert.ok((await number(page, 'residual')) < 1e-9);
  assert.ok(await page.locator('#ht-play').isDisabled());

  // What the hand began, Newton finishes, from the hand's own heights.
  await page.click('.ht-who label:has([value=hand])');
  await shown(page, 'hand []');
  await page.selectOption('#ht-from', 'homothetic');
  await page.waitForFunction(() => Number(document.querySelector('.ht [data-number=residual]').dataset.raw) > 0.1);
  await page.focus('#ht-knob');
  await page.keyboard.press('PageUp');
  const moved = await another(page, 'hand []');
  const residual = await number(page, 'residual');
  await page.click('#ht-finish');
  // It plays to the end by itself.
  await page.waitForFunction(() => document.querySelector('.ht').dataset.mode === 'solver' && Number(document.querySelector('.ht [data-number=residual]').dataset.raw) < 1e-9);
  await page.waitForSelector('#ht-play[aria-pressed=false]');
  await page.click('#ht-first');
  await shown(page, 'newton 0');
  assert.ok(Math.abs((await number(page, 'residual')) - residual) < 1e-12 * residual * 10);
  assert.match(await page.locator('#ht-told').textContent(), /^From your heights: 1 plane moved\./);
  assert.match(await page.evaluate(() => location.hash), /hand=0:/);
  await page.click('.ht-who label:has([value=hand])');
  await shown(page, moved);
  assert.equal(await state(page), moved);

  // Another target has other planes: moves of those that were are not of these.
  await page.selectOption('#potential-target', 'centres');
  await shown(page, 'hand []');
  await page.waitForFunction(() => /^The cells at these heights: 25 cells/.test(document.querySelector('#ht-cells').getAttribute('aria-label')));
  assert.equal(await page.locator('#ht-plane-name').textContent(), 'No plane chosen');
}
