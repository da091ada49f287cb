import assert from 'node:assert/strict';
import { CELLS, changed, colours, DUAL, GRAPH, lights, lit, newHash, open, orange, picture, still, told } from './potential-lib.mjs';

export const name = 'potential: a cell lights its facet, its plane and its dual vertex; the solids turn';
export const options = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' };

const hash = (page) => page.evaluate(() => location.hash);
const middle = async (page, selector) => {
  const box = await page.locator(selector).boundingBox();
  return [box.x + box.width / 2, box.y + box.height / 2, box.width];
};

export default async function ({ page, base }) {
  await open(page, base, '&preset=random&count=60');
  const dark = { graph: await still(page, GRAPH), dual: await still(page, DUAL) };
  assert.ok((await colours(page, GRAPH)) > 20);
  assert.equal(await lit(page), -1);
  assert.equal(await orange(page, GRAPH), 0);

  // A cell of the plane, pointed at.
  const [x, y, width] = await middle(page, CELLS);
  await page.mouse.move(x + 0.12 * width, y - 0.06 * width);
  await page.waitForFunction(() => document.querySelector('#potential-readout').dataset.cell);
  const i = await lit(page);
  await changed(page, GRAPH, dark.graph);
  await changed(page, DUAL, dark.dual);
  assert.ok((await orange(page, GRAPH)) > 300, 'the facet and its plane');
  assert.ok((await orange(page, DUAL)) > 20, 'the dual vertex');
  assert.match(await page.locator('#potential-readout h2').textContent(), new RegExp(`^Cell ${i + 1} of 60$`));
  // Its slope is the point; the dual vertex lies at −h; the cell has the point's mass.
  const place = await page.locator(`#scene-potential [data-site="${i}"]`).getAttribute('aria-label');
  const [, px, py] = /x (\S+), y ([^,]+),/.exec(place);
  assert.equal(await told(page, 'y'), `(${px}, ${py})`);
  const number = (text) => Number(text.replace('−', '-'));
  assert.equal(number(await told(page, 'u')), -number(await told(page, 'h')));
  assert.equal(await told(page, 'w'), await told(page, 'nu'));
  await page.mouse.move(x, 5);
  await lights(page, -1);
  assert.equal(await still(page, GRAPH), dark.graph, 'away it goes out');

  // A facet, pointed at from straight above, lies over its cell: the same one is lit.
  await page.click('[data-eye=above]');
  await page.waitForFunction(() => /pitch=90/.test(location.hash) && /yaw=0/.test(location.hash));
  const seen = new Set();
  for (const [dx, dy] of [[0.1, 0.1], [-0.2, 0.05], [0.05, -0.25]]) {
    // What fits whichever way it is turned: the corners of the unit square, and half the height with its floor.
    const [gx, gy, size] = await middle(page, GRAPH);
    const side = 0.48 / Math.hypot(Math.SQRT1_2, (0.5 * 1.45) / 2);
    await page.mouse.move(gx + dx * side * size, gy - dy * side * size);
    await page.waitForFunction(() => document.querySelector('#potential-readout').dataset.cell);
    const onGraph = await lit(page);
    const plane = await page.evaluate(async ([u, v]) => {
      const { top } = await import(new URL(published('js/potential/cells.js'), document.baseURI).href);
      const { Engine } = await import(new URL(published('js/engine.js'), document.baseURI).href);
      const engine = await Engine.load();
      const frame = await engine.open('preset=random&count=60');
      engine.close();
      return top(frame, 0.5 + u, 0.5 + v);
    }, [dx, dy]);
    assert.equal(onGraph, plane, 'the facet over the cell');
    seen.add(onGraph);
  }
  assert.equal(seen.size, 3);

  // A click keeps it, in the link too; the dual's vertices can be clicked.
  await page.mouse.down();
  await page.mouse.up();
  const kept = await lit(page);
  await page.waitForFunction((n) => new RegExp(`site=${n}(&|$)`).test(location.hash), kept);
  await page.mouse.move(x, 5);
  await lights(page, kept);

  // Turned by pointer: both solids, by one eye; 0 is the first view.
  await page.click('[data-eye=home]');
  await page.waitForFunction(() => !/yaw|pitch/.test(location.hash));
  const home = { graph: await still(page, GRAPH), dual: await still(page, DUAL), hash: await hash(page) };
  const [gx, gy] = await middle(page, GRAPH);
  await page.mouse.move(gx, gy);
  await page.mouse.down();
  await page.mouse.move(gx + 80, gy - 30, { steps: 5 });
  await changed(page, GRAPH, home.graph);
  await changed(page, DUAL, home.dual);
  await page.mouse.up();
  await newHash(page, home.hash);
  assert.match(await hash(page), /yaw=\d+/);
  assert.match(await hash(page), new RegExp(`site=${kept}`), 'a turn chooses nothing');
  await page.locator('#potential-keys-graph').focus();
  await page.mouse.move(x, 5);
  await page.keyboard.press('0');
  await page.waitForFunction(() => !/yaw|pitch/.test(location.hash));
  assert.equal(await still(page, GRAPH), home.graph, 'the same eye sees the same picture');

  // Without the projection the solids stand on an outline; without the singular set there is no ridge.
  await page.click('#potential-show label:has([name=project])');
  await page.waitForFunction(() => /project=0/.test(location.hash));
  assert.notEqual(await still(page, GRAPH), home.graph);
  await page.click('#potential-show label:has([name=project])');
  await page.waitForFunction(() => !/project/.test(location.hash));

  // A point is dragged: everything follows while it is held, and undo takes it back.
  const site = await page.locator('#scene-potential [data-site="0"]').boundingBox();
  const held = await picture(page, GRAPH);
  const serial = await page.locator('#scene-potential').getAttribute('data-serial');
  await page.mouse.move(site.x + site.width / 2, site.y + site.height / 2);
  await page.mouse.down();
  await page.mouse.move(site.x + site.width / 2 + 40, site.y + site.height / 2 + 25, { steps: 5 });
  await page.waitForFunction((old) => document.querySelector('#scene-potential').dataset.serial !== old, serial);
  await changed(page, GRAPH, held);
  await page.mouse.up();
  await page.waitForFunction(() => !document.querySelector('#potential-undo').disabled);
  await page.click('#potential-undo');
  await page.waitForFunction(() => document.querySelector('#potential-undo').disabled);
}
