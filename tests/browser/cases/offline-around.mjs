import assert from 'node:assert/strict';
import { plain } from '../harness/files.mjs';
import { keeping, publish, settled, site, visitor } from './offline-lib.mjs';

export const name = 'offline: a page that goes round what is kept is of the server’s build, its workers too';

export default async function ({ context, base }) {
  const server = await site(base);
  const { context: visit, problems } = await visitor(context, server);
  try {
    const page = await visit.newPage();
    await keeping(page, server.url);
    // Another page of the old build stays open, so that the old worker stays.
    const old = await visit.newPage();
    await old.goto(server.url);
    await settled(old);
    const parts = ['js/space/space.js', 'js/space/worker.js', 'wasm/brenier_monte_carlo.js'];
    const changed = await publish(server, base, 'f'.repeat(16), Object.fromEntries(parts.map((file) => [file, (text) => `${text}\n// f\n`])));

    // A reload with Shift.
    const devtools = await visit.newCDPSession(page);
    const loaded = page.waitForEvent('load');
    await devtools.send('Page.reload', { ignoreCache: true });
    await loaded;
    await page.waitForSelector('html[data-ready]');
    await settled(page);
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    server.asked.length = 0;
    await page.click('.scenes a[href="#scene-space"]');
    await page.waitForSelector('html[data-space-ready]');
    const theirs = changed.filter((file) => parts.includes(plain(file)));
    assert.equal(theirs.length, parts.length);
    for (const file of theirs) assert.ok(server.asked.includes(file), `${file} is the server's`);
    await page.waitForSelector('#offline-update');
    assert.deepEqual(problems, []);
  } finally {
    await visit.close();
    await server.close();
  }
}
