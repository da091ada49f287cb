import assert from 'node:assert/strict';
import { colours, DUAL, GRAPH, shows } from './potential-lib.mjs';

export const name = 'potential: opens from the header and from a link, with five parts to go back and forward between';
export const variants = [{}, { subpath: true, webgpu: false }];

const PARTS = ['graph', 'heights', 'critic', 'path', 'network'];
const part = (page) => page.locator('#scene-potential').getAttribute('data-part');

export default async function ({ page, base, look }) {
  const fetched = [];
  page.on('request', (request) => fetched.push(request.url()));
  await page.goto(base);
  await page.waitForSelector('html[data-ready]');
  assert.ok(!fetched.some((url) => /\/potential\/|potential[\w-]*\.css|brenier_potential/.test(url)), 'nothing of it is fetched before');
  await page.click('.scenes a[href="#scene-potential"]');
  await shows(page, 'graph');
  await page.waitForFunction(() => location.hash === '#scene=potential');
  assert.equal(await page.locator('#scene-transport').isVisible(), false);
  assert.equal(await page.locator('.scenes a[aria-current]').textContent(), 'Potential');
  assert.ok(!fetched.some((url) => /potential\/(heights|critic|path|network)[\w-]*\.js/.test(url)), 'a part is fetched when it is shown');
  for (const id of [GRAPH, DUAL]) {
    assert.ok((await colours(page, id)) > 20, `${id}: facets are shaded`);
    const seen = await look(page.locator(id));
    assert.ok(seen.ink > 0.2, `${id} is blank: ${JSON.stringify(seen)}`);
  }
  assert.match(await page.locator('[data-legend=graph]').textContent(), /^512 facets, \d+ of [\d,]+ ridges singular/);
  assert.match(await page.locator('#potential-words').textContent(), /upper envelope/);

  // Each part, by its tab; the address says which.
  for (const key of PARTS.slice(1)) {
    await page.click(`#potential-tab-${key}`);
    await shows(page, key);
    await page.waitForFunction((k) => location.hash.includes(`part=${k}`), key);
    assert.equal(await page.locator(`#potential-tab-${key}`).getAttribute('aria-selected'), 'true');
    assert.equal(await page.locator('.pot-part:visible').count(), 1);
    assert.equal(await page.locator(`#potential-part-${key}`).isVisible(), true);
    assert.ok((await page.locator('#potential-words math[display=block]').count()) >= 1, `${key} shows its formula`);
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, `${key} is wider than the screen`);
  }
  // Back through the parts to the first scene, and forward again.
  for (const key of PARTS.slice(0, -1).reverse()) {
    await page.goBack();
    await page.waitForFunction((k) => document.querySelector('#scene-potential').dataset.part === k, key);
  }
  await page.goBack();
  await page.locator('#figure').waitFor({ state: 'visible' });
  await page.goForward();
  await shows(page, 'graph');
  assert.equal(await part(page), 'graph');

  // From a link, with a part; the plane keeps the same points.
  await page.goto(`${base}#scene=potential&part=critic&preset=ring&count=48`);
  await page.reload();
  await shows(page, 'critic');
  await page.click('.scenes a[href="#scene-transport"]');
  await page.waitForFunction(() => document.querySelector('#count-out').textContent === '48');
  assert.equal(await page.locator('#scene-potential').isVisible(), false);
}
