import assert from 'node:assert/strict';
import { open, points, value } from './page-lib.mjs';

export const name = 'page: paste a CSV, then a bad one';

export default async function ({ page, base }) {
  await open(page, base);
  await page.click('#open-import');
  await page.fill('#import-text', 'x,y,mass\n0.2,0.2,1\n0.8,0.25,1\n0.5,0.75,2\n');
  await page.click('#import-use');
  await points(page, 3);
  assert.equal(await page.locator('#import-dialog').evaluate((d) => d.open), false);
  assert.ok((await value(page, 'residual')) < 1e-9);
  await page.locator('[data-site="2"]').evaluate((b) => b.focus());
  assert.equal(await page.locator('#mass-out').textContent(), '50.00 %');

  const text = 'x,y\n0.1,0.1\n0.2,0.9\n0.4,zwölf\n0.9,0.9\n';
  await page.click('#open-import');
  await page.fill('#import-text', text);
  await page.click('#import-use');
  const error = page.locator('#import-error');
  await error.waitFor({ state: 'visible' });
  assert.match(await error.textContent(), /\b4\b/, 'names the line');
  assert.equal(await error.getAttribute('data-line'), '4');
  assert.equal(await page.locator('#import-text').inputValue(), text, 'the text stays');
  assert.equal(await page.locator('#import-dialog').evaluate((d) => d.open), true);
  const chosen = await page.locator('#import-text').evaluate((t) => t.value.slice(t.selectionStart, t.selectionEnd));
  assert.equal(chosen, '0.4,zwölf', 'the line is selected');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#count-out').textContent(), '3', 'the points stay');
}
