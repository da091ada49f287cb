import assert from 'node:assert/strict';
import { mode, open, reached, rests, steps } from './coverage-lib.mjs';

export const name = 'mode coverage: a mode is dragged while the GANs train';
export const options = { viewport: { width: 1280, height: 900 } };

const solved = (page) => page.locator('[data-key=aeot]').getAttribute('aria-label');
const picture = (page, key) => page.locator(`[data-testid=coverage-${key}]`).evaluate((canvas) => canvas.toDataURL());

export default async function ({ page, base }) {
  await open(page, base, '&preset=ring');
  await page.click('#cov-play');
  await reached(page, 'gan', 3);

  // By the panel of AE-OT, which follows while the pointer is held.
  const from = await mode(page, 0, 'aeot');
  const before = await picture(page, 'aeot');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x - 30, from.y - 40, { steps: 6 });
  await page.waitForFunction((old) => document.querySelector('[data-testid=coverage-aeot]').toDataURL() !== old, before);
  assert.match(await solved(page), /^AE-OT: 8 of 8 modes/, 'solved in the midst of the drag');
  const held = await steps(page, 'gan');
  await reached(page, 'gan', held + 2);
  await page.mouse.up();
  await page.waitForFunction(() => /preset=own/.test(location.hash));
  assert.equal(await page.locator('#cov-target').inputValue(), 'own');
  const to = await mode(page, 0, 'aeot');
  assert.ok(Math.hypot(to.x - from.x + 30, to.y - from.y + 40) < 4, JSON.stringify({ from, to }));

  // The GANs go on from where they were, towards the new target.
  const at = await steps(page, 'gan');
  assert.ok(at >= held);
  await reached(page, 'gan', at + 2);
  await page.waitForFunction(() => document.querySelectorAll('.cov-curves .move').length > 0);
  await page.click('#cov-play');
  await rests(page);

  // A mode more by a double click, one less by key, and everything back by undo.
  const box = await page.locator('[data-testid=coverage-gan]').boundingBox();
  await page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2);
  await page.waitForFunction(() => /of 9 modes/.test(document.querySelector('[data-key=aeot]').getAttribute('aria-label')));
  await page.locator('#scene-coverage [data-site="8"]').focus();
  await page.keyboard.press('Delete');
  await page.waitForFunction(() => /of 8 modes/.test(document.querySelector('[data-key=aeot]').getAttribute('aria-label')));
  const name = await page.locator('#scene-coverage [data-site="0"]').getAttribute('aria-label');
  await page.locator('#scene-coverage [data-site="0"]').focus();
  await page.keyboard.press('Shift+ArrowLeft');
  await page.waitForFunction((old) => document.querySelector('#scene-coverage [data-site="0"]').getAttribute('aria-label') !== old, name);
  for (let k = 0; k < 4; k += 1) await page.click('#cov-undo');
  await page.waitForFunction(() => document.querySelector('#cov-target').value === 'ring');
}
