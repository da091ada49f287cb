import assert from 'node:assert/strict';
import { changed, newHash, open, solved, still } from './space-lib.mjs';

export const name = 'space: own points, letters and the lathe';

export default async function ({ page, base, context }) {
  await open(page, base);
  let before = await still(page);
  await page.click('#space-own');
  const points = Array.from({ length: 80 }, (_, k) => `${k % 5},${Math.floor(k / 5) % 4},${Math.floor(k / 20)},${1 + (k % 2)}`);
  await page.fill('#space-import-text', `x,y,z,mass\n${points.slice(0, 40).join('\n')}\n1,2,three,1`);
  await page.click('#space-import-use');
  await page.locator('#space-import-error').waitFor({ state: 'visible' });
  assert.equal(await page.locator('#space-import-error').getAttribute('data-line'), '42');
  assert.match(await page.locator('#space-import-error').textContent(), /Line 42, column 3: “three” is not a number/);
  assert.match(await page.locator('#space-import-text').inputValue(), /three/, 'the text stays');
  await page.fill('#space-import-text', `x,y,z,mass\n${points.join('\n')}`);
  await page.click('#space-import-use');
  await page.locator('#space-import-dialog').waitFor({ state: 'hidden' });
  await solved(page);
  await changed(page, before);
  assert.equal(await page.locator('#space-count-out').textContent(), '80');
  assert.match(await page.locator('#space-becomes').textContent(), /becomes your points/);

  // The link carries them.
  await page.waitForFunction(() => /points=.*depths=/.test(location.hash));
  const other = await context.newPage();
  await other.goto(page.url());
  await other.waitForSelector('html[data-space-ready]');
  assert.equal(await other.locator('#space-count-out').textContent(), '80');
  await other.close();

  // Pasted beside any field, they go into the dialog too.
  await page.evaluate(() => {
    document.querySelector('#space-keys').focus();
    const data = new DataTransfer();
    data.setData('text/plain', '0 0 0\n1 0 0\n0 1 0\n0 0 1 9 9');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
  });
  await page.locator('#space-import-error').waitFor({ state: 'visible' });
  assert.equal(await page.locator('#space-import-error').getAttribute('data-line'), '4');
  await page.keyboard.press('Escape');

  // Letters that do not exist are named beside their field; the scene stays.
  await page.click('[data-shape=letters]');
  await solved(page);
  await page.fill('#space-text', 'A%');
  await page.keyboard.press('Enter');
  await page.locator('#space-error').waitFor({ state: 'visible' });
  assert.match(await page.locator('#space-error').textContent(), /no letter “%”/);

  // A profile drawn by a real hand is revolved.
  await page.click('[data-shape=lathe]');
  await solved(page);
  before = await page.evaluate(() => location.hash);
  const box = await page.locator('#space-lathe').boundingBox();
  await page.mouse.move(box.x + 0.9 * box.width, box.y + 0.2 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.8 * box.height, { steps: 8 });
  await page.mouse.up();
  await newHash(page, before);
  await page.waitForFunction(() => /profile=/.test(location.hash));
  await page.locator('#space-lathe').focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowRight');
  assert.match(await page.locator('#space-lathe').getAttribute('aria-valuetext'), /^Height \d+ of 24, radius \d+ percent$/);
  await solved(page);
}
