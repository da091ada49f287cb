import assert from 'node:assert/strict';
import { changed, FIGURE, newHash, open, slide, still } from './space-lib.mjs';

export const name = 'space: turns by pointer, wheel and keys, and travels with t';
export const options = { viewport: { width: 1280, height: 860 }, reducedMotion: 'reduce' };

const hash = (page) => page.evaluate(() => location.hash);

export default async function ({ page, base }) {
  await open(page, base);
  const start = { picture: await still(page), hash: await hash(page) };
  const box = await page.locator(FIGURE).boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 90, y + 30, { steps: 6 });
  await changed(page, start.picture);
  await page.mouse.up();
  await newHash(page, start.hash);
  assert.match(await hash(page), /yaw=-?\d+/);
  assert.match(await hash(page), /pitch=/);

  let before = { picture: await still(page), hash: await hash(page) };
  await page.mouse.wheel(0, -240);
  await changed(page, before.picture);
  await newHash(page, before.hash);
  assert.match(await hash(page), /zoom=1\.\d/);

  // By keys alone, and 0 is the first view again.
  await page.locator('#space-keys').focus();
  before = { picture: await still(page) };
  await page.keyboard.press('Shift+ArrowLeft');
  await changed(page, before.picture);
  assert.match(await page.locator('#space-live').textContent(), /^Seen \d+ degrees to the (left|right), \d+ degrees above, magnified 1\.\d+ times\.$/);
  await page.keyboard.press('0');
  await page.waitForFunction(() => !/yaw|zoom/.test(location.hash));
  assert.equal(await still(page), start.picture, 'the same eye sees the same picture');

  // Samples travel: at t = 1 each stands on its site, and much of the ball is empty.
  await slide(page, '#space-t', 1);
  await changed(page, start.picture);
  await page.waitForFunction(() => /[#&]t=1(&|$)/.test(location.hash));
  const ink = () => page.locator(FIGURE).evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let n = 0;
    for (let k = 3; k < data.length; k += 4) n += data[k] === 255;
    return n;
  });
  await still(page);
  const arrived = await ink();
  await slide(page, '#space-t', 0);
  await still(page);
  assert.ok(arrived < 0.5 * (await ink()), 'the points of the rabbit cover less than the ball');
  await page.click('#space-play');
  await page.waitForFunction(() => document.querySelector('#space-t').value === '1' && document.querySelector('#space-play').getAttribute('aria-pressed') === 'false');

  // Cut open, and only the singular set.
  await slide(page, '#space-t', 0);
  const whole = await still(page);
  await slide(page, '#space-cut', 0.5);
  await changed(page, whole);
  await slide(page, '#space-cut', 0);
  await page.click('#space-views label:has([name=tear])');
  await page.waitForFunction(() => /% of the samples are near it/.test(document.querySelector('#space-tear-note').textContent));
  await changed(page, whole);
}
