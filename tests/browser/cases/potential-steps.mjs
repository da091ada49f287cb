import assert from 'node:assert/strict';
import { number, open, shown, state, still } from './potential-heights-lib.mjs';

export const name = 'potential: Newton step by step, forwards and backwards, and by link';
export const variants = [{ viewport: { width: 1440, height: 900 } }, { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }];

const rows = (page) => page.locator('#ht-rows tr').evaluateAll((list) => list.map((row) => row.dataset.step));

export default async function ({ page, base, context }) {
  await open(page, base, '&preset=random&count=60&seed=3');
  await page.click('.ht-who label:has([value=solver])');
  await shown(page, 'newton 0');
  const last = Number(await page.locator('#ht-scrub').getAttribute('max'));
  assert.ok(last >= 3 && last <= 12, `a handful of steps: ${last}`);
  assert.ok(await page.locator('#ht-back').isDisabled());

  // Forwards: the residual ends below the tolerance, the energy never rises.
  const pictures = [await still(page)];
  const residuals = [await number(page, 'residual')];
  let energy = await number(page, 'energy');
  for (let k = 1; k <= last; k += 1) {
    await page.click('#ht-forward');
    await shown(page, `newton ${k}`);
    pictures.push(await still(page));
    residuals.push(await number(page, 'residual'));
    const next = await number(page, 'energy');
    assert.ok(next <= energy + 1e-12, `E falls at step ${k}`);
    energy = next;
    // Each step says what was tried: an accepted step at the end, and nothing but refusals before.
    const verdicts = await page.locator('#ht-tries li[data-verdict]').evaluateAll((list) => list.map((one) => one.dataset.verdict));
    assert.equal(verdicts.at(-1), '0');
    assert.ok(verdicts.slice(0, -1).every((verdict) => verdict !== '0'));
  }
  assert.ok(residuals.at(-1) < 1e-9);
  assert.ok(await page.locator('#ht-forward').isDisabled());
  assert.equal(new Set(pictures).size, pictures.length, 'every step is another picture');
  const order = Number(await page.locator('#ht-fall-words').getAttribute('data-order'));
  const [a, b, c] = residuals.filter((r) => r > 1e-11).slice(-3);
  assert.ok(Math.abs(order - Math.log(c / b) / Math.log(b / a)) < 1e-9, 'the order is that of the residuals shown');
  assert.ok(order > 1.5, `it falls quadratically: ${order}`);
  assert.ok((await rows(page)).includes(String(last)));

  // Backwards gives the same pictures and numbers.
  for (let k = last - 1; k >= 0; k -= 1) {
    await page.click('#ht-back');
    await shown(page, `newton ${k}`);
    assert.equal(await number(page, 'residual'), residuals[k]);
    assert.ok((await still(page)) === pictures[k], `step ${k} is the picture it was`);
  }
  await page.click('#ht-last');
  await shown(page, `newton ${last}`);
  await page.click('#ht-first');
  await shown(page, 'newton 0');
  await page.focus('#ht-scrub');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await shown(page, 'newton 2');
  assert.equal(await page.locator('#ht-scrub').getAttribute('aria-valuetext').then((text) => /^Step 2 of \d+, residual/.test(text)), true);

  // Every step can be linked to, and its link opens on its picture.
  await page.waitForFunction(() => /[#&]step=2(&|$)/.test(location.hash));
  const link = await page.evaluate(() => location.href);
  const other = await context.newPage();
  await other.setViewportSize(page.viewportSize());
  await other.goto(link);
  await other.waitForSelector('.ht[data-shown="newton 2"]');
  // Its pictures are drawn once the page comes to the front.
  await other.bringToFront();
  assert.equal(await number(other, 'residual'), residuals[2]);
  assert.ok((await still(other)) === pictures[2], 'the link restores the picture');
  await other.close();

  // Site by site: gradient and direction are said.
  await page.bringToFront();
  await page.focus('#ht-knob');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => /^Plane 2 of 60: its cell has .* gradient [+−0].*, direction [+−]/.test(document.querySelector('#ht-knob').getAttribute('aria-valuetext')));
  assert.equal(await page.locator('#ht-knob').getAttribute('aria-readonly'), 'true');
  await page.keyboard.press('ArrowUp');
  assert.equal(await state(page), 'newton 2', 'a solver’s plane is not moved by hand');
}
