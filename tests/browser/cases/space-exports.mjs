import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { open } from './space-lib.mjs';

export const name = 'space: picture and plan can be taken away';

async function take(page, kind) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-space-export=${kind}]`)]);
  return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

export default async function ({ page, base }) {
  await open(page, base);
  await page.locator('#space-more > summary').click();
  const png = await take(page, 'png');
  assert.equal(png.file, 'brenier-space-rabbit.png');
  assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
  assert.equal(png.bytes.readUInt32BE(16), 2048, 'its width');
  assert.ok(png.bytes.length > 100_000, 'it is not blank');
  const { file, bytes } = await take(page, 'plan');
  assert.equal(file, 'brenier-space-rabbit.json');
  const plan = JSON.parse(bytes);
  assert.deepEqual([plan.domain, plan.dimension, plan.sites.length, plan.sites[0].length, plan.centroids.length], ['ball', 3, 60, 3, 60]);
  const sum = (list) => list.reduce((a, b) => a + b);
  assert.ok(Math.abs(sum(plan.heights)) < 1e-9 && Math.abs(sum(plan.masses) - 1) < 1e-9 && Math.abs(sum(plan.cellMasses) - 1) < 1e-6);
  assert.match(plan.report.stopped, /tolerance|noise/);
}
