import assert from 'node:assert/strict';
import { open, points, site } from './page-lib.mjs';

export const name = 'page: a link may hide controls';

const ALWAYS = ['#figure', '#play', '#t', '#certificate'];
const FEW = ['#presets', '#controls', '#brush', '#undo'];
const REST = ['#views', '#more'];
const SHOWN = { all: [...ALWAYS, ...FEW, ...REST], few: [...ALWAYS, ...FEW], none: ALWAYS };

/** Those of the page's parts that can be seen. */
const seen = (page) => page.evaluate((list) => list.filter((part) => document.querySelector(part).checkVisibility()), SHOWN.all);

export default async function ({ page, base, context }) {
  for (const controls of ['few', 'none', 'all']) {
    const tab = await context.newPage();
    await open(tab, base, `#preset=centres&controls=${controls}`);
    await points(tab, 25);
    assert.deepEqual((await seen(tab)).sort(), [...SHOWN[controls]].sort(), controls);

    // Points can still be dragged, and the address goes on hiding what it hid.
    const start = await site(tab, 6);
    await tab.mouse.move(start.x, start.y);
    await tab.mouse.down();
    await tab.mouse.move(start.x + 30, start.y + 20, { steps: 3 });
    await tab.mouse.up();
    await tab.waitForURL(/edits=/);
    await tab.reload();
    await tab.waitForSelector('html[data-ready]');
    await points(tab, 25);
    assert.deepEqual((await seen(tab)).sort(), [...SHOWN[controls]].sort(), `${controls}, after a drag and a reload`);
    await tab.close();
  }

  // In the embed the link decides, unless the address of the frame does.
  const bar = async (address) => {
    await page.goto('about:blank');
    await open(page, base, address);
    return ['#figure', '#play', '#brush'].map((part) => page.locator(part).isVisible());
  };
  const shown = async (address) => Promise.all(await bar(address));
  assert.deepEqual(await shown('embed.html#preset=centres&controls=none'), [true, false, false]);
  assert.deepEqual(await shown('embed.html#preset=centres&controls=few'), [true, true, false]);
  assert.deepEqual(await shown('embed.html?controls=all#preset=centres&controls=none'), [true, true, true]);
}
