import assert from 'node:assert/strict';
import { follows, open, pixels, says } from './faces-scene-lib.mjs';
import { colours } from './page-lib.mjs';

export const name = 'faces: in a plane through three pictures the point is moved by keys and by pointer, and the picture follows';

const BIG = '#faces-plane-card .faces-big';
const cell = (page) => page.locator('#faces-keys').getAttribute('data-cell');

export default async function ({ page, base }) {
  await open(page, base, '&part=plane');
  await page.waitForSelector('#faces-plane[data-made]');
  await page.waitForSelector('#faces-keys[data-cell]');
  assert.ok((await colours(page, '#faces-plane')) > 6, 'cells are drawn');
  await says(page, '#faces-plane-words', '^\\d[\\d,]* cells, \\d[\\d,]* of \\d[\\d,]* borders singular\\.$');

  // To the corners by keys: there the picture is the chosen one.
  await page.focus('#faces-keys');
  for (const [key, k] of [['a', 0], ['b', 1], ['c', 2]]) {
    const [before] = await pixels(page, BIG);
    await page.keyboard.press(key);
    await follows(page, BIG, before);
  }
  await page.waitForFunction(() => /x=[\d.]+&y=[\d.]+/.test(location.hash));
  // Steps say the cell that is entered, and whether its border is in the singular set.
  const at = await cell(page);
  for (let k = 0; k < 80 && (await cell(page)) === at; k += 1) {
    await page.keyboard.press(k < 40 ? 'Shift+ArrowDown' : 'Shift+ArrowLeft');
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
  }
  await page.waitForFunction((old) => document.querySelector('#faces-keys').dataset.cell !== old, at);
  await says(page, '#faces-live', '^(Cell [\\d,]+|Crossed the singular set: a jump.*)\\.$');
  await says(page, '#faces-torn', 'Cell|Crossed');

  // By pointer: a drag over the figure carries the point along.
  const box = await page.locator('#faces-box').boundingBox();
  const [before] = await pixels(page, BIG);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.45, { steps: 4 });
  await page.mouse.up();
  await follows(page, BIG, before);

  // Through a tear: the point begins before it, on the way from A to B, and crosses it.
  const first = await page.locator('#faces-plane').getAttribute('data-made');
  await page.click('#faces-tear');
  await page.waitForFunction((last) => document.querySelector('#faces-plane').dataset.made !== last, first);
  await page.waitForFunction(() => /tear=1/.test(location.hash));
  assert.match(await page.locator('#faces-plane-words').textContent(), /, [1-9][\d,]* of [\d,]+ borders singular\.$/);
  await page.focus('#faces-keys');
  for (let k = 0; k < 40 && !(await page.locator('#faces-box[data-torn]').count()); k += 1) {
    const here = await page.locator('#faces-keys').getAttribute('data-at');
    await page.keyboard.press('ArrowRight');
    await page.waitForFunction((old) => document.querySelector('#faces-keys').dataset.at !== old, here);
  }
  await says(page, '#faces-torn', '^▲ Crossed the singular set: a jump of [\\d.]+$');
  await says(page, '#faces-live', '^Crossed the singular set: a jump of [\\d.]+\\.$');

  // Three others.
  const old = await page.locator('#faces-plane').getAttribute('data-made');
  await page.click('#faces-plane-shelf .faces-tile[data-k="9"]');
  await page.waitForFunction((last) => document.querySelector('#faces-plane').dataset.made !== last, old);
  await page.waitForFunction(() => /plane=9\.1\.2/.test(location.hash));
}
