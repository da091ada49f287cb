import assert from 'node:assert/strict';
import { plain } from '../harness/files.mjs';
import { colours } from './page-lib.mjs';
import { demo, talk } from './embed-lib.mjs';

// A page whose requests a case answers keeps nothing between them, so that what is fetched once here
// is fetched once anywhere.
export const name = 'embed: demos on one page share one download of the solver';
export const variants = [{ viewport: { width: 1280, height: 700 } }, { viewport: { width: 1280, height: 700 }, subpath: true }];

const DEMO = (more) => `<brenier-demo preset="ring" count="40" ${more} style="display: inline-block; width: 400px"></brenier-demo>`;

export default async function ({ page, base, context }) {
  const fetched = [];
  context.on('response', async (response) => {
    if (response.url().endsWith('.wasm')) fetched.push(plain(response.url()).split('/').pop());
  });
  await talk(page, base, `<script type="module" src="js/brenier-demo.js"></script>${DEMO('seed="1"')}${DEMO('seed="2"')}${DEMO('seed="3"')}`);
  const frames = [await demo(page, 0), await demo(page, 1), await demo(page, 2)];
  assert.deepEqual(fetched, ['brenier_web_bg.wasm']);
  // Each has a solver of its own all the same.
  for (const frame of frames) assert.ok((await colours(frame)) > 8);
  await page.evaluate(() => document.querySelectorAll('brenier-demo')[1].setState({ count: 41 }));
  await frames[1].waitForFunction(() => document.querySelectorAll('[data-site]').length === 41);
  assert.deepEqual(await Promise.all(frames.map((frame) => frame.evaluate(() => document.querySelectorAll('[data-site]').length))), [40, 41, 40]);

  // One that is taken away before it has loaded leaves the others waiting for nothing.
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<iframe src="embed.html#preset=ring&count=20"></iframe><iframe src="embed.html#preset=ring&count=21"></iframe>');
    document.querySelectorAll('brenier-demo').forEach((element) => element.remove());
    window.heard = [];
    addEventListener('message', ({ data }) => heard.push(data.type));
  });
  await page.waitForFunction(() => heard.filter((type) => type === 'ready').length === 2);
  assert.ok(fetched.length <= 2, `${fetched}`);

  // A frame that may look into no other fetches for itself.
  await page.evaluate(() => {
    document.querySelectorAll('iframe').forEach((frame) => frame.remove());
    heard.length = 0;
    document.body.insertAdjacentHTML('beforeend', '<iframe src="embed.html#preset=ring&count=20"></iframe>');
  });
  await page.waitForFunction(() => heard.includes('ready'));
}
