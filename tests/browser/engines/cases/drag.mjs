import assert from 'node:assert/strict';
import { certificate, colours, open, site, solved, value } from './lib.mjs';

export const name = 'a site is dragged by pointer, by touch and by keyboard, and the numbers are those of Chromium';

const changes = (tab, before) => tab.until((w) => Number(document.querySelector('#certificate [data-value=w2Upper]').dataset.raw) !== w, before);
const newHash = (tab, before) => tab.until((old) => location.hash !== old && location.hash, before);
const apart = (a, b) => Math.hypot(a.x - b.x, a.y - b.y);

/** Drags a site and returns the link of the new scene. */
async function drag(tab, k, kind) {
  const before = { hash: await tab.run(() => location.hash), upper: await value(tab, 'w2Upper') };
  await tab.middle(`[data-site="${k}"]`);
  const from = await site(tab, k);
  const to = { x: Math.round(from.x + 40), y: Math.round(from.y + 25) };
  // Cells and certificate follow while the pointer is still down.
  await tab.drag(from, to, { kind, held: () => changes(tab, before.upper) });
  const hash = await newHash(tab, before.hash);
  await solved(tab, 25);
  const after = await site(tab, k);
  assert.ok(apart(after, to) < 3, `${kind}: the site is where it was let go: ${JSON.stringify({ from, to, after })}`);
  assert.ok((await value(tab, 'residual')) < 1e-9);
  return hash;
}

export default async function ({ tab, url, engine, chromium }) {
  await tab.size(1280, 800);
  await open(tab, url, '#preset=centres');
  await solved(tab, 25);
  const start = await site(tab, 7);
  const hash = await drag(tab, 7, 'mouse');
  assert.ok((await colours(tab)) > 8);

  // One drag is one step.
  await tab.click('#undo');
  await tab.until(([x, y]) => {
    const box = document.querySelector('[data-site="7"]').getBoundingClientRect();
    return Math.hypot(box.x + box.width / 2 - x, box.y + box.height / 2 - y) < 1;
  }, [start.x, start.y]);

  const links = [hash];
  if (engine.touch) links.push(await drag(tab, 12, 'touch'));

  // By keys alone: three large steps to the right, told in words.
  const old = await tab.run(() => location.hash);
  await tab.run(() => { document.querySelector('[data-site="0"]').focus(); });
  const before = await site(tab, 0);
  await tab.press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
  links.push(await newHash(tab, old));
  await tab.until((x) => document.querySelector('[data-site="0"]').getBoundingClientRect().x - x > 20, before.x - 12);
  assert.match(await tab.text('#live'), /^Point 1 at x .* Its cell keeps .* % of the area\.$/);
  await tab.press('+');
  await tab.until(() => /of the mass/.test(document.querySelector('#live').textContent));

  // The links, opened anew here and there, give the same certificate to the last bit.
  for (const link of links) {
    const read = async (other, base) => {
      await open(other, base, link);
      await solved(other, 25);
      return certificate(other);
    };
    assert.deepEqual(await read(tab, url), await chromium(`drag ${link}`, read), link);
  }
}
