import assert from 'node:assert/strict';
import { open, picture, site } from './page-lib.mjs';
import { ENDLESS, curve, drawn, further, state, steps } from './random-lib.mjs';

export const name = 'Monte Carlo: pause, step, go on, begin again, and a point dragged meanwhile';
export const options = { reducedMotion: 'reduce' };

/** Two turns of the page's loop after which a message that was under way has arrived. */
const settle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

export default async function ({ page, base }) {
  await open(page, base, ENDLESS);
  await state(page, 'running');
  await further(page, 0);
  await page.click('#mc-play');
  await state(page, 'paused');
  assert.equal(await page.locator('#mc-play').getAttribute('aria-pressed'), 'false');
  await settle(page);
  for (let k = 0; k < 3; k += 1) {
    const before = await steps(page);
    await page.click('#mc-step');
    await further(page, before);
    await state(page, 'paused');
  }
  await settle(page);
  const still = await steps(page);
  await settle(page);
  assert.equal(await steps(page), still, 'nothing moves while it is paused');

  await page.click('#mc-play');
  await state(page, 'running');
  await further(page, still);
  await page.click('#mc-reset');
  await page.waitForFunction(() => document.querySelector('[data-mc=iterations]').textContent === '0');
  await state(page, 'paused');
  assert.equal(await page.locator('.mc-only [data-mc=stopped]').innerText(), 'Not begun');
  const start = await picture(page);
  await page.click('#mc-play');
  await further(page, 30);
  // Cells fill in as heights move.
  await page.waitForFunction((old) => document.querySelector('#figure').toDataURL() !== old, start);
  await curve(page, 'Adam');

  // A drag: the solve waits, then goes on from where it was; the curves of the old scene go.
  const from = await site(page, 3);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 40, from.y + 10, { steps: 4 });
  await page.waitForFunction(() => document.querySelector('.mc-only [data-mc=stopped]').textContent === 'Waits for the point');
  await page.mouse.up();
  await state(page, 'running');
  await further(page, 0);
  await page.waitForURL(/edits=/);
  await curve(page, 'Adam');
  assert.deepEqual(await drawn(page), ['Newton', 'Adam']);

  // A setting changed: it begins again with it.
  await page.selectOption('#mc-samples', '4096');
  await page.waitForURL(/mcSamples=4096/);
  await state(page, 'noise', 'running', 'tolerance');
  await further(page, 0);

  // Another method, and none.
  await page.selectOption('#method', 'newton');
  await page.waitForFunction(() => !document.documentElement.dataset.method);
  assert.equal(await page.locator('#play').isVisible(), true);
}
