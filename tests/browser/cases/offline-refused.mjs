import assert from 'node:assert/strict';
import { settled, site, visitor } from './offline-lib.mjs';

export const name = 'offline: without room, without a worker and without storage the page works, and says what there is to say';

/** What browsers do in frames of other sites, in private windows, and where a policy forbids it. */
const REFUSALS = {
  none: () => { delete Navigator.prototype.serviceWorker; },
  forbidden: () => Object.defineProperty(Navigator.prototype, 'serviceWorker', { get() { throw new DOMException('sandboxed', 'SecurityError'); } }),
  rejected: () => { if (globalThis.ServiceWorkerContainer) ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('The user denied permission', 'SecurityError')); },
};

export default async function ({ context, base }) {
  const server = await site(base);
  try {
    for (const [how, script] of Object.entries(REFUSALS)) {
      const { context: visit, problems } = await visitor(context, server);
      await visit.addInitScript(script);
      const page = await visit.newPage();
      for (const path of ['', 'embed.html']) {
        await page.goto(server.url + path);
        await page.waitForSelector('html[data-ready]');
      }
      await page.goto(server.url);
      await settled(page);
      assert.equal(await page.locator('#offline').isVisible(), false, how);
      assert.deepEqual(problems, [], how);
      await visit.close();
    }

    const { context: visit, problems } = await visitor(context, server);
    const page = await visit.newPage();
    const devtools = await visit.newCDPSession(page);
    await page.goto(`${server.url}icon.svg`);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin, quotaSize: 400_000 });
    await page.goto(server.url);
    await settled(page);
    await page.waitForSelector('#offline[data-state=problem]');
    assert.match(await page.locator('#offline-text').textContent(), /no room to keep more/);
    await page.click('.scenes a[href="#scene-space"]');
    await page.waitForSelector('html[data-space-ready]');
    // Room is made, and the next visit keeps the page.
    await devtools.send('Storage.overrideQuotaForOrigin', { origin: new URL(server.url).origin });
    await page.goto('about:blank');
    await page.goto(server.url);
    await settled(page);
    await page.waitForSelector('#offline[data-state=some]');
    assert.deepEqual(problems, []);
    await visit.close();
  } finally {
    await server.close();
  }
}
