import assert from 'node:assert/strict';
import { talk } from './embed-lib.mjs';
import { shows } from './potential-lib.mjs';

export const name = 'reach: in a deck the arrows are the deck’s until a handle of the scene has the focus';
export const options = { viewport: { width: 900, height: 900 }, reducedMotion: 'reduce' };

const potential = (part) => [`scene=potential&part=${part}&preset=clusters&count=20`, (frame) => shows(frame, part)];
const ready = (scene) => (frame) => frame.waitForSelector(`html[data-${scene}-ready]`, { state: 'attached' });
/** By scene: its link, when it stands, and its handles. */
const SCENES = [
  ['preset=clusters&count=20', (frame) => frame.waitForSelector('html[data-ready]'), ['#proxies [tabindex="0"]']],
  ['scene=space&count=60', ready('space'), ['#space-keys']],
  ['scene=coverage', ready('coverage'), ['.cov-panel .proxies [tabindex="0"]']],
  [...potential('graph'), ['#potential-keys-graph', '#potential-box-cells [tabindex="0"]']],
  [...potential('heights'), ['#ht-knob', '#ht-solid-keys']],
  [...potential('path'), ['#path-marks [tabindex="0"]']],
  [...potential('critic'), ['.crit-keys']],
  [...potential('network'), ['.net-keys']],
  ['scene=faces&set=digits&part=plane', (frame) => frame.waitForSelector('#faces-plane[data-made]'), ['#faces-keys']],
];

export default async function ({ page, base }) {
  for (const [link, stands, handles] of SCENES) {
    await page.unroute(`${base}talk.html`);
    await talk(page, base, `<iframe id="demo" src="embed.html?controls=few#${link}" width="800" height="800"></iframe>`);
    await page.evaluate(() => {
      window.keys = [];
      addEventListener('message', ({ data }) => { if (data?.type === 'key') keys.push(data.key); });
    });
    const frame = await (await page.waitForSelector('#demo')).contentFrame();
    await stands(frame);
    const passed = async () => {
      await page.evaluate(() => { keys.length = 0; });
      await page.keyboard.press('ArrowRight');
      // What the frame says now comes after whatever the arrow has sent.
      await frame.evaluate(() => parent.postMessage({ type: 'key', key: 'end' }, '*'));
      await page.waitForFunction(() => keys.includes('end'));
      return page.evaluate(() => keys.includes('ArrowRight'));
    };
    await page.locator('#demo').focus();
    await frame.evaluate(() => document.activeElement.blur());
    assert.equal(await passed(), true, `${link}: nothing has the focus`);
    for (const handle of handles) {
      const at = frame.locator(handle).first();
      await at.focus();
      assert.equal(await passed(), false, `${link}: ${handle} has the focus`);
      await frame.evaluate(() => document.activeElement.blur());
      assert.equal(await passed(), true, `${link}: ${handle} has let go`);
    }
  }
}
