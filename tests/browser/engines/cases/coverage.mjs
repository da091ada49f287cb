import assert from 'node:assert/strict';
import { broken, choose, colours, press } from './lib.mjs';

export const name = 'mode coverage: AE-OT is scored, two GANs train, and all is as in Chromium, to the last bit';

const GOAL = 200;

async function read(tab, url) {
  await tab.go(`${url}#scene=coverage&goal=${GOAL}&packing=2`);
  await tab.shows('html[data-coverage-ready]');
  await tab.shows('#scene-coverage tr[data-row=aeot] [data-score=reverseKl] .se');
  await press(tab, '#cov-play');
  for (const key of ['gan', 'pac']) {
    await tab.until((k, end) => document.querySelector(`[data-curve=modes] path.${k}`)?.getAttribute('d').split('L').length === end / 100 + 1, key, GOAL);
    await tab.shows(`#scene-coverage tr[data-row=${key}] [data-score=modes] .se`);
  }
  await tab.shows('#cov-play[aria-pressed=false]');
  return tab.run(() => ({
    rows: [...document.querySelectorAll('#scene-coverage tr[data-row]')].map((row) => [row.dataset.row, ...[...row.querySelectorAll('[data-score] .value')].map((e) => e.textContent)]),
    modes: [...document.querySelectorAll('[data-curve=modes] path')].map((path) => path.getAttribute('d').split('L').length),
    words: [...document.querySelectorAll('#scene-coverage [data-key]')].map((e) => e.getAttribute('aria-label')),
  }));
}

/** The state of a GAN after some steps, as a number that stands for its bytes; on the page of `read`. */
const state = (tab) => tab.run(async () => {
  const address = performance.getEntriesByType('resource').map((entry) => entry.name).find((name) => /\/js\/gan(-[0-9a-f]{8})?\.js$/.test(name));
  const { Gan } = await import(address);
  const modes = Float64Array.from([-1, 0, 1].flatMap((y) => [-1, 0, 1].flatMap((x) => [x, y, 0.1, 1])));
  const gan = new Gan({ request: { architecture: 'page', loss: 'nonSaturating', packing: 2, law: 'normal', seed: 3 }, modes, look: { count: 200, field: 0, arrows: 0, grid: false, box: [-2, -2, 2, 2] }, goal: 100 });
  const reaches = (name) => new Promise((resolve) => {
    gan.addEventListener('state', ({ detail }) => { if (detail.state === name) resolve(); });
  });
  await reaches('ready');
  const goal = reaches('goal');
  gan.play();
  await goal;
  const bytes = await gan.save();
  gan.close();
  return [bytes.length, bytes.reduce((sum, byte) => Math.imul(sum ^ byte, 16777619) >>> 0, 2166136261)];
});

export default async function ({ tab, url, chromium, look }) {
  const there = chromium('coverage', async (other, base) => ({ seen: await read(other, base), bytes: await state(other) }));
  const seen = await read(tab, url);
  for (const key of ['gan', 'pac', 'aeot']) assert.ok((await colours(tab, `[data-testid=coverage-${key}]`)) > 6, `${key} is blank`);
  assert.ok(look(await tab.picture()).colours > 30);
  assert.deepEqual(await broken(tab), []);
  assert.deepEqual(seen, (await there).seen);
  const bytes = await state(tab);
  assert.ok(bytes[0] > 1000);
  assert.deepEqual(bytes, (await there).bytes, 'the state of a GAN after a hundred steps is the same to the last bit');
  await choose(tab, '#cov-packing', '3');
  await tab.until(() => /packing=3/.test(location.hash));
}
