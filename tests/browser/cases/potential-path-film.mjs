import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { decode } from '../harness/png.mjs';
import { solved } from './potential-path-lib.mjs';

export const name = 'potential: a path can be taken away as a film, or given up';
export const options = { viewport: { width: 1280, height: 800 } };

async function take(page, kind) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#path-${kind}`)]);
  return { file: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

export default async function ({ page, base }) {
  await page.goto(`${base}#scene=potential&part=path&shape=two&shapeCount=200`);
  await solved(page, 'two');
  await page.selectOption('#path-speed', '2');
  const note = () => page.locator('#path-film-note').textContent();
  // Half a second at rest, two on the way, half at rest: 3 s at 20 frames a second.
  assert.match(await note(), /^3\.0 s, from the source to the shape: 60 frames of 600 pixels as a PNG, 90 of 720 as a WebM\.$/);

  const png = await take(page, 'png');
  assert.equal(png.file, 'brenier-path-two.png');
  const frames = [...png.bytes.toString('latin1').matchAll(/fcTL/g)].length;
  assert.equal(frames, 60);
  // The first frame is a whole picture: the disk on the page's ground.
  const { width, height, pixels } = decode(png.bytes);
  assert.deepEqual([width, height], [600, 600]);
  assert.deepEqual([...pixels.subarray(0, 3)], [0xfb, 0xfb, 0xf9]);
  const middle = 3 * (300 * 600 + 200);
  assert.notDeepEqual([...pixels.subarray(middle, middle + 3)], [0xfb, 0xfb, 0xf9]);
  assert.match(await note(), /^Saved 60 frames, \d+\.\d MB\./);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'path-png', 'the focus is back where it was');

  // There and back is longer; the WebM has as many frames as it says.
  await page.selectOption('#path-turn', 'swing');
  assert.match(await note(), /^5\.0 s, there and back: 100 frames .* 150 of 720/);
  const webm = await take(page, 'webm');
  assert.equal(webm.file, 'brenier-path-two.webm');
  assert.equal(webm.bytes.readUInt32BE(0), 0x1a45dfa3);
  assert.match(await note(), /^Saved 150 frames/);

  // Given up, it saves nothing, and can be asked for again.
  let saved = 0;
  page.on('download', () => { saved += 1; });
  await page.click('#path-png');
  await page.waitForFunction(() => document.querySelector('#path-film-progress').value > 0.05);
  assert.ok(await page.locator('#path-webm').isDisabled(), 'one film at a time');
  await page.click('#path-film-cancel');
  await page.waitForFunction(() => document.querySelector('#path-film').hidden);
  assert.match(await note(), /^Cancelled; nothing was saved\./);
  assert.equal(saved, 0);
  assert.ok(await page.locator('#path-png').isEnabled());
}
