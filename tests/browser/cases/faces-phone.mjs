import assert from 'node:assert/strict';
import { drawn, open, says } from './faces-scene-lib.mjs';

export const name = 'faces: on a phone, dark: one column, every part within the screen, by touch';
export const options = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, colorScheme: 'dark' };

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

export default async function ({ page, base, look }) {
  await open(page, base);
  await drawn(page);
  assert.ok(!(await page.locator('#scene-transport').isVisible()), 'the plane is a tab of its own');
  assert.ok((await fits(page)) <= 0, 'nothing is wider than the screen');
  await page.tap('.faces-tile[data-k="3"]');
  await says(page, '#faces-mixture h3', '^Point 4 of seed 0$');
  const seen = await page.locator('#faces-mixture').boundingBox();
  assert.ok(seen.y < 844, 'what it is made of is on the screen');
  for (const part of ['line', 'plane', 'maps', 'solve']) {
    await page.tap(`#faces-tab-${part}`);
    await page.waitForSelector(`#faces-part-${part}:not([hidden])`);
    assert.ok((await fits(page)) <= 0, `${part} is as wide as the screen`);
  }
  await page.waitForFunction(() => document.querySelectorAll('#faces-solve-shelf canvas[data-drawn]').length === 12);
  for (const id of ['faces-solve', 'faces-step', 'faces-cancel', 'faces-dice']) {
    const box = await page.locator(`#${id}`).boundingBox();
    assert.ok(box.height >= 31 && box.width >= 31, `${id} can be hit with a thumb`);
  }
  const { colours } = await look(page.locator('#faces-solve-shelf'));
  assert.ok(colours > 100, 'pictures are shown');
}
