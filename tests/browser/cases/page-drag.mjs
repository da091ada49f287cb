import assert from 'node:assert/strict';
import { colours, newHash, open, picture, site, value } from './page-lib.mjs';

export const name = 'page: a real pointer drags a real site';
export const options = { viewport: { width: 1440, height: 900 } };

/** Waits until a site stands at a place: it moves with the picture, after the numbers. */
const stands = (page, k, { x, y }) => page.waitForFunction(([site, left, top]) => {
  const box = document.querySelector(`[data-site="${site}"]`).getBoundingClientRect();
  return Math.hypot(box.x + box.width / 2 - left, box.y + box.height / 2 - top) < 1;
}, [k, x, y]);

export default async function ({ page, base }) {
  await open(page, base);
  assert.ok((await colours(page)) > 8, 'the figure is not blank');
  await page.click('[data-preset=centres]');
  await page.waitForFunction(() => document.querySelector('#count-out').textContent === '25');
  const before = { picture: await picture(page), upper: await value(page, 'w2Upper'), hash: await page.evaluate(() => location.hash) };
  const figure = await page.locator('#figure').boundingBox();
  const from = await site(page, 7);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const to = { x: figure.x + 0.31 * figure.width, y: figure.y + 0.42 * figure.height };
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 5 });
  await page.mouse.move(to.x, to.y, { steps: 5 });
  // Cells and certificate follow while the button is still down.
  await page.waitForFunction((w) => Number(document.querySelector('[data-value=w2Upper]').dataset.raw) !== w, before.upper);
  assert.notEqual(await picture(page), before.picture);
  const during = await page.locator('#figure').boundingBox();
  assert.deepEqual(during, figure, 'the figure does not move while numbers change');
  await page.mouse.up();
  await newHash(page, before.hash);
  const after = await site(page, 7);
  assert.ok(Math.hypot(after.x - to.x, after.y - to.y) < 3, `the site is where it was let go: ${JSON.stringify(after)} ${JSON.stringify(to)}`);
  assert.ok((await value(page, 'residual')) < 1e-9);
  assert.equal(await page.locator('#site-name').textContent(), 'Mass of 8');

  // One drag is one step: undo brings the site back, redo sends it again.
  await page.click('#undo');
  await page.waitForFunction(() => !document.querySelector('#redo').disabled);
  await stands(page, 7, from);
  await page.keyboard.press('Control+Shift+Z');
  await page.waitForFunction(() => document.querySelector('#redo').disabled);
  await stands(page, 7, after);
}
