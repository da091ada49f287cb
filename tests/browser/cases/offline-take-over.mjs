import assert from 'node:assert/strict';
import { keeping, publish, settled, site, visitor } from './offline-lib.mjs';

export const name = 'offline: "Update" begins a new build at once, but never under another open page';
export const variants = [{}, { viewport: { width: 390, height: 844 } }];

export default async function ({ context, base, options }) {
  const server = await site(base);
  const { context: visit, problems } = await visitor(context, server, options);
  try {
    const page = await visit.newPage();
    await keeping(page, server.url);
    const second = await visit.newPage();
    await second.goto(`${server.url}embed.html`);
    await second.waitForSelector('html[data-ready]');
    await publish(server, base, 'c'.repeat(16), { 'index.html': (text) => text.replace('<html ', '<html data-page="c" ') });
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it.update()));
    await page.click('#offline-update');
    await page.waitForFunction(() => /Another page of Brenier is open/.test(document.querySelector('#offline-text').textContent));
    assert.equal(await page.evaluate(() => document.documentElement.dataset.page ?? 'a'), 'a');

    await second.close();
    // The browser may count it for a moment longer.
    await page.waitForFunction(() => {
      const button = document.querySelector('#offline-update');
      if (button && !button.hidden) button.click();
      return document.documentElement.dataset.page === 'c';
    }, null, { polling: 100 });
    await page.waitForSelector('html[data-ready]');
    await settled(page);
    assert.equal(await page.locator('#offline-update').isVisible(), false);
    assert.match(await page.locator('#offline-text').textContent(), /^Without a network you still have/);
    assert.deepEqual(problems, []);
  } finally {
    await visit.close();
    await server.close();
  }
}
