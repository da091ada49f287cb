import assert from 'node:assert/strict';
import { colours, picture } from './page-lib.mjs';
import { canvas, changes, made, number, open, rests, steps, table } from './potential-network-lib.mjs';

export const name = 'potential: a network trains towards the exact map and leaves mass between the modes';
export const variants = [
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 1440, height: 900 }, subpath: true, colorScheme: 'dark' },
];

/** A fixed run in wasm, whose numbers the tests of the crate `lab` find natively. */
async function bits(root) {
  const { default: init, Network } = await import(`${root}${published('wasm/brenier_potential.js')}`);
  const wasm = await fetch(`${root}${published('wasm/brenier_potential_bg.wasm')}`);
  await init({ module_or_path: await wasm.arrayBuffer() });
  const square = Float64Array.of(0, 0, 1, 0, 1, 1, 0, 1);
  const sites = Float64Array.of(0.1, 0.2, 0.8, 0.3, 0.4, 0.9, 0.6, 0.5);
  const heights = Float64Array.of(0.1, -0.05, -0.03, -0.02);
  const network = new Network(square, undefined, sites, Float64Array.of(0.1, 0.2, 0.3, 0.4), heights, '{}', Uint32Array.of(16, 12), 7);
  network.advance(100);
  const { vertices, offsets, images, numbers } = network.see(5, 10);
  let area = 0;
  for (let r = 0; r + 1 < offsets.length; r += 1) {
    for (let k = offsets[r] + 1; k + 1 < offsets[r + 1]; k += 1) {
      const at = (j, c) => vertices[2 * j + c] - vertices[2 * offsets[r] + c];
      area += (at(k, 0) * at(k + 1, 1) - at(k, 1) * at(k + 1, 0)) / 2;
    }
  }
  return { found: [numbers.regions, numbers.error, numbers.steepest], between: numbers.between, area, same: images.length === vertices.length };
}

export default async function ({ page, base, look }) {
  await open(page, base, 'preset=centres&widths=12,8&trained=300');
  const root = await page.evaluate(() => new URL('.', document.baseURI).href);
  const { found, between, area, same } = await page.evaluate(bits, root);
  assert.deepEqual(found, [111, 0.08766901085354803, 7.789893122528515], 'wasm and native runs are the same bit for bit');
  assert.ok(Math.abs(between - 0.04792987484560619) < 1e-12, `${between}`);
  assert.ok(Math.abs(area - 1) < 1e-12 && same, `regions fill the square: ${area}`);

  // It has trained to its goal, unasked, and rests.
  assert.equal(await made(page), 300);
  const first = { between: await number(page, 'between'), error: await number(page, 'error') };
  assert.ok(first.between > 0.02 && first.between < 1, `${first.between}`);
  assert.equal(await number(page, 'between', 'exact'), 0, 'the exact map leaves nothing between the modes');
  assert.equal(await number(page, 'regions', 'exact'), 25, 'and has a piece a site');
  // C(2, 12) · C(2, 8) and C(2, 12) · C(12, 8).
  assert.equal(await number(page, 'plane'), 79 * 37);
  assert.equal(await number(page, 'most'), 79 * 256);
  const regions = await number(page, 'regions');
  assert.ok(regions > 20 && regions <= 79 * 37, `${regions}`);
  for (const which of ['source', 'target']) {
    assert.ok(await colours(page, canvas(which)) > 20, `${which} is drawn`);
    assert.ok((await look(page.locator(canvas(which)))).ink > 0.1, `${which} is seen`);
  }
  assert.match(await page.locator('.net-keys').getAttribute('aria-label'), /linear regions of the network after 300 steps/);

  // The region under the pointer lights up, here and over there.
  const before = await picture(page, canvas('target'));
  const box = await page.locator(canvas('source')).boundingBox();
  await page.mouse.move(box.x + 0.45 * box.width, box.y + 0.4 * box.height);
  await changes(page, 'target', before);
  assert.match(await page.locator('[data-key=source]').textContent(), /^Region \d+ of \d+: [\d.]+ % of the mass, slope [\d.]+, \d+ corners$/);
  await page.mouse.move(box.x + 0.5 * box.width, box.y - 40);
  await page.waitForFunction(() => /lands between/.test(document.querySelector('[data-key=source]').textContent));
  assert.equal(await picture(page, canvas('target')), before, 'and goes out again');

  // One step is one step. Play goes on, pause rests: slowly, so that it is seen before the goal.
  await page.selectOption('#network-speed', '50');
  await page.click('#network-step');
  await steps(page, 301);
  assert.equal(await made(page), 301);
  await page.click('#network-play');
  await rests(page, 'running');
  await steps(page, 340);
  await page.click('#network-play');
  await rests(page, 'paused');
  assert.ok(await number(page, 'error') < first.error, 'training brings it nearer');

  // Nothing trains unseen: another part, and back.
  await page.selectOption('#network-speed', '10');
  await page.click('#network-play');
  await rests(page, 'running');
  await page.click('#potential-tab-graph');
  await rests(page, 'paused');
  const left = await made(page);
  await page.click('#potential-tab-network');
  await steps(page, left + 1);
  await rests(page, 'running');

  // Back at the start, and the same seed gives the same network.
  await page.click('#network-reset');
  await page.waitForFunction((n) => Number(document.querySelector('#network-status').dataset.steps) < n, left);
  await page.selectOption('#network-speed', '');
  await page.waitForFunction(() => document.querySelector('#network-status').dataset.steps === '300');
  await rests(page, 'goal');
  const again = await table(page);
  assert.equal(await number(page, 'between'), first.between);
  assert.equal(await number(page, 'error'), first.error);

  // Another depth and width: both are in the link, and the network begins anew.
  await page.selectOption('#network-depth', '3');
  await page.waitForFunction(() => /widths=12,8,8/.test(decodeURIComponent(location.hash)));
  await rests(page, 'goal');
  assert.equal(await page.locator('#network-widths input').count(), 3);
  assert.equal(await number(page, 'plane'), 79 * 37 * 37);
  await page.locator('#network-width-2').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => /widths=12,8,9/.test(decodeURIComponent(location.hash)));
  await page.waitForFunction((most) => document.querySelector('#network-numbers [data-value=plane]').dataset.raw === String(most), 79 * 37 * 46);
  await rests(page, 'goal');
  assert.notEqual(await table(page), again);
  // Undone, it is as it was.
  await page.selectOption('#network-depth', '2');
  await page.waitForFunction(() => /widths=12,8(&|$)/.test(decodeURIComponent(location.hash)));
  await page.waitForFunction((old) => document.querySelector('#network-numbers').innerText === old, again);

  // Slopes, jumps and samples are shown when asked for.
  const plain = await picture(page, canvas('source'));
  await page.locator('[name=network-colour][value=slope]').check({ force: true });
  await changes(page, 'source', plain);
  const bare = await picture(page, canvas('target'));
  await page.locator('#network-views [name=samples]').check({ force: true });
  await changes(page, 'target', bare);

  // A target with modes: they are counted, and the picture follows.
  await page.selectOption('#potential-target', 'clusters');
  await page.waitForFunction(() => document.querySelector('#network-numbers [data-exact=regions]').dataset.raw === '200');
  await rests(page, 'goal');
  assert.match(await page.locator('#network-numbers .hint').first().getAttribute('data-hint'), /\d+ modes?, sites joined by facets that are not singular/);
  assert.equal(await number(page, 'between', 'exact'), 0);
  assert.ok(await number(page, 'between') > 0);
}
