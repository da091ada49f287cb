import assert from 'node:assert/strict';
import { open, pixels, says } from './faces-scene-lib.mjs';

export const name = 'faces: solved again from heights of zero; paused, stepped, ended; the shipped heights come back';
export const variants = [{}, { webgpu: false }];

const state = (page, value) => page.waitForSelector(`#faces-part-solve[data-state=${value}]`);
const drawn = (page) => page.waitForFunction(() => document.querySelectorAll('#faces-solve-shelf canvas[data-drawn]').length === 12);

export default async function ({ page, base, options }) {
  await open(page, base, '&part=solve&device=cpu');
  await drawn(page);
  const shipped = await pixels(page, '#faces-solve-shelf canvas');
  assert.match(await page.locator('#faces-reports tr:first-child td').first().textContent(), /^[\d.]+ % ± [\d.]+ %$/);
  assert.ok(await page.locator('#faces-shipped').isDisabled());

  await page.click('#faces-reset');
  await says(page, '#faces-heights', 'solved here');
  await says(page, '#faces-solve-words', 'the heights so far');
  assert.notDeepEqual(await pixels(page, '#faces-solve-shelf canvas'), shipped, 'other cells');

  await page.click('#faces-solve');
  await says(page, '#faces-status', ': step ');
  await page.click('#faces-solve');
  await state(page, 'paused');
  assert.match(await page.locator('#faces-device-note').textContent(), /^Runs on CPU/);
  const step = () => page.locator('#faces-status').evaluate((e) => Number(/step ([\d,]+)/.exec(e.textContent)?.[1].replace(/,/g, '')));
  const held = await step();
  await page.click('#faces-step');
  await page.waitForFunction((n) => Number(/step ([\d,]+)/.exec(document.querySelector('#faces-status').textContent)?.[1].replace(/,/g, '')) > n, held);
  await page.click('#faces-cancel');
  await state(page, 'cancelled');

  await page.click('#faces-shipped');
  await says(page, '#faces-heights', '^Shipped heights$');
  await says(page, '#faces-solve-words', 'the shipped heights');
  assert.deepEqual(await pixels(page, '#faces-solve-shelf canvas'), shipped);

  // A path that is not to be had is told, and the processor takes its place.
  if (options.webgpu === false) {
    await page.selectOption('#faces-device', 'gpu');
    await page.click('#faces-solve');
    await says(page, '#faces-device-note', 'no WebGPU.*CPU|no adapter.*CPU');
    await page.click('#faces-cancel');
    await state(page, 'cancelled');
  }
}
