import assert from 'node:assert/strict';
import { open, site, solved } from './lib.mjs';

export const name = 'offline: the page loaded, the network cut, reloaded, a site dragged, a face drawn';
// What the service worker keeps has the hashes of the build: nothing is put into a page.
export const watched = false;

const made = (tab, before = null) => tab.until((old) => {
  const now = document.querySelector('#faces-grid')?.dataset.made;
  return now && now !== old && now;
}, before);

export default async function ({ tab, url, server }) {
  await tab.size(1280, 800);
  await open(tab, url);
  await tab.shows('#offline[data-settled]');
  await tab.click('.scenes a[href="#scene-faces"]');
  await made(tab);
  await tab.until(() => /Faces/.test(document.querySelector('#offline-text').textContent));

  server.cut();
  server.asked.length = 0;
  await open(tab, url, '#preset=centres');
  await solved(tab, 25);
  const from = await site(tab, 3);
  const hash = await tab.run(() => location.hash);
  await tab.drag(from, { x: from.x + 30, y: from.y + 20 });
  await tab.until((old) => location.hash !== old, hash);
  await solved(tab, 25);
  const after = await site(tab, 3);
  assert.ok(Math.hypot(after.x - from.x, after.y - from.y) > 10, 'the point is where it was dragged to');

  await tab.click('.scenes a[href="#scene-faces"]');
  const before = await made(tab);
  await tab.click('#faces-dice');
  await made(tab, before);
  await open(tab, url, 'embed.html?controls=all');
  // A browser looks for another worker by itself.
  assert.deepEqual(server.asked.filter((file) => file !== 'sw.js'), []);
}
