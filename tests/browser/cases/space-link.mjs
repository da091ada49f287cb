import assert from 'node:assert/strict';
import { FIGURE, open, slide, solved, still, value } from './space-lib.mjs';

export const name = 'space: the address restores the picture, and a solve can be paused and cancelled';
export const options = { reducedMotion: 'reduce' };

export default async function ({ page, base, context }) {
  await open(page, base);
  await page.click('[data-shape=balls]');
  await page.selectOption('#space-source', 'cube');
  await solved(page);
  await slide(page, '#space-t', 0.5);
  await page.locator('#space-keys').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => ['shape=balls', 'source=cube', 't=0.5', 'yaw=35', 'count=60'].every((part) => location.hash.includes(part)));
  const kept = { picture: await still(page), bound: await value(page, 'w2Dual') };
  await page.click('#open-share');
  await page.locator('#share-dialog').waitFor({ state: 'visible' });
  assert.equal(await page.locator('#share-link').inputValue(), page.url());
  await page.keyboard.press('Escape');

  const other = await context.newPage();
  await other.setViewportSize(page.viewportSize());
  await other.goto(page.url());
  await other.waitForSelector('html[data-space-ready]');
  await solved(other);
  assert.equal(await value(other, 'w2Dual'), kept.bound);
  assert.equal(await still(other), kept.picture);
  assert.equal(await other.locator('[data-shape=balls]').getAttribute('aria-checked'), 'true');

  // A large solve rests and goes on, and what it had when it is cancelled stays.
  await other.goto(`${base}#scene=space&count=3000&seed=1`);
  await other.waitForFunction(() => document.querySelector('#space-count-out').textContent === '3,000');
  const raw = () => other.locator('#space-certificate [data-value=stopped]').getAttribute('data-raw');
  const state = (name) => other.waitForFunction((n) => document.querySelector('#space-certificate [data-value=stopped]').dataset.raw === n, name);
  await state('solving');
  await other.click('#space-solve');
  await state('paused');
  assert.equal(await other.locator('#space-solve').textContent(), 'Resume');
  const status = await other.locator('#space-status').textContent();
  await other.click('#space-step');
  await other.waitForFunction((old) => document.querySelector('#space-status').textContent !== old, status);
  assert.equal(await raw(), 'paused', 'a step rests again');
  await other.click('#space-solve');
  await state('solving');
  await other.click('#space-cancel');
  await state('cancelled');
  assert.equal(await other.locator('#space-cancel').isDisabled(), true);
  assert.equal(await raw(), 'cancelled');
  await other.locator(FIGURE).waitFor({ state: 'visible' });

  // A link that cannot be read says so, and the scene stays.
  await other.goto(`${base}#scene=space&shape=teapot`);
  await other.locator('#space-notice').waitFor({ state: 'visible' });
  assert.match(await other.locator('#space-notice').textContent(), /shape=teapot/);
}
