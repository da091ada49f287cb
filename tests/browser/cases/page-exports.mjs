import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { open, points } from './page-lib.mjs';

export const name = 'page: picture, plan and samples can be taken away';

async function take(page, kind) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`[data-export=${kind}]`)]);
  return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

export default async function ({ page, base }) {
  await open(page, base);
  await page.click('[data-preset=centres]');
  await points(page, 25);
  await page.locator('#more > summary').click();
  const png = await take(page, 'png');
  assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG');
  assert.equal(png.bytes.readUInt32BE(16), 2048, 'its width');
  const svg = await take(page, 'svg');
  const text = svg.bytes.toString();
  assert.ok(text.startsWith('<svg xmlns="http://www.w3.org/2000/svg"') && text.includes('<title>Brenier: 25 points.'));
  const wellFormed = await page.evaluate((s) => !new DOMParser().parseFromString(s, 'image/svg+xml').querySelector('parsererror'), text);
  assert.ok(wellFormed);
  assert.equal(text.match(/ fill="#e69f00"/g).length, 25, 'one disc a site, in the colour of the real');
  const plan = JSON.parse((await take(page, 'plan')).bytes);
  assert.equal(plan.heights.length, 25);
  assert.ok(Math.abs(plan.heights.reduce((a, b) => a + b)) < 1e-9);
  assert.equal(plan.report.stopped, 'tolerance');
  const samples = (await take(page, 'samples')).bytes.toString().trim().split('\n');
  assert.ok(samples.length > 1000);
}
