import assert from 'node:assert/strict';
import { colours, GRAPH, shows } from './potential-lib.mjs';

export const name = 'potential: in an embed, one part alone';
export const variants = [{ viewport: { width: 640, height: 700 } }, { viewport: { width: 1100, height: 560 }, colorScheme: 'dark' }];

export default async function ({ page, base }) {
  for (const [controls, bar, readout] of [['few', false, true], ['none', false, false], ['all', true, true]]) {
    await page.goto('about:blank');
    await page.goto(`${base}embed.html?controls=${controls}#scene=potential&part=graph&preset=ring&count=40&site=3`);
    await shows(page, 'graph');
    assert.ok((await colours(page, GRAPH)) > 20);
    assert.equal(await page.locator('#figure').isVisible(), false);
    assert.equal(await page.locator('.pot-bar').isVisible(), bar);
    assert.equal(await page.locator('.pot-tabs').isVisible(), bar);
    assert.equal(await page.locator('#potential-words').isVisible(), false);
    assert.equal(await page.locator('#potential-readout').isVisible(), readout);
    const over = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.documentElement.scrollHeight - innerHeight, document.querySelector('#scene-potential').scrollWidth - innerWidth]);
    assert.ok(Math.max(...over) <= 0, `${controls}: ${over} px larger than its frame`);
    if (controls === 'none') {
      const box = await page.locator(GRAPH).boundingBox();
      assert.ok(box.y >= 0 && box.y + box.height <= page.viewportSize().height, 'the figure is seen whole');
    }
  }
  // A canvas begins as 300 pixels by 150: a place of 300 is drawn square all the same.
  await page.setViewportSize({ width: 640, height: 700 });
  await page.goto('about:blank');
  await page.goto(`${base}embed.html?controls=few#scene=potential&part=heights&preset=ring&count=9`);
  await shows(page, 'heights');
  const [width, height] = await page.locator('#ht-solid').evaluate((canvas) => [canvas.width, canvas.height]);
  assert.equal(height, width);
}
