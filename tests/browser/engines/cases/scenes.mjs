import assert from 'node:assert/strict';
import { broken, drawn, open, overflow, press } from './lib.mjs';

export const name = 'space, the potential and Monte Carlo on the processor show what they show in Chromium';

const PARTS = ['graph', 'heights', 'critic', 'path', 'network'];

async function space(tab, url) {
  await tab.go('about:blank');
  await tab.go(`${url}#scene=space&count=60`);
  await tab.shows('html[data-space-ready]');
  await tab.until(() => ['tolerance', 'noise'].includes(document.querySelector('#space-certificate [data-value=stopped]').dataset.raw));
  return tab.run(() => [
    ...[...document.querySelectorAll('#space-numbers [data-value]')].filter(({ dataset }) => !/milliseconds|time/i.test(dataset.value)).map(({ dataset, textContent }) => [dataset.value, textContent, dataset.raw]),
    document.querySelector('#space-path').textContent,
  ]);
}

async function potential(tab, url) {
  await tab.go('about:blank');
  await tab.go(`${url}#scene=potential&count=60`);
  await tab.shows('#scene-potential[data-made=graph]');
  return tab.text('[data-legend=graph]');
}

async function random(tab, url) {
  await open(tab, url, '#preset=centres&method=adam&mcSamples=1024&mcTolerance=0.1&device=cpu');
  await tab.until(() => ['tolerance', 'noise'].includes(document.querySelector('[data-mc=stopped]')?.dataset.raw));
  return tab.run(() => [
    document.querySelector('#mc-path').textContent,
    ...['stopped', 'residual', 'exactResidual', 'iterations'].map((key) => document.querySelector(`[data-mc=${key}]`).dataset.raw ?? document.querySelector(`[data-mc=${key}]`).textContent),
  ]);
}

export default async function ({ tab, url, chromium, look }) {
  assert.deepEqual(await space(tab, url), await chromium('space', space));
  await drawn(tab, '#space-figure', 30);
  assert.ok(look(await tab.picture()).ink > 0.1);
  assert.deepEqual(await broken(tab), []);

  assert.equal(await potential(tab, url), await chromium('potential', potential));
  for (const id of ['#potential-graph', '#potential-dual']) await drawn(tab, id, 20);
  for (const key of PARTS.slice(1)) {
    await press(tab, `#potential-tab-${key}`);
    await tab.shows(`#scene-potential[data-made=${key}]`);
    const canvases = await tab.run((k) => [...document.querySelectorAll(`#potential-part-${k} canvas`)].filter((canvas) => canvas.checkVisibility() && canvas.width > 50).length, key);
    assert.ok(canvases >= 1, `${key} has a picture`);
    assert.ok((await overflow(tab)) <= 0, `${key} is not wider than the window`);
    assert.ok(look(await tab.picture()).colours > 30, key);
    assert.deepEqual(await broken(tab), []);
  }

  const seen = await random(tab, url);
  assert.equal(seen[0], 'Runs on CPU, 1 thread.');
  assert.deepEqual(seen, await chromium('random', random));
}
