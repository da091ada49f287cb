import assert from 'node:assert/strict';
import { open, points } from './page-lib.mjs';

export const name = 'page: drop or paste anywhere';

export default async function ({ page, base }) {
  await open(page, base);
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['[[0.1,0.2],[0.7,0.3],[0.4,0.8],[0.9,0.9]]'], 'points.json', { type: 'application/json' }));
    return transfer;
  });
  await page.dispatchEvent('footer', 'dragenter', { dataTransfer: data });
  assert.equal(await page.locator('#drop').isVisible(), true);
  await page.dispatchEvent('footer', 'drop', { dataTransfer: data });
  await points(page, 4);
  assert.equal(await page.locator('#drop').isVisible(), false);

  // Rows of numbers pasted outside any field are points too.
  await page.evaluate(() => {
    document.activeElement.blur();
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', '0.1\t0.2\n0.7\t0.3\n0.4\t0.8');
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await points(page, 3);

  // A file dropped on the experiment is a generator's samples: here at two of the three points,
  // which are the modes of the closer look too.
  await page.click('.scenes a[href="#scene-coverage"]');
  await page.click('#run-experiment');
  await page.locator('#scores tr[data-row="AE-OT"]').waitFor();
  const samples = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['0.1,0.2\n0.7,0.3\n4,4\n'], 'gan.csv', { type: 'text/csv' }));
    return transfer;
  });
  await page.dispatchEvent('#scores', 'drop', { dataTransfer: samples });
  await page.locator('#scores tr[data-row="gan.csv"]').waitFor();
  assert.match(await page.locator('#scores tr[data-row="gan.csv"] [data-score=modes] .value').textContent(), /^2 of 3/);
}
