import assert from 'node:assert/strict';
import { drawn, open, pixels, says } from './faces-scene-lib.mjs';

export const name = 'faces: fetched when first shown; the same seed gives the same pictures; a picture says what it is made of';
export const variants = [{}, { webgpu: false, subpath: true }];

const GRID = '#faces-grid canvas';

export default async function ({ page, base }) {
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(base);
  await page.waitForSelector('html[data-ready]');
  assert.ok(!fetched.some((url) => /\/faces\/|faces\.css|brenier_faces|brenier_monte_carlo/.test(url)), 'nothing of it is fetched before');
  await page.click('.scenes a[href="#scene-faces"]');
  // The pictures made in advance stand while the files come.
  await page.locator('#faces-strip').evaluate((strip) => strip.decode());
  await page.waitForSelector('html[data-faces-ready=ready]');
  await page.waitForFunction(() => location.hash === '#scene=faces');
  const words = await page.locator('#scene-faces').innerText();
  assert.match(words, /Generated, not photographs\. Trained on CelebA; for non-commercial research\./);

  const first = await drawn(page);
  const before = await pixels(page, GRID);
  assert.equal(before.length, 30);
  assert.ok(new Set(before).size > 20, 'points differ, and so do their pictures');
  await page.click('#faces-dice');
  const second = await drawn(page, first);
  const other = await pixels(page, GRID);
  assert.ok(before.every((picture, k) => picture !== other[k]), 'another seed, other pictures');
  await page.waitForFunction(() => /seed=1/.test(location.hash));

  // By pointer and by key: the cell, the codes that were mixed, and their reconstructions.
  await page.hover('.faces-tile[data-k="7"]');
  await says(page, '#faces-mixture h3', '^Point 8 of seed 1$');
  await page.focus('.faces-tile[tabindex="0"]');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await says(page, '#faces-mixture h3', '^Point 8 of seed 1$');
  await page.keyboard.press('Home');
  await says(page, '#faces-mixture h3', '^Point 1 of seed 1$');
  await page.waitForSelector('#faces-mixture li[data-empty=false] canvas[data-drawn]');
  assert.match(await page.locator('#faces-mixture [data-value=cell]').textContent(), /^[\d,]+$/);
  const weights = await page.locator('#faces-mixture li[data-empty=false] .num').allTextContents();
  assert.ok(weights.every((text) => /^(λ [01]\.\d\d|next)$/.test(text)), weights.join());

  // The link brings the same back, and so does the seed by hand.
  await page.reload();
  await page.waitForSelector('html[data-faces-ready=ready]');
  await drawn(page);
  assert.deepEqual(await pixels(page, GRID), other);
  await page.fill('#faces-seed', '0');
  await page.keyboard.press('Enter');
  await drawn(page, second);
  assert.deepEqual(await pixels(page, GRID), before);

  // Another map of the same points; back and forward.
  await page.selectOption('#faces-map', 'gaussian');
  await page.waitForFunction(() => document.querySelector('#faces-grid').dataset.made.includes('gaussian'));
  assert.ok((await pixels(page, GRID)).every((picture, k) => picture !== before[k]));
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('#scene-faces').hidden);
  await page.goForward();
  await page.waitForFunction(() => !document.querySelector('#scene-faces').hidden);
  await page.goto('about:blank');
  await open(page, base, '&seed=0');
  await drawn(page);
  assert.deepEqual(await pixels(page, GRID), before, 'the pictures of a fresh visit');
}
