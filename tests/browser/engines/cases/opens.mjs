import assert from 'node:assert/strict';
import { broken, colours, open, overflow, solved, value } from './lib.mjs';

export const name = 'the page opens and draws, wide and narrow, and names the path that runs';

export default async function ({ tab, url, look, say }) {
  for (const [width, height] of [[1280, 800], [390, 844]]) {
    await tab.size(width, height);
    await open(tab, url);
    assert.match(await tab.run(() => document.title), /Brenier/);
    assert.ok((await colours(tab)) > 8, 'the figure is not blank');
    const seen = look(await tab.picture());
    assert.ok(seen.colours > 8 && seen.ink > 0.1, `the window is blank: ${JSON.stringify(seen)}`);
    assert.ok((await overflow(tab)) <= 0, 'nothing is wider than the window');
    assert.ok((await value(tab, 'residual')) < 1e-9);
    assert.deepEqual(await broken(tab), []);
    assert.equal(await tab.text('[data-value=path]'), 'CPU, exact');
    assert.deepEqual(await tab.run(() => {
      const { textDecorationLine, textDecorationStyle } = getComputedStyle(document.querySelector('#numbers .hint'));
      return [textDecorationLine, textDecorationStyle];
    }), ['underline', 'dotted'], 'what explains itself is marked');
  }

  // Monte Carlo, asked to run on a graphics card: where there is none, it says so and runs.
  const adapter = await tab.run(async () => Boolean(await navigator.gpu?.requestAdapter()));
  const has = await tab.run(() => Boolean(navigator.gpu));
  await open(tab, url, '#preset=centres&method=adam&mcSamples=1024&mcTolerance=0.1&device=gpu');
  await solved(tab, 25);
  await tab.until(() => ['tolerance', 'noise'].includes(document.querySelector('[data-mc=stopped]')?.dataset.raw));
  const path = await tab.text('#mc-path');
  if (adapter) assert.match(path, /^Runs on WebGPU/);
  else assert.equal(path, has ? 'WebGPU finds no adapter here: it runs on CPU, 1 thread.' : 'This browser has no WebGPU: it runs on CPU, 1 thread.');
  say(`navigator.gpu: ${has ? 'there' : 'not there'}; adapter: ${adapter ? 'yes' : 'no'}; Monte Carlo asked for a card: “${path}”`);
}
