import assert from 'node:assert/strict';
import { open, points, site } from './page-lib.mjs';

export const name = 'page: points too many for a link survive a reload';

export default async function ({ page, base }) {
  await open(page, base);
  let state = 12345;
  const random = () => {
    state = (1103515245 * state + 12345) % 2147483648;
    return state / 2147483648;
  };
  const text = Array.from({ length: 9000 }, () => `${random()},${random()}`).join('\n');
  await page.click('#open-import');
  await page.locator('#import-text').evaluate((area, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
  await page.click('#import-use');
  await points(page, 9000);
  await page.waitForFunction(() => localStorage.getItem('brenier.points') !== null);
  const before = await site(page, 17);
  await page.click('#open-share');
  await page.locator('#share-dialog').waitFor();
  assert.equal(await page.locator('#share-note').isVisible(), true, 'the link says what it leaves out');
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  await points(page, 9000);
  assert.deepEqual(await site(page, 17), before);
}
