import assert from 'node:assert/strict';

export const name = 'page: where the solver does not load, it says so, and nothing else breaks';

export default async function ({ page, base, problems }) {
  await page.route('**/*.wasm', (route) => route.abort());
  await page.goto(base);
  await page.locator('#retry').waitFor({ state: 'visible' });
  assert.match(await page.locator('#veil-text').textContent(), /could not be loaded.*reload/i);

  // What needs the solver rests, by pointer and by keyboard; the rest of the page works.
  const resting = await page.evaluate(() => ['#presets', '#views', '#play', '#run-experiment', '[data-export=plan]'].every((part) => document.querySelector(part).closest('[inert]')));
  assert.ok(resting);
  await page.mouse.dblclick(400, 400);
  await page.click('#open-cite');
  await page.locator('#cite-dialog').waitFor();
  await page.keyboard.press('Escape');

  // Points that are brought all the same are not lost.
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['0.1,0.2\n0.3,0.4\n'], 'mine.csv', { type: 'text/csv' }));
    return transfer;
  });
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await page.locator('#import-error').waitFor({ state: 'visible' });
  assert.match(await page.locator('#import-error').textContent(), /not loaded.*reload the page/);
  assert.equal(await page.locator('#import-text').inputValue(), '0.1,0.2\n0.3,0.4\n');

  // The network comes back: one press, and the page is whole.
  await page.unroute('**/*.wasm');
  await page.keyboard.press('Escape');
  await page.click('#retry');
  await page.waitForSelector('html[data-ready]');
  assert.equal(await page.evaluate(() => document.querySelector('.side').inert), false);
  // The request that this case refused is the one complaint.
  const own = problems.filter((line) => /\.wasm|ERR_FAILED|Failed to fetch/.test(line));
  problems.splice(0, problems.length, ...problems.filter((line) => !own.includes(line)));
}
