import assert from 'node:assert/strict';
import { open, pixels, says, slide } from './faces-scene-lib.mjs';

export const name = 'faces: a line between two pictures, and one that is found to cross the singular set';

const FILM = '#faces-strip-live canvas';
const made = (page, old = null) => page.waitForFunction((before) => {
  const { made: now } = document.querySelector('#faces-strip-live')?.dataset ?? {};
  return now && now !== before && now;
}, old).then((handle) => handle.jsonValue());
const torn = (page) => page.locator('#faces-crossings').getAttribute('data-torn').then(Number);

export default async function ({ page, base }) {
  await open(page, base, '&part=line');
  const first = await made(page);
  assert.equal(await page.locator('#faces-shelf .faces-tile, #faces-line-shelf .faces-tile').count(), 12);
  const before = await pixels(page, FILM);
  assert.notEqual(before[0], before.at(-1));
  // The ends are the two that were chosen.
  assert.equal(before[0], (await pixels(page, '#faces-line-shelf .faces-tile[data-k="0"] canvas'))[0]);
  assert.equal(before.at(-1), (await pixels(page, '#faces-line-shelf .faces-tile[data-k="1"] canvas'))[0]);
  await page.click('#faces-line-shelf .faces-tile[data-k="5"]');
  const second = await made(page, first);
  assert.equal((await pixels(page, FILM))[0], (await pixels(page, '#faces-line-shelf .faces-tile[data-k="5"] canvas'))[0]);
  await page.waitForFunction(() => /line=5\.1/.test(location.hash));

  await page.click('#faces-find');
  await made(page, second);
  assert.equal(await torn(page), 1, 'it crosses the singular set once');
  await says(page, '#faces-live', 'A crossing at t = 0\\.\\d\\d: the map jumps by ');
  assert.equal(await page.locator('#faces-plot path.torn-mark').count(), 2);
  // Walked by keys, the tear is said as it is passed.
  await slide(page, '#faces-t', 0);
  await page.click('#faces-next-crossing');
  await says(page, '#faces-live', '^Crossed the singular set: the map jumps by ');
  await says(page, '#faces-line-card h3', '^At t = 0\\.\\d\\d$');
  const t = Number(await page.locator('#faces-t').inputValue());
  await page.focus('#faces-t');
  await page.keyboard.press('ArrowRight');
  assert.equal(Number(await page.locator('#faces-t').inputValue()), t + 1);

  // A threshold above every jump tears nothing; the link keeps it.
  const found = await page.locator('#faces-strip-live').getAttribute('data-made');
  await page.selectOption('#faces-map', 'continuous');
  await made(page, found);
  await page.waitForFunction(() => /crossing=1/.test(location.hash) && /map=continuous/.test(location.hash));
  await page.reload();
  await page.waitForSelector('html[data-faces-ready=ready]');
  await made(page);
  assert.equal(await page.locator('#faces-map').inputValue(), 'continuous');

  // Play walks to the end and rests there.
  await slide(page, '#faces-t', 215);
  await page.click('#faces-walk');
  await page.waitForFunction(() => document.querySelector('#faces-t').value === '220' && document.querySelector('#faces-walk').getAttribute('aria-pressed') === 'false');
}
