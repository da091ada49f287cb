import assert from 'node:assert/strict';
import { open, solved, value } from './space-lib.mjs';

export const name = 'space: the path that runs is named, and can be chosen';
export const variants = [{}, { webgpu: false, subpath: true }];

export default async function ({ page, base, options }) {
  const has = options.webgpu !== false;
  await open(page, base, '&count=50&method=lbfgs&device=gpu');
  const path = () => page.locator('#space-path').textContent();
  const note = () => page.locator('#space-device-note').textContent();
  if (has) {
    assert.match(await path(), /^WebGPU: \S/, 'with the name of its adapter');
    assert.match(await note(), /^Runs on WebGPU: \S/);
  } else {
    assert.equal(await path(), 'CPU, 1 thread');
    assert.match(await note(), /^(This browser has no WebGPU|WebGPU finds no adapter here): it runs on CPU, 1 thread\.$/);
    assert.equal(await page.locator('#space-notice').isVisible(), false, 'it is no failure');
  }
  assert.ok((await value(page, 'residual')) < 0.05);
  assert.equal(await page.locator('#space-device').inputValue(), 'gpu', 'the choice stays');

  await page.selectOption('#space-device', 'cpu');
  await page.waitForURL(/device=cpu/);
  await page.waitForFunction(() => document.querySelector('#space-device-note').textContent === 'Runs on CPU, 1 thread.');
  await solved(page);
  assert.equal(await path(), 'CPU, 1 thread');
  const bound = await value(page, 'w2Dual');

  // The address brings it back.
  await page.reload();
  await page.waitForSelector('html[data-space-ready]');
  await solved(page);
  assert.equal(await page.locator('#space-device').inputValue(), 'cpu');
  assert.equal(await value(page, 'w2Dual'), bound, 'the same scene and path, the same answer');
  await page.selectOption('#space-device', 'auto');
  await page.waitForFunction(() => !/device=/.test(location.hash));
}
