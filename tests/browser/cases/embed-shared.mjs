import assert from 'node:assert/strict';
import { demo, talk } from './embed-lib.mjs';

// The test's server lets nothing be kept between requests, so that what is fetched once here is
// fetched once anywhere.
export const name = 'embed: two demos of one scene fetch its wasm and its data once';
export const options = { viewport: { width: 1280, height: 700 } };

/** By attributes: the endings of what is fetched, and how the scene is known to stand. */
const SCENES = {
  'scene="potential" part="graph" count="30"': [['.wasm'], '#scene-potential[data-made=graph]'],
  'scene="potential" part="network" count="30"': [['.wasm'], '#scene-potential[data-made=network]'],
  'scene="coverage" preset="ring"': [['.wasm'], 'html[data-coverage-ready]'],
  'scene="space" count="60"': [['.wasm'], 'html[data-space-ready]'],
  'scene="faces" hash="#scene=faces&set=digits"': [['.wasm', '.bdec', '.blat'], '#faces-grid[data-made]'],
};

export default async function ({ page, base, context }) {
  const fetched = [];
  let weighed = 0;
  context.on('response', async (response) => {
    const file = new URL(response.url()).pathname.split('/').pop();
    if (!/\.(wasm|bdec|blat)$/.test(file)) return;
    fetched.push(file);
    weighed += Number(response.headers()['content-length'] ?? 0);
  });
  const told = [];
  for (const [attributes, [endings, stands]] of Object.entries(SCENES)) {
    const bytes = [];
    for (const many of [1, 2]) {
      fetched.length = 0;
      weighed = 0;
      await page.goto('about:blank');
      await page.unroute(`${base}talk.html`);
      const one = `<brenier-demo ${attributes} style="display: inline-block; width: 400px"></brenier-demo>`;
      await talk(page, base, `<script type="module" src="js/brenier-demo.js"></script>${one.repeat(many)}`);
      for (let k = 0; k < many; k += 1) await (await demo(page, k)).waitForSelector(stands, { state: 'attached' });
      assert.equal(new Set(fetched).size, fetched.length, `${attributes}, ${many}: ${fetched}`);
      for (const ending of endings) assert.ok(fetched.some((file) => file.endsWith(ending)), `${attributes}: ${fetched}`);
      bytes.push(weighed);
    }
    told.push(bytes);
    assert.equal(bytes[1], bytes[0], `${attributes}: the second demo transfers nothing more`);
  }
  assert.ok(told.every(([one]) => one > 100_000), `${told}`);
}
