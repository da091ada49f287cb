import assert from 'node:assert/strict';
import { drawn, open, says } from './faces-scene-lib.mjs';

export const name = 'faces: digits take the place of faces, and 2,500 of them are labelled; the labelling can be ended';

export default async function ({ page, base }) {
  await open(page, base);
  await drawn(page);
  assert.ok(!(await page.locator('#faces-tab-classes').isVisible()), 'faces have no classes');
  await page.selectOption('#faces-set', 'digits');
  await page.waitForFunction(() => document.querySelector('#faces-grid').dataset.made?.includes('digits'));
  await says(page, '#faces-terms', 'Trained on MNIST');
  await page.click('#faces-tab-classes');
  await page.waitForFunction(() => /set=digits/.test(location.hash) && /part=classes/.test(location.hash));
  await says(page, '#faces-label-note', 'training codes');

  await page.click('#faces-label');
  await says(page, '#faces-label-status', '^AE-OT: [\\d,]+ of 2,500$');
  await page.click('#faces-label-cancel');
  await says(page, '#faces-label-status', '^Cancelled\\.$');
  await page.click('#faces-label');
  await page.waitForSelector('#faces-label-rows[data-done]');
  const row = (map) => page.locator(`#faces-label-rows tr[data-map=${map}] td`).allTextContents();
  const [captured, kl, perfect] = await row('transport');
  assert.equal(captured, '10 of 10');
  assert.match(kl, /^0\.\d{4}$/);
  assert.match(perfect, /^0\.\d{4} \(0\.\d{4} to 0\.\d{4}\)$/);
  assert.match((await row('gaussian'))[0], /^\d+ of 10$/);
}
