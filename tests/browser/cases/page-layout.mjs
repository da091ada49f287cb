import assert from 'node:assert/strict';
import { open } from './page-lib.mjs';

export const name = 'page: every width has a layout';
const phone = { deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const variants = [
  { viewport: { width: 390, height: 844 }, ...phone },
  { viewport: { width: 844, height: 390 }, ...phone },
  { viewport: { width: 800, height: 1000 } },
  { viewport: { width: 1024, height: 768 } },
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 2560, height: 1440 } },
];

/** Where parts stand, in pixels of the window. */
const places = (page, ...parts) => page.evaluate((list) => list.map((part) => document.querySelector(part).getBoundingClientRect().toJSON()), parts);

export default async function ({ page, base, options }) {
  const { width, height } = options.viewport;
  // A link that cannot be read: the word on it is seen without scrolling, and closes.
  await open(page, base, '#no-such-part=1');
  const [notice] = await places(page, '#notice');
  assert.ok(notice.width > 0 && notice.top >= 0 && notice.bottom <= height && notice.right <= width, JSON.stringify(notice));
  const [before] = await places(page, '#figure');
  await page.click('#notice button');
  const [figure, bar, play, path] = await places(page, '#figure', '#transport-bar', '#play', '#brush');
  assert.deepEqual(figure, before, 'the word moved nothing');

  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'nothing is wider than the screen');
  assert.ok(play.bottom <= height && path.right <= width, 'the figure and its bar are on the first screen');
  // The domain, 1/1.08 of the figure, stands on the edges of what is under it.
  const margin = (0.04 / 1.08) * figure.width;
  assert.ok(Math.abs(figure.left + margin - bar.left) < 1.5 && Math.abs(figure.right - margin - bar.right) < 1.5, JSON.stringify({ figure, bar }));

  // No name runs into the next one.
  const names = await page.evaluate(() => [...document.querySelectorAll('.preset span')].map((e) => e.getBoundingClientRect().toJSON()));
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (let k = 1; k < names.length; k += 1) assert.ok(!meet(names[k - 1], names[k]), `names ${k} and ${k + 1}`);

  // The header leads to mode coverage, where the experiment runs; every score is seen without scrolling sideways.
  const [first, experiment] = [page.locator('.scenes a').first(), page.locator('.scenes a[href="#scene-coverage"]')];
  assert.equal(await first.getAttribute('aria-current'), 'true');
  await experiment.click();
  await page.waitForFunction(() => document.querySelector('.scenes a[href="#scene-coverage"]').getAttribute('aria-current') === 'true');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'scene-coverage');
  await page.waitForSelector('html[data-coverage-ready]');
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, 'nothing is wider than the screen');
  await page.locator('#experiment').scrollIntoViewIfNeeded();
  await page.locator('#scores tr[data-row="AE-OT"]').waitFor();
  const scores = await page.evaluate(() => [...document.querySelectorAll('#scores tbody :is(.value, .reference)')].map((e) => [e.textContent, e.getBoundingClientRect().right]));
  assert.ok(scores.length >= 8);
  assert.deepEqual(scores.filter(([, right]) => right > width), []);
  await first.click();
  await page.waitForFunction(() => scrollY === 0 && document.querySelector('.scenes a').getAttribute('aria-current') === 'true');
}
