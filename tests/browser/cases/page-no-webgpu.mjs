import assert from 'node:assert/strict';
import { colours, open, value } from './page-lib.mjs';

export const name = 'page: without WebGPU';
export const options = { webgpu: false };

export default async function ({ page, base }) {
  await open(page, base);
  const adapter = await page.evaluate(async () => Boolean(await navigator.gpu?.requestAdapter()));
  assert.equal(adapter, false, 'this browser has no WebGPU');
  assert.ok((await colours(page)) > 8);
  assert.ok((await value(page, 'residual')) < 1e-9);
  assert.equal(await page.locator('[data-value=path]').textContent(), 'CPU, exact');
}
