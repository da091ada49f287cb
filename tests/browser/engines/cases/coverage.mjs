import assert from 'node:assert/strict';
import { choose, colours, press } from './lib.mjs';

export const name = 'mode coverage: AE-OT is scored, two GANs train, and all scores are those of Chromium';

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

export default async function ({ tab, url, chromium, look }) {
  const seen = await read(tab, url);
  for (const key of ['gan', 'pac', 'aeot']) assert.ok((await colours(tab, `[data-testid=coverage-${key}]`)) > 6, `${key} is blank`);
  assert.ok(look(await tab.picture()).colours > 30);
  assert.deepEqual(seen, await chromium('coverage', read));
  await choose(tab, '#cov-packing', '3');
  await tab.until(() => /packing=3/.test(location.hash));
}
