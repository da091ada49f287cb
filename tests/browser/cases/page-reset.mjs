import assert from 'node:assert/strict';
import { newHash, open, points, site } from './page-lib.mjs';

export const name = 'page: a preset chosen once more is as it was; sliders find what presets start with';

export default async function ({ page, base }) {
  await open(page, base, '#preset=centres');
  await points(page, 25);
  const before = await site(page, 12);
  const hash = await page.evaluate(() => location.hash);
  await page.mouse.move(before.x, before.y);
  await page.mouse.down();
  await page.mouse.move(before.x + 60, before.y + 30, { steps: 4 });
  await page.mouse.up();
  await newHash(page, hash);
  assert.ok((await site(page, 12)).x > before.x + 50);
  await page.click('[data-preset=centres]');
  await page.waitForFunction((h) => location.hash === h, hash);
  assert.deepEqual(await site(page, 12), before);
  await page.click('#undo');
  await page.waitForFunction((h) => location.hash !== h, hash);
  assert.ok((await site(page, 12)).x > before.x + 50, 'and that can be undone');

  const values = await page.evaluate(async () => {
    const { logScale, nice } = await import(`./${published('js/ui/scale.js')}`);
    return [logScale(1, 20000, nice), logScale(25, 5000, nice)].map((s) => Array.from({ length: 1001 }, (_, k) => s.value(k)));
  });
  for (const list of values) {
    for (const wanted of [100, 256, 500, 512, 1000, 2000, 5000]) assert.ok(list.includes(wanted), String(wanted));
    assert.ok(list.every((v, k) => k === 0 || v >= list[k - 1]), 'they never turn back');
  }
}
