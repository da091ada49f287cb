import assert from 'node:assert/strict';
import { open, press } from './lib.mjs';

export const name = 'embed: <brenier-demo> by attributes, methods and events, and messages to a frame';
export const pages = {
  'talk.html': `<!doctype html><html lang="en"><head><title>Talk</title><link rel="icon" href="icon.svg"></head><body>
    <script type="module" src="js/brenier-demo.js"></script>
    <brenier-demo preset="random" count="40" seed="3" controls="few" theme="dark" style="width: 500px"></brenier-demo>
    <iframe id="frame" src="embed.html#preset=ring&count=20" width="500" height="540"></iframe></body></html>`,
};

/** The page's dialog on a narrow screen: its preview loads, and its fields show what is in them. */
async function dialog(tab, url) {
  await tab.size(390, 844);
  await open(tab, url);
  await press(tab, '[data-dialog=embed-dialog]');
  await tab.until(() => Boolean(document.querySelector('#embed-stage iframe')?.contentDocument?.querySelector('html[data-ready]')));
  const cut = await tab.run(() => [...document.querySelectorAll('#embed-dialog input[type=number]')]
    .filter((field) => field.scrollWidth > field.clientWidth).map(({ id, scrollWidth, clientWidth }) => [id, scrollWidth, clientWidth]));
  assert.deepEqual(cut, []);
}

export default async function ({ tab, url, look }) {
  await dialog(tab, url);
  await tab.size(1100, 900);
  await tab.go(`${url}talk.html`);
  await tab.run(() => {
    window.heard = [];
    for (const type of ['ready', 'state', 'state-changed', 'error']) addEventListener(`brenier:${type}`, ({ detail }) => heard.push([type, detail]));
    window.told = [];
    addEventListener('message', ({ data }) => told.push(data));
    window.inside = () => document.querySelector('brenier-demo').querySelector('iframe').contentDocument;
  });
  const reaches = (part) => tab.until((text) => heard.some(([type, { hash }]) => type === 'state-changed' && hash.includes(text)), part);
  await tab.shows('brenier-demo[data-ready]');
  assert.deepEqual(await tab.run(() => [inside().location.search, inside().location.hash, inside().documentElement.dataset.theme]), ['?controls=few&theme=dark', '#preset=random&count=40&seed=3', 'dark']);
  assert.equal(await tab.run(() => inside().querySelectorAll('[data-site]').length), 40);
  assert.ok(look(await tab.picture()).ink > 0.1);

  // Attributes and methods.
  await tab.run(() => document.querySelector('brenier-demo').setAttribute('seed', '4'));
  await reaches('seed=4');
  await tab.run(() => document.querySelector('brenier-demo').setState({ t: 0.25 }));
  await reaches('t=0.25');
  await tab.run(() => document.querySelector('brenier-demo').step());
  await reaches('t=0.5');
  await tab.run(() => document.querySelector('brenier-demo').play());
  await tab.until(() => inside().querySelector('#play[aria-pressed=true]') !== null);
  await tab.run(() => document.querySelector('brenier-demo').pause());
  await tab.until(() => inside().querySelector('#play[aria-pressed=false]') !== null);
  const png = await tab.run(async () => [...new Uint8Array(await (await document.querySelector('brenier-demo').png(300)).arrayBuffer())]);
  const bytes = Buffer.from(png);
  assert.deepEqual([bytes.toString('latin1', 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)], ['PNG', 300, 300]);
  assert.equal(await tab.run(() => document.querySelector('brenier-demo').setState('#preset=nonsense').then(() => null, ({ code }) => code)), 'link');

  // Messages to a plain frame.
  const ask = async (id, message) => {
    await tab.run((m) => { document.querySelector('#frame').contentWindow.postMessage({ source: 'brenier', version: 1, ...m }, '*'); }, { id, ...message });
    return tab.until((k) => told.find((data) => data.id === k), id);
  };
  await tab.until(() => document.querySelector('#frame').contentDocument.querySelector('html[data-ready]') !== null);
  assert.equal((await ask('a', { type: 'set', state: '#preset=ring&count=25' })).type, 'done');
  await tab.until(() => told.some(({ type, hash }) => type === 'state-changed' && hash.includes('count=25')));
  const state = await ask('b', { type: 'state' });
  assert.deepEqual([state.type, state.scene, state.hash.includes('count=25')], ['state', 'transport', true]);
  assert.equal((await ask('c', { type: 'png', size: 64 })).type, 'png');
  assert.equal((await ask('d', { type: 'set', state: { count: -1 } })).type, 'error');
}
