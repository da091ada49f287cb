import assert from 'node:assert/strict';
import { open, points } from './page-lib.mjs';
import { estimate, state } from './random-lib.mjs';

export const name = 'Monte Carlo: the path that runs is named, and can be chosen';
export const variants = [{}, { webgpu: false, subpath: true }];

export default async function ({ page, base, options }) {
  const has = options.webgpu !== false;
  await open(page, base, '#preset=centres&method=adam&mcSamples=1024&mcTolerance=0.1&device=gpu');
  await points(page, 25);
  await state(page, 'tolerance', 'noise');
  const path = () => page.locator('[data-value=path]').textContent();
  if (has) {
    assert.match(await path(), /^WebGPU: \S/, 'with the name of its adapter');
    assert.match(await page.locator('#mc-path').textContent(), /^Runs on WebGPU/);
  } else {
    assert.equal(await path(), 'CPU, 1 thread');
    assert.match(await page.locator('#mc-path').textContent(), /^(This browser has no WebGPU|WebGPU finds no adapter here): it runs on CPU, 1 thread\.$/);
  }
  assert.ok((await estimate(page, 'exactResidual')) < 1);
  assert.equal(await page.locator('#mc-device').inputValue(), 'gpu', 'the choice stays');

  await page.selectOption('#mc-device', 'cpu');
  await page.waitForURL(/device=cpu/);
  await page.waitForFunction(() => document.querySelector('#mc-path').textContent === 'Runs on CPU, 1 thread.');
  await state(page, 'tolerance', 'noise');
  assert.equal(await path(), 'CPU, 1 thread');
  const residual = await estimate(page, 'exactResidual');

  // The address brings it all back: the method, its settings, and the very same answer.
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await state(page, 'tolerance', 'noise');
  assert.equal(await page.locator('#method').inputValue(), 'adam');
  assert.equal(await page.locator('#mc-samples').inputValue(), '1024');
  assert.equal(await page.locator('#mc-tolerance').inputValue(), '0.1');
  assert.equal(await page.locator('#mc-device').inputValue(), 'cpu');
  assert.equal(await estimate(page, 'exactResidual'), residual, 'the same scene and path, the same answer');
}
