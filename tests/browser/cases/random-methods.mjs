import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { colours, newHash, open, picture, points } from './page-lib.mjs';
import { curve, drawn, estimate, state } from './random-lib.mjs';

export const name = 'Monte Carlo: each method reaches its tolerance, and its curve stays';
export const variants = [{ reducedMotion: 'reduce' }, { reducedMotion: 'reduce', viewport: { width: 1440, height: 900 }, webgpu: false, colorScheme: 'dark' }];

export default async function ({ page, base }) {
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await open(page, base, '#preset=random&count=60');
  await points(page, 60);
  assert.ok(!fetched.some((url) => /monte/.test(url)), 'nothing of it is fetched at first');
  const exact = await picture(page);
  const place = await page.locator('#figure').boundingBox();

  for (const [method, word] of [['adam', 'Adam'], ['lbfgs', 'L-BFGS'], ['hierarchical', 'Hierarchical']]) {
    const hash = await page.evaluate(() => location.hash);
    await page.selectOption('#method', method);
    await newHash(page, hash);
    assert.match(await page.evaluate(() => location.hash), new RegExp(`method=${method}`));
    await state(page, 'tolerance');
    assert.equal(await page.locator('.mc-only [data-mc=stopped]').innerText(), 'Solved to tolerance');
    assert.ok((await estimate(page, 'residual')) <= 0.01);
    const residual = await estimate(page, 'exactResidual');
    assert.ok(residual > 0 && residual < 0.2, `the exact cells agree: ${residual}`);
    await curve(page, word);
  }
  assert.deepEqual(await drawn(page), ['Newton', 'Adam', 'L-BFGS', 'Hierarchical'], 'all that ran are on the plot');
  assert.deepEqual(await page.locator('#figure').boundingBox(), place, 'the figure stays where it is');
  assert.ok((await colours(page)) > 8);
  assert.notEqual(await picture(page), exact, 'samples are drawn');

  // The plot tells itself in words, and is read by pointer and by keyboard.
  assert.match(await page.locator('#mc-curves').getAttribute('aria-label'), /^Exact residual on a logarithmic scale\. Newton from .* to .*; Adam from/);
  await page.selectOption('#mc-quantity', 'energyGap');
  await page.waitForFunction(() => /^Energy gap/.test(document.querySelector('#mc-curves').getAttribute('aria-label')));
  assert.deepEqual(await drawn(page), ['Newton', 'Adam', 'L-BFGS', 'Hierarchical'], 'the exact method has every curve');
  await page.selectOption('#mc-axis', 'time');
  await page.locator('#mc-curves').focus();
  await page.keyboard.press('ArrowLeft');
  await page.waitForFunction(() => /^at .* m?s: .*Adam /.test(document.querySelector('#mc-readout').textContent));

  // The numbers of the plot, and as a file.
  await page.locator('.mc-numbers > summary').click();
  assert.equal(await page.locator('.mc-table tbody tr').count(), 4);
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#mc-csv')]);
  const rows = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  assert.equal(rows[0], 'method,step,milliseconds,exactResidual,heightError,energyGap');
  const newton = rows.filter((row) => row.startsWith('newton,')).map((row) => row.split(',').slice(3));
  for (const k of [0, 1, 2]) assert.ok(newton.every((row) => row[k] !== '') && newton.at(-1)[k] < 1e-6 * newton[0][k], `Newton's ${rows[0].split(',')[3 + k]} falls`);
  for (const method of ['newton', 'adam', 'lbfgs', 'hierarchical']) assert.ok(rows.some((row) => row.startsWith(`${method},`)), method);

  // Back to the exact method: its picture and its certificate, untouched.
  await page.selectOption('#method', 'newton');
  await page.waitForFunction(() => !document.documentElement.dataset.method);
  await page.waitForFunction((old) => document.querySelector('#figure').toDataURL() === old, exact);
  assert.equal(await page.locator('[data-value=path]').textContent(), 'CPU, exact');
  assert.equal(await page.locator('.mc-certificate').isVisible(), false);
  assert.equal(await page.locator('#numbers').isVisible(), true);
}
