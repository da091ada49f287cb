import assert from 'node:assert/strict';
import { number, open, shown } from './potential-heights-lib.mjs';

export const name = 'potential: all four solvers from one start';
export const options = { viewport: { width: 1440, height: 1000 }, reducedMotion: 'reduce' };

const SOLVERS = ['newton', 'gradient', 'lbfgs', 'adam'];

export default async function ({ page, base }) {
  await open(page, base, '&preset=random&count=40&seed=5&solver=lbfgs&step=3');
  await shown(page, 'lbfgs 3');
  // The others run once their plot is near.
  await page.locator('#ht-curves').scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelectorAll('#ht-curves path.curve').length === 4);
  assert.equal(await page.locator('#ht-all').isHidden(), true);
  const curves = await page.locator('#ht-curves path.curve').evaluateAll((list) => list.map((path) => ({ method: path.classList[1], dash: path.getAttribute('stroke-dasharray'), from: path.getAttribute('d').split('L')[0] })));
  assert.deepEqual(curves.map(({ method }) => method), SOLVERS);
  assert.equal(new Set(curves.map(({ dash }) => dash)).size, 4, 'told apart without colour');
  assert.equal(new Set(curves.map(({ from }) => from)).size, 1, 'they begin at one residual');
  for (const name of ['Newton', 'Gradient', 'L-BFGS', 'Adam']) assert.equal(await page.locator('#ht-curves text', { hasText: new RegExp(`^${name}$`) }).count(), 1);
  assert.match(await page.locator('#ht-readout').textContent(), /^Step 3: Newton .*, Gradient .*, L-BFGS .*, Adam /);

  // Newton needs the fewest steps to the tolerance.
  const said = await page.locator('#ht-curves').getAttribute('aria-label');
  const steps = Object.fromEntries([...said.matchAll(/([\w-]+): from \S+ to \S+ in ([\d,]+) steps/g)].map(([, solver, n]) => [solver, Number(n.replace(',', ''))]));
  assert.equal(Object.keys(steps).length, 4);
  assert.ok(steps.Newton < steps['L-BFGS'] && steps['L-BFGS'] < steps.Gradient, JSON.stringify(steps));

  // Another solver begins at the same state.
  for (const solver of ['gradient', 'adam', 'newton']) {
    await page.selectOption('#ht-solver', solver);
    await shown(page, `${solver} 0`);
    assert.match(await page.locator('#ht-readout').textContent(), /^Step 0: /);
  }

  // Played to its end, it rests there and the link says so; from the end it begins again.
  const last = Number(await page.locator('#ht-scrub').getAttribute('max'));
  await page.selectOption('#ht-speed', '60');
  await page.click('#ht-play');
  await shown(page, `newton ${last}`);
  await page.waitForSelector('#ht-play[aria-pressed=false]');
  assert.ok((await number(page, 'residual')) < 1e-9);
  await page.waitForFunction((k) => new RegExp(`[#&]step=${k}(&|$)`).test(location.hash), last);

  // The space bar plays, where nothing else has the focus.
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press('Space');
  await page.waitForSelector('#ht-play[aria-pressed=true]');
  await shown(page, `newton ${last}`);
  await page.waitForSelector('#ht-play[aria-pressed=false]');

  // Unseen, nothing plays.
  await page.selectOption('#ht-solver', 'gradient');
  await shown(page, 'gradient 0');
  await page.selectOption('#ht-speed', '1');
  await page.click('#ht-play');
  await page.waitForSelector('#ht-play[aria-pressed=true]');
  await page.locator('.foot').scrollIntoViewIfNeeded();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.setViewportSize({ width: 1440, height: 300 });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  await page.waitForSelector('#ht-play[aria-pressed=false]');

  // A click on a curve goes to that step.
  await page.setViewportSize({ width: 1440, height: 1000 });
  const box = await page.locator('#ht-curves').boundingBox();
  await page.locator('#ht-curves').click({ position: { x: box.width / 2, y: box.height / 2 } });
  await page.waitForFunction(() => /^gradient [1-9]/.test(document.querySelector('.ht').dataset.shown));
}
