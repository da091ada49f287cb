import assert from 'node:assert/strict';
import { curves, open, reached, rests, steps } from './coverage-lib.mjs';
import { colours } from './page-lib.mjs';

export const name = 'mode coverage: three panels train, pause, go on, rest at their goal, and come again from the same seed';
export const variants = [{}, { webgpu: false, subpath: true }];

const GOAL = 300;
const RUNS = ['gan', 'pac'];

export default async function ({ page, base }) {
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(base);
  await page.waitForSelector('html[data-ready]');
  assert.ok(!fetched.some((url) => /coverage\/|coverage\.css|brenier_gan/.test(url)), 'nothing of it is fetched before');
  await page.click('.scenes a[href="#scene-coverage"]');
  await page.waitForSelector('html[data-coverage-ready]');
  await page.waitForFunction(() => location.hash === '#scene=coverage');
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('#scene-coverage').hidden);

  await open(page, base, `&goal=${GOAL}&packing=2`);
  for (const key of [...RUNS, 'aeot']) assert.ok((await colours(page, `[data-testid=coverage-${key}]`)) > 6, `${key} is blank`);
  assert.match(await page.locator('tr[data-row=aeot] [data-score=modes] .value').textContent(), /^25 of 25/);
  assert.match(await page.locator('tr[data-row=pac] th').textContent(), /PacGAN2/);
  assert.match(await page.locator('#cov-floor').textContent(), /512 real samples.* reverse KL 0\.0\d+/s);

  // Slowly, so that on any machine it can be paused before its goal.
  await page.selectOption('#cov-speed', '10');
  await page.click('#cov-play');
  await reached(page, 'gan', 5);
  await page.click('#cov-play');
  await rests(page);
  const held = await steps(page, 'gan');
  await page.click('#cov-step');
  await reached(page, 'gan', held + 1);
  assert.ok((await steps(page, 'gan')) < GOAL, 'it had paused');
  await page.click('#cov-d');
  await page.click('#cov-g');
  await page.selectOption('#cov-speed', '');
  await page.click('#cov-play');
  for (const key of RUNS) await reached(page, key, GOAL);
  await rests(page);
  assert.deepEqual([await steps(page, 'gan'), await steps(page, 'pac')], [GOAL, GOAL]);
  await page.locator('tr[data-row=gan] [data-score=modes] .se').waitFor();

  // From the same seed, without a hand in between, the curves are the same twice.
  const seen = [];
  for (let k = 0; k < 2; k += 1) {
    await page.click('#cov-reset');
    for (const key of RUNS) await page.waitForFunction((row) => /^(0|–)$/.test(document.querySelector(`tr[data-row=${row}] [data-label=Steps]`).textContent), key);
    await page.click('#cov-play');
    for (const key of RUNS) await reached(page, key, GOAL);
    await rests(page);
    for (const key of RUNS) await curves(page, key, GOAL);
    seen.push(await curves(page, 'gan', GOAL));
  }
  assert.equal(seen[0].length, 6);
  assert.deepEqual(seen[0], seen[1]);

  // The link brings the scene back.
  await page.check('#cov-views [name=grid]', { force: true });
  await page.selectOption('#cov-packing', '3');
  await page.waitForFunction(() => /packing=3/.test(location.hash) && /ganGrid=1/.test(location.hash));
  await page.reload();
  await page.waitForSelector('html[data-coverage-ready]');
  await page.waitForFunction(() => document.querySelector('#cov-packing').value === '3' && document.querySelector('#cov-views [name=grid]').checked);
}
