import assert from 'node:assert/strict';
import { another, bars, changed, colours, masses, number, open, place, state, still } from './potential-heights-lib.mjs';

export const name = 'potential: a real pointer lifts a plane, and its neighbours lose what its cell gains';
export const variants = [{ viewport: { width: 1440, height: 900 } }, { viewport: { width: 1280, height: 800 }, colorScheme: 'dark' }];

/** The centre of the grid of 25, and the four beside it. */
const MIDDLE = 12;
const BESIDE = [7, 11, 13, 17];

export default async function ({ page, base, context }) {
  await open(page, base);
  assert.ok((await colours(page, '#ht-cells')) > 8, 'the cells are not blank');
  assert.ok((await colours(page, '#ht-solid')) > 8, 'the graph is not blank');
  const before = await masses(page, 25);
  assert.ok(Math.abs(before.reduce((a, b) => a + b, 0) - 1) < 1e-12, 'the cells share the whole mass');
  const high = await bars(page, 25);
  const first = { picture: await still(page), shown: await state(page), energy: await number(page, 'energy'), residual: await number(page, 'residual') };
  const box = await page.locator('#ht-cells').boundingBox();

  const from = await place(page, [0.5, 0.5]);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  assert.equal(await page.locator('#ht-plane-name').textContent(), 'Plane 13 of 25');
  await page.waitForFunction((mass) => Number(document.querySelector('.ht [data-number=cell]').dataset.raw) === mass, before[MIDDLE]);
  await page.mouse.move(from.x, from.y - 12, { steps: 6 });
  // Numbers and pictures follow while the button is still down; nothing else moves.
  await changed(page, 'cell', before[MIDDLE]);
  assert.ok((await number(page, 'cell')) > before[MIDDLE]);
  assert.deepEqual(await page.locator('#ht-cells').boundingBox(), box);
  await page.mouse.up();
  const moved = await another(page, first.shown);
  assert.match(moved, /^hand \[\[12,[\d.e-]+\]\]$/);
  assert.ok((await still(page)) !== first.picture);

  const grown = await bars(page, 25);
  assert.ok(grown[MIDDLE] > high[MIDDLE] + 4, `the bar grows: ${high[MIDDLE]} ${grown[MIDDLE]}`);
  for (const i of BESIDE) assert.ok(grown[i] < high[i] - 1, `bar ${i} shrinks: ${high[i]} ${grown[i]}`);
  for (const i of [0, 4, 20, 24]) assert.equal(grown[i], high[i], 'far away nothing happens');
  const after = await masses(page, 25);
  assert.ok(Math.abs(after.reduce((a, b) => a + b, 0) - 1) < 1e-12, 'mass is only moved');
  for (const i of BESIDE) assert.ok(after[i] < before[i]);
  // A plane that rises takes from every cell that it comes to border, and gives to none.
  after.forEach((mass, i) => assert.ok(i === MIDDLE || mass <= before[i] + 1e-14, `cell ${i} gains nothing`));

  // One move is one try: its energy is told beside that of the start.
  assert.equal(await number(page, 'moves'), 1);
  const rises = (await number(page, 'energy')) > first.energy;
  assert.equal(await page.locator('.ht [data-number=above]').getAttribute('data-change'), rises ? 'rises' : 'falls');
  assert.equal(await number(page, 'best'), Math.min(first.residual, await number(page, 'residual')));

  // The link of a move is the move.
  await page.waitForFunction(() => /[#&]hand=12:/.test(location.hash));
  const link = await page.evaluate(() => location.href);
  const picture = await still(page);
  const other = await context.newPage();
  await other.goto(link);
  await other.waitForSelector('.ht[data-shown]');
  assert.equal(await state(other), moved);
  assert.equal(await number(other, 'energy'), await number(page, 'energy'));
  await other.focus('#ht-knob');
  assert.equal(await number(other, 'moves'), 1, 'the tries are made again');
  await other.close();

  await page.click('#ht-undo');
  await another(page, moved);
  assert.equal(await state(page), first.shown);
  assert.equal(await number(page, 'energy'), first.energy);
  assert.ok((await still(page)) !== picture);
  assert.ok(await page.locator('#ht-undo').isDisabled());
}
