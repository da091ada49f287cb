import assert from 'node:assert/strict';
import { CELLS, changed, colours, DUAL, GRAPH, lit, open, orange, still } from './potential-lib.mjs';

export const name = 'potential: on a phone, dark';
export const options = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, colorScheme: 'dark' };

export default async function ({ page, base }) {
  await open(page, base, '&preset=clusters&count=80');
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'nothing is wider than the screen');
  assert.ok((await colours(page, GRAPH)) > 20);
  assert.equal(await page.locator(DUAL).isVisible(), false);

  // A tap on a cell lights it in the solid, and the other solid is a press away.
  const before = await still(page, GRAPH);
  await page.locator(CELLS).scrollIntoViewIfNeeded();
  const box = await page.locator(CELLS).boundingBox();
  await page.touchscreen.tap(box.x + 0.3 * box.width, box.y + 0.2 * box.height);
  await page.waitForFunction(() => document.querySelector('#potential-readout').dataset.cell);
  const i = await lit(page);
  await page.locator(GRAPH).scrollIntoViewIfNeeded();
  await changed(page, GRAPH, before);
  assert.ok((await orange(page, GRAPH)) > 300);
  await page.tap('.pot-switch [data-solid=dual]');
  await page.locator(DUAL).waitFor({ state: 'visible' });
  assert.equal(await page.locator(GRAPH).isVisible(), false);
  await page.waitForFunction((id) => document.querySelector(id).width > 300, DUAL);
  await still(page, DUAL);
  assert.ok((await orange(page, DUAL)) > 40, 'the vertex is lit there too');
  assert.equal(await lit(page), i);
  for (const id of ['[data-eye=in]', '[data-eye=home]', '.pot-switch [data-solid=graph]', '#potential-tab-heights']) {
    const target = await page.locator(id).boundingBox();
    assert.ok(target.height >= 31 && target.width >= 31, `${id} can be hit with a thumb`);
  }
  // The page scrolls under a finger that goes down over the figure; sideways it turns the solid.
  assert.equal(await page.locator(DUAL).evaluate((e) => getComputedStyle(e).touchAction), 'pan-y');
  const one = await still(page, DUAL);
  await page.tap('[data-eye=in]');
  await page.waitForFunction(() => /zoom=1\.25/.test(location.hash));
  await page.locator(DUAL).scrollIntoViewIfNeeded();
  await changed(page, DUAL, one);
}
