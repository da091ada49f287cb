import assert from 'node:assert/strict';
import { another, changed, choose, number, open, shown, state, still } from './potential-heights-lib.mjs';

export const name = 'potential: bars are dragged to the target, and every move has a key';
export const options = { viewport: { width: 1440, height: 900 } };

const text = (page) => page.locator('#ht-knob').getAttribute('aria-valuetext');
const ratio = async (page) => (await number(page, 'cell')) / (await number(page, 'target'));

export default async function ({ page, base }) {
  await open(page, base);
  await choose(page, 0);
  const start = await ratio(page);
  assert.ok(start < 0.9, 'a corner cell is too small at the start');

  // The top of the bar follows the pointer: to the line where the cell has its mass.
  const canvas = await page.locator('[data-strip=ratio] canvas').boundingBox();
  const knob = await page.locator('#ht-knob').boundingBox();
  const [top, foot] = [canvas.y + 6, canvas.y + canvas.height - 17];
  const y = (r) => foot - ((foot - top) * r) / (1 + r);
  const x = knob.x + knob.width / 2;
  let before = await state(page);
  await page.mouse.move(x, y(start));
  await page.mouse.down();
  await page.mouse.move(x, y(1), { steps: 8 });
  await page.waitForFunction(() => {
    const raw = (key) => Number(document.querySelector(`.ht [data-number=${key}]`).dataset.raw);
    return Math.abs(raw('cell') / raw('target') - 1) < 0.02;
  });
  await page.mouse.up();
  before = await another(page, before);
  assert.match(before, /^hand \[\[0,/);

  // Down it goes by the pointer as well, below where it was.
  await page.mouse.move(x, y(1));
  await page.mouse.down();
  await page.mouse.move(x, y(0.3), { steps: 8 });
  await page.waitForFunction(() => {
    const raw = (key) => Number(document.querySelector(`.ht [data-number=${key}]`).dataset.raw);
    return Math.abs(raw('cell') / raw('target') - 0.3) < 0.02;
  });
  await page.mouse.up();
  before = await another(page, before);

  // Enter fills the cell exactly.
  await page.focus('#ht-knob');
  await page.keyboard.press('Enter');
  before = await another(page, before);
  assert.ok(Math.abs((await ratio(page)) - 1) < 1e-4, `full: ${await ratio(page)}`);

  // Up and down by keys: what is said is what is shown, and one press is one move.
  const moves = await number(page, 'moves');
  const cell = await number(page, 'cell');
  await page.keyboard.down('Shift');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.up('Shift');
  before = await another(page, before);
  assert.ok((await number(page, 'cell')) > cell);
  await page.waitForFunction((n) => Number(document.querySelector('.ht [data-number=moves]').dataset.raw) === n, moves + 1);
  assert.match(await text(page), /^Plane 1 of 25: its cell has 1\.\d+ of its mass, moved by \+/);
  await page.waitForFunction(() => /^Plane 1 of 25: its cell has/.test(document.querySelector('#potential-live').textContent));
  await page.keyboard.press('ArrowDown');
  before = await another(page, before);

  // Back to where it began.
  await page.keyboard.press('Backspace');
  await shown(page, 'hand []');
  assert.equal(await ratio(page), start);
  assert.match(await text(page), /not moved$/);

  // The slider and its buttons move the chosen plane too.
  const at = await number(page, 'height');
  await page.focus('#ht-slider');
  await page.keyboard.press('ArrowRight');
  before = await another(page, 'hand []');
  assert.ok((await number(page, 'height')) > at);
  await page.click('#ht-lower');
  before = await another(page, before);
  await page.click('#ht-reset');
  await shown(page, 'hand []');
  assert.equal(await number(page, 'moves'), 0);

  // A plane pushed under all others: its cell is empty, in words, in the bars and in the link.
  await page.focus('#ht-knob');
  for (let k = 0; k < 12; k += 1) await page.keyboard.press('PageDown');
  await page.waitForFunction(() => document.querySelector('.ht [data-number=empty]').dataset.raw === '1');
  await page.waitForFunction(() => /^Plane 1 is nowhere on top/.test(document.querySelector('#ht-told').textContent));
  assert.equal(await number(page, 'cell'), 0);
  assert.equal(await number(page, 'residual'), 1);
  before = await state(page);
  // Raised from there it comes back: Enter finds it though nothing has a slope.
  await page.keyboard.press('Enter');
  await another(page, before);
  assert.ok(Math.abs((await ratio(page)) - 1) < 1e-4);

  // No more planes than a link carries.
  await page.goto(`${base}#scene=potential&part=heights&preset=random&count=40&hand=${Array.from({ length: 32 }, (_, k) => `${k}:1e-4`).join(',')}`);
  await page.waitForFunction(() => document.querySelector('.ht')?.dataset.shown.includes('[31,0.0001]'));
  await choose(page, 35);
  const picture = await still(page);
  await page.keyboard.press('ArrowUp');
  await page.waitForFunction(() => /^32 planes are moved/.test(document.querySelector('#ht-told').textContent));
  assert.ok((await still(page)) === picture, 'and nothing moves');
  // One of them moves on.
  await choose(page, 31);
  const height = await number(page, 'height');
  await page.keyboard.press('PageUp');
  await changed(page, 'height', height);
  assert.ok((await number(page, 'height')) > height);
}
