import assert from 'node:assert/strict';
import { inflateSync } from 'node:zlib';
import { demo, examples } from './embed-lib.mjs';

export const name = 'embed: the sample deck, driven and printed';
export const options = { viewport: { width: 1280, height: 720 }, webgpu: false };

const TITLES = [/cheapest map/, /One convex function/, /the map tears/, /cannot tear/, /AE-OT/, /draws pictures/];

export default async function ({ page, base, context }) {
  const root = await examples(context, base);
  await page.goto(`${root}deck/index.html`);
  await page.waitForSelector('.reveal.ready');
  const title = () => page.locator('.slides section.present :is(h1, h2)').textContent();
  const at = (k) => page.waitForFunction((n) => document.querySelectorAll('.slides > section')[n].classList.contains('present'), k);
  const shown = (n) => page.waitForFunction((count) => document.querySelectorAll('section.present .fragment.visible').length === count, n);
  assert.match(await title(), TITLES[0]);
  const first = await demo(page, 0);
  const t = (value) => first.waitForFunction((v) => document.querySelector('#t').value === v, value);

  // The clicker: fragments step the scene, and back.
  await page.keyboard.press('ArrowRight');
  await t('0.5');
  await page.keyboard.press('ArrowRight');
  await t('1');
  await page.keyboard.press('ArrowLeft');
  await t('0.5');

  // A demo is played inside; a click on its button leaves the keys to the deck, and one arrow is one move.
  await shown(1);
  await first.locator('#play').click();
  await first.waitForSelector('#play[aria-pressed=true]');
  await first.waitForSelector('#play[aria-pressed=false]');
  await page.keyboard.press('ArrowRight');
  await shown(2);
  assert.match(await title(), TITLES[0]);
  await page.keyboard.press('PageDown');
  await at(1);
  await page.keyboard.press('ArrowLeft');
  await at(0);

  // A handle that has the focus moves, and the deck stays.
  await first.locator('[data-site="0"]').evaluate((handle) => handle.focus());
  const before = await first.locator('[data-site="0"]').getAttribute('aria-label');
  await page.keyboard.press('ArrowRight');
  await first.waitForFunction((old) => document.querySelector('[data-site="0"]').getAttribute('aria-label') !== old, before);
  assert.match(await title(), TITLES[0]);
  // Escape lets go of it: the next arrow is the deck's.
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await at(1);

  // Forward to the end, and back; each slide has its words, and its demo's frame of its own.
  for (let k = 1; k < TITLES.length; k += 1) {
    await at(k);
    assert.match(await title(), TITLES[k]);
    if (k === 1) {
      const second = await demo(page, 1);
      await page.keyboard.press('ArrowRight');
      await second.waitForFunction(() => document.querySelector('#potential-readout')?.dataset.cell === '12');
    }
    if (k < TITLES.length - 1) await page.evaluate((n) => (location.hash = `#/${n}`), k + 1);
  }
  await page.evaluate(() => { location.hash = '#/0'; });
  await at(0);
  await page.evaluate(() => { location.hash = '#/3'; });
  await at(3);

  // Printed: six pages, each with the picture of its demo.
  await page.goto(`${root}deck/index.html?print-pdf`);
  await page.waitForSelector('.pdf-page');
  await page.waitForFunction(() => document.querySelectorAll('.pdf-page').length === 6);
  await page.emulateMedia({ media: 'print' });
  const stills = await page.locator('brenier-demo').evaluateAll((list) => Promise.all(list.map(async (element) => {
    const image = element.querySelector('img');
    await image.decode();
    return { width: image.getBoundingClientRect().width, natural: image.naturalWidth, frame: element.querySelector('iframe').checkVisibility() };
  })));
  assert.equal(stills.length, 6);
  for (const still of stills) assert.ok(still.width > 300 && still.natural > 0 && !still.frame, JSON.stringify(still));
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const text = pdf.toString('latin1');
  assert.equal(text.match(/\/Type\s*\/Page[^s]/g).length, 6, 'pages');
  // Four posters are pixels; the two of the plane are paths, in the colour of the singular set.
  assert.ok(text.match(/\/Subtype\s*\/Image/g).length >= 4, 'pictures');
  assert.ok(streams(pdf).some((drawn) => /\.8353 \.3686 0 RG/.test(drawn)), 'drawn posters');
}

/** The inflated streams of a PDF. */
function streams(pdf) {
  const found = [];
  for (let from = pdf.indexOf('stream\n'); from >= 0; from = pdf.indexOf('stream\n', from + 7)) {
    const end = pdf.indexOf('endstream', from);
    try {
      found.push(inflateSync(pdf.subarray(from + 7, end)).toString('latin1'));
    } catch { /* not compressed this way */ }
  }
  return found;
}
