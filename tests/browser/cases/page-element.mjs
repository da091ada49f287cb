import assert from 'node:assert/strict';
import { colours } from './page-lib.mjs';

export const name = 'page: <brenier-demo> waits until it is seen';
export const options = { viewport: { width: 900, height: 700 } };

export default async function ({ page, base }) {
  // A page of somebody else's, on the site's own origin.
  await page.route(`${base}talk.html`, (route) => route.fulfill({
    contentType: 'text/html',
    body: `<!doctype html><title>Talk</title><link rel="icon" href="icon.svg"><style>brenier-demo { width: 500px; margin-top: 2500px; }</style><body><p>A talk</p>
      <script type="module" src="js/brenier-demo.js"></script>
      <brenier-demo></brenier-demo></body>`,
  }));
  await page.goto(`${base}talk.html`);
  await page.evaluate(() => {
    window.seen = [];
    addEventListener('brenier:ready', () => seen.push('ready'));
  });
  const loaded = () => page.evaluate(() => document.querySelector('brenier-demo').querySelector('iframe').src);
  assert.equal(await loaded(), '', 'nothing is fetched while it is off screen');
  await page.evaluate(() => document.querySelector('brenier-demo').scrollIntoView());
  await page.waitForFunction(() => seen.includes('ready'));
  assert.equal(await loaded(), `${base}embed.html`);
  const frame = page.frames().find((f) => f !== page.mainFrame());
  assert.ok((await frame.locator('#figure').evaluate((c) => c.width)) > 100);
  assert.ok((await colours(frame)) > 8);
}
