import assert from 'node:assert/strict';
import { drawn, open } from './faces-scene-lib.mjs';

export const name = 'faces: beside the plane on wide screens, with transport or with networks that lose modes; alone on narrow ones';
export const options = { viewport: { width: 1440, height: 900 } };

export default async function ({ page, base }) {
  await open(page, base);
  await drawn(page);
  await page.waitForSelector('html[data-ready]');
  const [plane, faces] = [await page.locator('#figure').boundingBox(), await page.locator('#faces-grid').boundingBox()];
  assert.ok(plane.x + plane.width < faces.x, 'the plane stands on the left');
  // The plane goes on by itself, and the address stays that of the faces.
  await page.click('#presets [role=radio]:nth-child(3)');
  await page.waitForFunction(() => document.querySelector('#presets [role=radio]:nth-child(3)').getAttribute('aria-checked') === 'true');
  assert.equal(new URL(page.url()).hash, '#scene=faces');

  await page.click('[data-scene-beside=coverage]');
  await page.waitForSelector('html[data-coverage-ready]');
  await page.locator('[data-testid=coverage-aeot]').waitFor();
  assert.ok(!(await page.locator('#scene-transport').isVisible()));
  await page.click('#cov-play');
  await page.waitForSelector('#cov-play[aria-pressed=true]');

  // No room: one column, and nothing trains unseen.
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.waitForFunction(() => document.querySelector('#scene-coverage').hidden);
  await page.waitForSelector('#cov-play[aria-pressed=false]', { state: 'attached' });
  assert.ok(!(await page.locator('#scene-transport').isVisible()));
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.waitForFunction(() => !document.querySelector('#scene-coverage').hidden);

  await page.click('.scenes a[href="#scene-transport"]');
  await page.waitForFunction(() => document.querySelector('#scene-faces').hidden && !document.documentElement.dataset.scene);
  assert.ok(await page.locator('#scene-transport').isVisible());
  await page.waitForFunction(() => !/scene=faces/.test(location.hash));
}
