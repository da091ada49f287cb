import assert from 'node:assert/strict';
import { decode } from '../harness/png.mjs';
import { demo, talk } from './embed-lib.mjs';

export const name = 'embed: <brenier-demo> by attributes, methods and events';
export const options = { viewport: { width: 900, height: 800 } };

export default async function ({ page, base }) {
  await talk(page, base, `<script type="module" src="js/brenier-demo.js"></script>
    <brenier-demo preset="random" count="40" seed="3" controls="few" hide="link" scale="1.5" theme="dark" style="width: 500px"></brenier-demo>`);
  await page.evaluate(() => {
    window.heard = [];
    for (const type of ['ready', 'frame', 'state', 'state-changed', 'error']) addEventListener(`brenier:${type}`, ({ detail }) => heard.push([type, detail]));
  });
  const frame = await demo(page);
  const call = (method, ...args) => page.evaluate(([m, list]) => document.querySelector('brenier-demo')[m](...list), [method, args]);
  const set = (key, value) => page.evaluate(([k, v]) => document.querySelector('brenier-demo').setAttribute(k, v), [key, value]);
  const reaches = (part) => page.waitForFunction((text) => heard.some(([type, { hash }]) => type === 'state-changed' && hash.includes(text)), part);

  // Attributes are parts of the link and options of the address.
  assert.deepEqual(await frame.evaluate(() => [location.search, location.hash, document.documentElement.dataset.theme]), ['?controls=few&hide=link&theme=dark&scale=1.5', '#preset=random&count=40&seed=3', 'dark']);
  assert.equal(await frame.locator('#home').isVisible(), false);
  assert.equal(await frame.locator('#play').isVisible(), true);
  assert.equal(await frame.evaluate(() => getComputedStyle(document.documentElement).fontSize), '24px');
  // A handle stands over its point also where it is drawn larger.
  const [handle, drawn] = await frame.evaluate(() => {
    const canvas = document.querySelector('#figure').getBoundingClientRect();
    const { left, top } = document.querySelector('[data-site="0"]').getBoundingClientRect();
    return [[left + 12 - canvas.left, top + 12 - canvas.top], canvas.width];
  });
  assert.ok(handle.every((v) => v > 0 && v < drawn), `${handle} in ${drawn}`);

  // They may change: the frame is told, not loaded anew.
  await frame.evaluate(() => { window.same = true; });
  await set('seed', '4');
  await reaches('seed=4');
  await set('theme', 'light');
  await set('show', 'brush');
  await frame.waitForSelector('html[data-theme=light]');
  await frame.locator('#brush').waitFor();
  assert.equal(await frame.locator('#undo').isVisible(), false, 'what was not asked for stays away');
  assert.equal(await frame.evaluate(() => window.same), true);

  // Methods.
  await call('setState', { t: 0.25, samples: true });
  await reaches('t=0.25');
  await call('step');
  await reaches('t=0.5');
  await call('step', -1);
  assert.equal(await frame.locator('#t').inputValue(), '0.25');
  await call('play');
  await frame.waitForSelector('#play[aria-pressed=true]');
  await call('pause');
  await frame.waitForSelector('#play[aria-pressed=false]');
  const state = await call('state');
  assert.equal(state.scene, 'transport');
  assert.ok(state.hash.startsWith('#preset=random') && state.carried);
  const png = await page.evaluate(async () => [...new Uint8Array(await (await document.querySelector('brenier-demo').png(300)).arrayBuffer())]);
  assert.deepEqual([decode(Buffer.from(png)).width, decode(Buffer.from(png)).height], [300, 300]);
  await call('setState', '#preset=ring&count=30');
  await reaches('preset=ring');
  await page.evaluate(() => { heard.length = 0; });
  await call('setState', { count: 31 });
  await reaches('count=31');
  // What a person changed is undone by reset: the scene is as it was last set.
  await frame.locator('[data-site="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await reaches('edits=');
  await page.evaluate(() => { heard.length = 0; });
  await call('reset');
  await reaches('count=31');
  assert.equal((await call('state')).hash.includes('edits='), false);

  // What is wrong is told, and the scene stays.
  const wrong = await page.evaluate(() => document.querySelector('brenier-demo').setState('#preset=nonsense').then(() => null, ({ code, message }) => ({ code, message })));
  assert.equal(wrong.code, 'link');
  assert.match(wrong.message, /nonsense/);
  assert.ok((await call('state')).hash.includes('preset=ring'));
  // Another scene, with a session of its own.
  await call('setState', { scene: 'space', count: 50, shape: 'torus' });
  await frame.waitForSelector('html[data-space-ready]');
  assert.equal((await call('state')).scene, 'space');
  // Taken out of the page, what is asked is refused.
  const gone = await page.evaluate(() => {
    const element = document.querySelector('brenier-demo');
    element.remove();
    return element.play().then(() => null, ({ code }) => code);
  });
  assert.equal(gone, 'gone');
}
