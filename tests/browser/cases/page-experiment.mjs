import assert from 'node:assert/strict';
import { colours, open } from './page-lib.mjs';

export const name = 'page: the AE-OT experiment, with a row of one’s own';

export default async function ({ page, base }) {
  await open(page, base, '#scene=coverage');
  await page.locator('#run-experiment').scrollIntoViewIfNeeded();
  await page.click('#run-experiment');
  const row = page.locator('#scores tr[data-row="AE-OT"]');
  await row.waitFor();
  assert.match(await row.locator('[data-score=modes] .value').textContent(), /^25 of 25/);
  assert.match(await row.locator('[data-score=highQuality] .reference').textContent(), /reference 98\.\d\d %/);
  assert.ok((await colours(page, '#experiment-figure')) > 4);
  assert.ok((await colours(page, '#experiment-mode')) > 4);

  await page.click('[data-dialog=score-dialog]');
  await page.fill('#score-name', 'Two modes');
  const samples = Array.from({ length: 200 }, (_, k) => `${k % 2 ? 2 : -2},${0.01 * (k % 5)}`).join('\n');
  await page.fill('#score-text', `x,y\n${samples}\nnot,numbers`);
  await page.click('#score-use');
  await page.locator('#score-error').waitFor({ state: 'visible' });
  assert.equal(await page.locator('#score-error').getAttribute('data-line'), '202');
  await page.fill('#score-text', `x,y\n${samples}`);
  await page.click('#score-use');
  const own = page.locator('#scores tr[data-row="Two modes"]');
  await own.waitFor();
  assert.match(await own.locator('[data-score=modes] .value').textContent(), /^2 of 25/);
  await row.waitFor();

  // Another seed draws other samples, and the row of one's own stays.
  const status = await page.locator('#experiment-status').textContent();
  assert.match(status, /seed 0:/);
  await page.click('#x-dice');
  await page.waitForFunction((old) => /seed \d+: /.test(document.querySelector('#experiment-status').textContent) && document.querySelector('#experiment-status').textContent !== old, status);
  assert.doesNotMatch(await page.locator('#experiment-status').textContent(), /seed 0:/);
  await own.waitFor();
}
