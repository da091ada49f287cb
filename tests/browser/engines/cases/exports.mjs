import assert from 'node:assert/strict';
import { open, press, solved } from './lib.mjs';

export const name = 'picture, drawing, plan and film are made';

/** From now on, what the page offers to be saved is kept: its name and its content. */
const catches = (tab) => tab.run(() => {
  let last = null;
  const { createObjectURL } = URL;
  URL.createObjectURL = (blob) => {
    last = blob;
    return createObjectURL.call(URL, blob);
  };
  addEventListener('click', ({ target }) => {
    if (target.download) window.offered = [target.download, last];
  }, true);
});

/** What a button offers: name, type, first bytes, whether it has `mark` in it, and a text as it is. */
async function take(tab, button, mark = '') {
  await tab.run(() => { window.offered = null; });
  await press(tab, button);
  return tab.until(async (word) => {
    if (!window.offered) return null;
    const [name, blob] = window.offered;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const text = new TextDecoder('latin1').decode(bytes);
    return { name, type: blob.type, head: [...bytes.slice(0, 24)], has: text.includes(word), text: /svg|json/.test(blob.type) ? text : '' };
  }, mark);
}

export default async function ({ tab, url, say }) {
  await open(tab, url, '#preset=centres');
  await solved(tab, 25);
  await catches(tab);
  const png = await take(tab, '[data-export=png]');
  const head = Buffer.from(png.head);
  assert.deepEqual([png.name, png.type, head.toString('latin1', 1, 4), head.readUInt32BE(16)], ['brenier-centres.png', 'image/png', 'PNG', 2048]);
  const svg = await take(tab, '[data-export=svg]');
  assert.ok(svg.text.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'));
  assert.equal(svg.text.match(/ fill="#e69f00"/g).length, 25, 'one disc a site');
  const plan = JSON.parse((await take(tab, '[data-export=plan]')).text);
  assert.equal(plan.heights.length, 25);
  assert.equal(plan.report.stopped, 'tolerance');

  // A film of a path: a PNG that moves anywhere, a WebM where the browser encodes one, else the reason.
  await open(tab, url, '#scene=potential&part=path&shape=two&shapeCount=100');
  await tab.until(() => document.querySelector('#path-png')?.disabled === false);
  await catches(tab);
  const film = await take(tab, '#path-png', 'acTL');
  assert.deepEqual([film.name, film.has], ['brenier-path-two.png', true]);
  const webm = await tab.until(() => !document.querySelector('#path-webm').disabled || document.querySelector('#path-webm').title || null);
  if (webm === true) {
    const file = await take(tab, '#path-webm');
    assert.deepEqual([file.name, Buffer.from(file.head).readUInt32BE(0)], ['brenier-path-two.webm', 0x1a45dfa3]);
  } else {
    assert.ok((await tab.text('#path-film-note')).includes(webm), 'the reason is told');
  }
  say(`WebM: ${webm === true ? 'made' : `“${webm}”`}`);
}
