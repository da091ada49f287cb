import assert from 'node:assert/strict';
import { colours, picture } from './page-lib.mjs';
import { drawn, FIGURE, solved, value } from './potential-path-lib.mjs';

export const name = 'potential: a disk becomes a crescent, by play, by the slider and by keys';
export const variants = [
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 1280, height: 800 }, subpath: true, colorScheme: 'dark' },
];

const scrub = (page, t) => page.locator('#path-t').evaluate((field, v) => {
  field.value = v;
  field.dispatchEvent(new Event('input'));
  field.dispatchEvent(new Event('change'));
}, t);

/** What is painted in the figure's middle row, as the first and last filled pixel in parts of its width,
 * and the share of all its pixels that are vermilion. */
const painted = (page) => page.locator(FIGURE).evaluate((canvas) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const row = 4 * width * Math.floor(height / 2);
  const filled = Array.from({ length: width }, (_, i) => data[row + 4 * i + 3] > 200);
  let red = 0;
  for (let k = 0; k < data.length; k += 4) if (data[k + 3] > 200 && data[k] > 190 && data[k + 1] < 130 && data[k + 2] < 70) red += 1;
  return { first: filled.indexOf(true) / width, last: filled.lastIndexOf(true) / width, red: red / (width * height) };
});

export default async function ({ page, base }) {
  await page.goto(`${base}#scene=potential&part=path&shapeCount=500&t=0`);
  await solved(page, 'crescent');
  await drawn(page, 0);
  assert.ok(await colours(page, FIGURE) > 20);

  // Numbers: bounds of W₂ that belong together, and the way so far and ahead add up to it.
  const [lower, upper] = [await value(page, 'w2'), await value(page, 'w2Upper')];
  assert.ok(lower > 0 && lower <= upper && upper - lower < 0.05 * upper, `${lower} to ${upper}`);
  // Trails would be seen in the row that is looked at.
  const switches = page.locator('#path-views input');
  for (const box of ['trails', 'outline']) await switches.and(page.locator(`[name=${box}]`)).uncheck({ force: true });
  await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  const whole = await painted(page);
  assert.ok(whole.red > 0, 'the folds are seen before they open');
  await scrub(page, 0.25);
  await drawn(page, 0.25);
  assert.ok(Math.abs(await value(page, 'travelled') - 0.25 * lower) < 1e-12);
  assert.ok(Math.abs(await value(page, 'travelled') + await value(page, 'ahead') - lower) < 1e-12);
  const half = await painted(page);
  assert.ok(half.last < whole.last - 0.05, `it opens from the right: ${whole.last}, then ${half.last}`);
  assert.ok(half.red > 0, 'both sides of the slit are drawn');
  await scrub(page, 1);
  await drawn(page, 1);
  const end = await painted(page);
  assert.ok(end.last < half.last && end.last - end.first < 0.6 * (whole.last - whole.first), `a crescent is left, from ${end.first} to ${end.last}`);
  for (const box of ['trails', 'outline']) await switches.and(page.locator(`[name=${box}]`)).check({ force: true });
  assert.ok(await value(page, 'singularLength') > 0 && await value(page, 'facets') > 0);
  assert.ok(await value(page, 'furthest') >= lower, 'some mass goes further than the mean');

  // Shares fall from all to none.
  const share = async (k) => {
    await page.locator('#path-far').evaluate((field, v) => { field.value = v; field.dispatchEvent(new Event('input')); }, k);
    return page.locator('#path-far-out').evaluate((e) => Number(e.dataset.raw));
  };
  const shares = [];
  for (const k of [0, 4, 8, 12, 24]) shares.push(await share(k));
  assert.ok(shares[0] > 0.999 && shares.every((s, k) => k === 0 || s <= shares[k - 1]) && shares[4] < 0.2, shares.join(', '));

  // Played, it starts again from the source, and the link keeps where it was stopped.
  await page.locator('#path-play').click();
  await page.waitForFunction(() => { const t = Number(document.querySelector('#path-figure').dataset.t); return t > 0 && t < 1; });
  await page.locator('#path-play').click();
  const t = Number(await page.locator('#path-t').inputValue());
  assert.ok(t > 0 && t < 1);
  await page.waitForFunction((v) => Math.abs(Number(/[#&]t=([\d.]+)/.exec(location.hash)?.[1]) - v) < 0.006, t);
  assert.match(await page.locator('#potential-live').textContent(), /^t is 0\.\d+/);

  // A click adds a point with its trail, where the picture is now; a click on the point takes it away.
  await scrub(page, 0.5);
  await drawn(page, 0.5);
  const marks = page.locator('#path-marks button');
  assert.equal(await marks.count(), 8);
  const box = await page.locator(FIGURE).boundingBox();
  const at = { x: 0.25 * box.width, y: 0.35 * box.height };
  await page.locator(FIGURE).click({ position: at });
  await page.waitForFunction(() => document.querySelectorAll('#path-marks button').length === 9);
  const place = await marks.nth(8).boundingBox();
  assert.ok(Math.hypot(place.x + place.width / 2 - box.x - at.x, place.y + place.height / 2 - box.y - at.y) < 1.5, 'the point is where the click was');
  await page.waitForFunction(() => /marks=/.test(location.hash));
  await page.locator(FIGURE).click({ position: at });
  await page.waitForFunction(() => document.querySelectorAll('#path-marks button').length === 8);

  // By keys: a point moves in the source, another is added, and one goes.
  await marks.first().focus();
  const label = () => marks.first().getAttribute('aria-label');
  const before = await label();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction((old) => document.querySelector('#path-marks button').getAttribute('aria-label') !== old, before);
  await page.keyboard.press('n');
  await page.waitForFunction(() => document.querySelectorAll('#path-marks button').length === 9);
  await page.keyboard.press('Delete');
  await page.waitForFunction(() => document.querySelectorAll('#path-marks button').length === 8);

  // Another shape, by keys; the link brings all of it back.
  await page.locator('#path-shapes [data-shape=crescent]').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('#path-shapes [data-shape=star]').getAttribute('aria-checked') === 'true' && document.activeElement.dataset.shape === 'star');
  await solved(page, 'star');
  await page.waitForFunction((old) => Number(document.querySelector('#path-numbers [data-value=w2]').dataset.raw) !== old, lower);
  await page.selectOption('#path-source', 'square');
  await page.waitForFunction(() => /shape=star/.test(location.hash) && /shapeSource=square/.test(location.hash));
  await solved(page, 'star');
  const [w2, seen] = [await value(page, 'w2'), await marks.count()];
  await page.reload();
  await solved(page, 'star');
  await drawn(page, 0.5);
  assert.equal(await value(page, 'w2'), w2);
  assert.equal(await page.locator('#path-source').inputValue(), 'square');
  assert.equal(await marks.count(), seen);

  // What is hidden does not play.
  const paused = await picture(page, FIGURE);
  await page.locator('#path-play').click();
  await page.waitForFunction((old) => document.querySelector('#path-figure').toDataURL() !== old, paused);
  await page.locator('#potential-tab-graph').click();
  await page.waitForSelector('#path-play[aria-pressed=false]', { state: 'attached' });
}
