import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { open, points } from './page-lib.mjs';
import { state, steps } from './random-lib.mjs';

export const name = 'Monte Carlo: where it does not apply, it says why and what to do';

export default async function ({ page, base, problems }) {
  await open(page, base, '#preset=centres&domain=polygon:-6,-6;6,-6;0,8&method=lbfgs');
  await state(page, 'refused');
  assert.match(await page.locator('#mc-refusal').innerText(), /this domain is a polygon/);
  assert.equal(await page.locator('#mc-play').isDisabled(), true);
  await page.click('#mc-refusal button');
  await state(page, 'tolerance');
  assert.equal(await page.locator('#mc-refusal').isVisible(), false);

  await page.locator('#more > summary').click();
  await page.selectOption('#source', 'gaussian');
  await state(page, 'refused');
  assert.match(await page.locator('#mc-refusal').innerText(), /source is a Gaussian/);
  await page.click('#mc-refusal button');
  await state(page, 'tolerance');
  // The disk is no polygon.
  await page.selectOption('#domain', 'disk');
  await page.waitForURL(/disk/);
  await state(page, 'tolerance');

  // Many points: it is ready, and begins when it is asked.
  await open(page, base, '#preset=random&count=1500&method=lbfgs');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await points(page, 1500);
  await state(page, 'paused');
  await page.waitForFunction(() => document.querySelector('#mc-path').dataset.path !== '');
  assert.equal(await steps(page), 0);
  await page.click('#mc-play');
  await state(page, 'running', 'tolerance');

  // Its wasm does not load: the page goes on, and playing again tries again.
  await page.route(`**/${published('wasm/brenier_monte_carlo_bg.wasm')}`, (route) => route.abort());
  await open(page, base, '#preset=centres&method=adam');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await state(page, 'failed');
  assert.match(await page.locator('#notice').innerText(), /could not be loaded/);
  await page.unroute(`**/${published('wasm/brenier_monte_carlo_bg.wasm')}`);
  await page.click('#mc-play');
  await state(page, 'tolerance');
  const own = problems.filter((line) => /\.wasm|ERR_FAILED|Failed to fetch/.test(line));
  problems.splice(0, problems.length, ...problems.filter((line) => !own.includes(line)));
}
