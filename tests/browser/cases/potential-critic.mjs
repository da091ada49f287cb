import assert from 'node:assert/strict';
import { colours, picture } from './page-lib.mjs';

export const name = 'potential: generator and critic say the same, as fields, as graphs and in numbers';
export const variants = [
  { viewport: { width: 1440, height: 900 } },
  { viewport: { width: 1440, height: 900 }, subpath: true, colorScheme: 'dark' },
];

const value = (page, key) => page.locator(`#potential-part-critic [data-value=${key}]`).evaluate((e) => JSON.parse(`[${e.dataset.raw}]`));
const canvas = (which, kind) => `[data-testid=critic-${which}-${kind}]`;

/** Waits until a canvas has been drawn in more than one colour. */
const drawn = (page, selector) => page.waitForFunction((s) => {
  const { width, height } = document.querySelector(s);
  const { data } = document.querySelector(s).getContext('2d').getImageData(0, 0, width, height);
  const seen = new Set();
  for (let k = 0; k < data.length; k += 148) seen.add(`${data[k]},${data[k + 1]},${data[k + 2]}`);
  return seen.size > 20;
}, selector);

export default async function ({ page, base, look }) {
  await page.goto(`${base}#scene=potential&part=critic&preset=centres`);
  await page.locator('#critic-agree[data-raw]').waitFor();
  for (const which of ['u', 'phi']) await drawn(page, canvas(which, 'field'));

  // The centres of the grid on a square: each cell is a square of side 2, W₂² = 2 · 2²/12.
  const [[generator], [critic], [lower], [upper]] = await Promise.all(['generator', 'critic', 'lower', 'upper'].map((key) => value(page, key)));
  assert.ok(Math.abs(generator - 2 / 3) < 1e-9, `${generator}`);
  assert.ok(Math.abs(critic - generator) < 1e-10, `${critic} and ${generator}`);
  assert.ok(lower <= critic + 1e-12 && critic <= upper && upper - lower < 1e-4, `${lower} to ${upper}`);
  assert.equal(await page.locator('[data-value=critic]').textContent(), await page.locator('[data-value=generator]').textContent(), 'both show the same digits');

  // Under the pointer: x, both functions there, and the closed form between them.
  const box = await page.locator(canvas('u', 'field')).boundingBox();
  await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.7 * box.height);
  await page.waitForFunction(() => document.querySelector('[data-value=x]').dataset.raw.startsWith('-'));
  const [x, [u], [half], [phi], grad, map] = await Promise.all(['x', 'u', 'half', 'phi', 'grad', 'map'].map((key) => value(page, key)));
  assert.ok(Math.abs(half - (x[0] ** 2 + x[1] ** 2) / 2) < 1e-12 && Math.abs(phi - (half - u)) < 1e-12);
  // On the grid of centres the map rounds to the nearest even place.
  assert.deepEqual(grad, x.map((v) => 2 * Math.round(v / 2)));
  assert.ok(map.every((v, k) => Math.abs(v - grad[k]) < 1e-12), 'x − ∇φ is ∇u');
  // u is the plane of that site: h is the same for all 25 by symmetry of the cells, −|y|²/2 up to a constant.
  const constant = u - (x[0] * grad[0] + x[1] * grad[1]) + (grad[0] ** 2 + grad[1] ** 2) / 2;

  // The same point by keys: right by a fine step, and the plane's constant stays.
  const keys = page.locator('[data-which=u] [data-kind=field] .crit-keys');
  await keys.focus();
  await keys.press('Shift+ArrowUp');
  const [x2, [u2], grad2] = await Promise.all(['x', 'u', 'grad'].map((key) => value(page, key)));
  assert.ok(x2[1] > x[1] && Math.abs(x2[0] - x[0]) < 1e-12);
  assert.ok(Math.abs(u2 - (x2[0] * grad2[0] + x2[1] * grad2[1]) + (grad2[0] ** 2 + grad2[1] ** 2) / 2 - constant) < 1e-9, 'the graph of u is the envelope of planes of one paraboloid');
  assert.match(await page.locator('#potential-live').textContent(), /the map goes to/);

  // What is switched off is gone, what is switched on is there.
  for (const [box, which] of [['levels', 'phi'], ['walls', 'u'], ['arrows', 'phi']]) {
    const before = await picture(page, canvas(which, 'field'));
    await page.locator(`#critic-views [name=${box}]`).focus();
    await page.keyboard.press('Space');
    await page.waitForFunction(([s, old]) => document.querySelector(s).toDataURL() !== old, [canvas(which, 'field'), before]);
  }

  // Side by side with the graphs, which turn together.
  await page.locator('[name=critic-look][value=both]').check({ force: true });
  for (const which of ['u', 'phi']) await drawn(page, canvas(which, 'graph'));
  assert.ok((await look(page.locator(canvas('phi', 'graph')))).ink > 0.05);
  const turned = await Promise.all(['u', 'phi'].map((which) => picture(page, canvas(which, 'graph'))));
  await page.locator('[data-which=phi] [data-kind=graph] .crit-keys').focus();
  await page.keyboard.press('ArrowLeft');
  for (const [k, which] of ['u', 'phi'].entries()) await page.waitForFunction(([s, old]) => document.querySelector(s).toDataURL() !== old, [canvas(which, 'graph'), turned[k]]);
  await page.waitForFunction(() => /look=both/.test(location.hash) && /yaw=/.test(location.hash));

  // The link brings it back, and the chosen cell is where it is read.
  await page.locator(canvas('u', 'field')).click({ position: { x: 0.9 * box.width, y: 0.5 * box.height } });
  await page.waitForFunction(() => /site=/.test(location.hash));
  const site = Number(/site=(\d+)/.exec(await page.evaluate(() => location.hash))[1]);
  await page.reload();
  await page.locator('#critic-agree[data-raw]').waitFor();
  await page.waitForFunction((n) => document.querySelector('#critic-where').textContent === `in cell ${n}`, site + 1);
  assert.ok(await page.locator(canvas('phi', 'graph')).isVisible());
  assert.ok(await colours(page, canvas('u', 'field')) > 20);

  // Another scene: both follow.
  await page.selectOption('#potential-target', 'ring');
  await page.waitForFunction((old) => document.querySelector('[data-value=generator]').dataset.raw !== old, String(generator));
  const [[g2], [c2]] = await Promise.all(['generator', 'critic'].map((key) => value(page, key)));
  assert.ok(Math.abs(g2 - c2) < 1e-7 * g2, `${g2} and ${c2}`);
}
