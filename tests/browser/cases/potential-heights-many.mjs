import assert from 'node:assert/strict';
import { another, colours, number, open, state, still } from './potential-heights-lib.mjs';

export const name = 'potential: bars of 512 planes, sorted, with a lens over the chosen one';
export const options = { viewport: { width: 1440, height: 900 } };

export default async function ({ page, base }) {
  await open(page, base, '&preset=grid&count=512');
  assert.ok((await colours(page, '[data-strip=ratio] canvas')) > 3);
  const canvas = await page.locator('[data-strip=ratio] canvas').boundingBox();
  // The last of the sorted bars is the cell that has far too much; it is chosen, and enlarged.
  const before = await still(page);
  await page.mouse.click(canvas.x + canvas.width - 6, canvas.y + canvas.height / 2);
  await page.waitForFunction(() => /^Plane \d+ of 512$/.test(document.querySelector('#ht-plane-name').textContent));
  const ratio = async () => (await number(page, 'cell')) / (await number(page, 'target'));
  assert.ok((await ratio()) > 5, 'the largest of all');
  assert.ok((await still(page)) !== before);
  const knob = await page.locator('#ht-knob').boundingBox();
  assert.ok(knob.width >= 20, 'its bar is wide enough to be taken hold of');

  // Sorted bars keep their order while one is moved, and are sorted again after it.
  const first = await state(page);
  const x = knob.x + knob.width / 2;
  await page.mouse.move(x, canvas.y + 20);
  await page.mouse.down();
  await page.mouse.move(x, canvas.y + canvas.height - 40, { steps: 10 });
  await page.waitForFunction(() => {
    const raw = (key) => Number(document.querySelector(`.ht [data-number=${key}]`).dataset.raw);
    return raw('cell') / raw('target') < 2;
  });
  await page.mouse.up();
  assert.match(await another(page, first), /^hand \[\[\d+,-/);
  assert.ok((await page.locator('#ht-knob').boundingBox()).width >= 20);

  // The cells answer too: whichever is pressed is chosen.
  const box = await page.locator('#ht-cells').boundingBox();
  const name = await page.locator('#ht-plane-name').textContent();
  await page.mouse.click(box.x + box.width / 3, box.y + box.height / 3);
  await page.waitForFunction((old) => document.querySelector('#ht-plane-name').textContent !== old, name);
  assert.equal(await page.locator('#ht-told').textContent(), 'Many planes for one hand. Choose Centres above, or fewer points.');
}
