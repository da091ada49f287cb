import assert from 'node:assert/strict';
import { changed, GRAPH, lights, open, orange, picture, shows, still } from './potential-lib.mjs';

export const name = 'potential: by keyboard alone, and what a screen reader hears';
export const options = { viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' };

const focused = (page) => page.evaluate(() => document.activeElement.dataset.site ?? document.activeElement.id ?? '');
const live = (page) => page.locator('#potential-live').textContent();

async function tabTo(page, done) {
  for (let k = 0; k < 80; k += 1) {
    if (done(await focused(page))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab never got there');
}

export default async function ({ page, base }) {
  await open(page, base, '&preset=random&count=40');
  assert.match(await live(page), /^40 cells, residual/);
  const start = await still(page, GRAPH);

  // The parts are one stop; the arrows go between them.
  await tabTo(page, (id) => id === 'potential-tab-graph');
  await page.keyboard.press('ArrowRight');
  await shows(page, 'heights');
  assert.equal(await focused(page), 'potential-tab-heights');
  await page.keyboard.press('Home');
  await shows(page, 'graph');

  // The solid takes the arrows, the size and the cells.
  await tabTo(page, (id) => id === 'potential-keys-graph');
  assert.match(await page.locator('#potential-keys-graph').getAttribute('aria-label'), /^Graph of the potential: 40 facets, \d+ of \d+ ridges singular$/);
  await page.keyboard.press('Shift+ArrowLeft');
  await changed(page, GRAPH, start);
  assert.equal(await live(page), 'Turned by 15 degrees, 35 degrees above, magnified 1 times.');
  await page.keyboard.press('ArrowDown');
  assert.match(await live(page), /30 degrees above/);
  await page.keyboard.press('+');
  assert.match(await live(page), /magnified 1\.15 times/);
  // The way here led over the points, which chose the first.
  await lights(page, 0);
  await page.keyboard.press('Escape');
  await lights(page, -1);
  await page.keyboard.press('PageDown');
  await lights(page, 0);
  await page.waitForFunction(() => /^Cell 1 of 40: slope \S+, \S+, height \S+, mass 2\.50 %\.$/.test(document.querySelector('#potential-live').textContent));
  await still(page, GRAPH);
  assert.ok((await orange(page, GRAPH)) > 300, 'it is lit');
  await page.keyboard.press('PageUp');
  await lights(page, 39);
  await page.keyboard.press('Escape');
  await lights(page, -1);
  await page.keyboard.press('0');
  await page.waitForFunction(() => !/yaw|pitch|zoom|site/.test(location.hash));
  assert.equal(await still(page, GRAPH), start);

  // A point of the plane is moved by keys, and says where it is once it rests.
  await page.locator('#scene-potential [data-site="5"]').focus();
  await lights(page, 5);
  const before = await picture(page, GRAPH);
  await page.keyboard.press('Shift+ArrowUp');
  await changed(page, GRAPH, before);
  await page.waitForFunction(() => /^Point 6 at x \S+, y \S+: its facet has that slope\.$/.test(document.querySelector('#potential-live').textContent));

  // Every control has a name, and every figure that takes keys says how.
  const bare = await page.evaluate(() => [...document.querySelectorAll('#scene-potential :is(button, input, select, [tabindex="0"])')]
    .filter((e) => e.checkVisibility() && !(e.getAttribute('aria-label') || e.labels?.length || e.textContent.trim()))
    .map((e) => e.outerHTML));
  assert.deepEqual(bare, []);
  for (const id of await page.locator('#scene-potential [aria-describedby]').evaluateAll((list) => list.map((e) => e.getAttribute('aria-describedby')))) {
    assert.ok(await page.locator(`#${id}`).count(), `#${id} is there`);
  }
}
