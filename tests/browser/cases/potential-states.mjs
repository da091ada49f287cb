import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { changed, GRAPH, open, shows, still } from './potential-lib.mjs';

export const name = 'potential: too many points, none, and mathematics that do not load';

const state = (page) => page.locator('#scene-potential').getAttribute('data-state');
const words = (page) => page.locator('#potential-state-text').textContent();

export default async function ({ page, base, problems }) {
  await page.goto(`${base}#scene=potential&preset=random&count=12000`);
  await page.locator('#potential-solve').waitFor({ state: 'visible' });
  assert.match(await words(page), /^12,000 points\. Above 10,000 the page solves when you ask\.$/);
  assert.equal(await page.locator(GRAPH).isVisible(), false);
  await page.click('#potential-solve');
  await shows(page, 'graph');
  assert.match(await page.locator('[data-legend=graph]').textContent(), /^12,000 facets/);

  // One point: a plane has no ridge. None: nothing has no potential.
  await page.goto('about:blank');
  await open(page, base, '&preset=random&count=1');
  assert.match(await page.locator('[data-legend=graph]').textContent(), /^1 facet, 0 of 0 ridges singular/);
  const one = await still(page, GRAPH);
  await page.locator('#scene-potential [data-site="0"]').focus();
  await page.keyboard.press('Delete');
  await page.locator('#potential-add').waitFor({ state: 'visible' });
  assert.equal(await state(page), 'empty');
  assert.match(await words(page), /^No points/);
  await page.click('#potential-add');
  await page.locator(GRAPH).waitFor({ state: 'visible' });
  await changed(page, GRAPH, one);

  await page.route(`**/${published('wasm/brenier_potential_bg.wasm')}`, (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto('about:blank');
  await page.goto(`${base}#scene=potential&count=50`);
  await page.locator('#potential-retry').waitFor({ state: 'visible' });
  assert.match(await words(page), /could not be loaded.*Your points are still here/);
  problems.length = 0; // the response that was asked for
  await page.unroute(`**/${published('wasm/brenier_potential_bg.wasm')}`);
  await page.click('#potential-retry');
  await shows(page, 'graph');
}
