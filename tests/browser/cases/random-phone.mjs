import assert from 'node:assert/strict';
import { colours, open } from './page-lib.mjs';
import { estimate, state } from './random-lib.mjs';

export const name = 'Monte Carlo: on every width';
const phone = { deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const variants = [
  { viewport: { width: 390, height: 844 }, ...phone, webgpu: false },
  { viewport: { width: 844, height: 390 }, ...phone, webgpu: false },
  { viewport: { width: 1024, height: 768 }, webgpu: false },
  { viewport: { width: 2560, height: 1440 }, webgpu: false },
];

export default async function ({ page, base, options }) {
  const { width, height } = options.viewport;
  await open(page, base, '#preset=ring&count=40&method=lbfgs');
  await state(page, 'tolerance');
  assert.ok((await estimate(page, 'residual')) <= 0.01);
  assert.ok((await colours(page)) > 8);
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'nothing is wider than the screen');
  const boxes = await page.evaluate(() => ['#mc-play', '#mc-step', '#mc-reset', '#mc-status'].map((part) => document.querySelector(part).getBoundingClientRect().toJSON()));
  for (const [k, box] of boxes.entries()) {
    assert.ok(box.width > 0 && box.right <= width && box.bottom <= height, `part ${k} is on the first screen: ${JSON.stringify(box)}`);
    if (options.hasTouch && k < 3) assert.ok(box.width >= 38 && box.height >= 38, 'it can be hit with a thumb');
  }
  const shown = await page.evaluate(() => ['#mc-status', '#path', '#mc-path'].filter((part) => document.querySelector(part).checkVisibility() && /CPU, 1 thread/.test(document.querySelector(part).innerText)));
  assert.ok(shown.includes('#mc-path') && shown.length >= 2, `the path is named beside the figure too: ${shown}`);

  // Every number and every setting within its place.
  const wide = await page.evaluate(() => [...document.querySelectorAll('.mc-certificate dd, .mc-settings select, .mc-curves svg text')]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.textContent));
  assert.deepEqual(wide, []);
  const meeting = await page.evaluate(() => [...document.querySelectorAll('.mc-certificate dt')].filter((dt) => {
    const name = dt.firstChild.getBoundingClientRect();
    const value = dt.nextSibling.firstChild.getBoundingClientRect();
    return name.right > value.left;
  }).map((dt) => dt.textContent));
  assert.deepEqual(meeting, [], 'no name runs into its number');
}
