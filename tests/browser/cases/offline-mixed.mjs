import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { keeping, publish, settled, site, stored, visitor } from './offline-lib.mjs';

export const name = 'offline: a page that lacks a file of its own build gets none of another; what the browser took is kept again';

export default async function ({ context, base }) {
  const server = await site(base);
  const { context: visit, problems } = await visitor(context, server);
  // Who saves data fetches no more than is looked at.
  await visit.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));
  try {
    const page = await visit.newPage();
    server.asked.length = 0;
    await keeping(page, server.url);
    const wasm = published('wasm/brenier_monte_carlo_bg.wasm');
    assert.ok(!server.asked.includes(wasm));
    const [before] = Object.values(await stored(page));
    assert.ok(before.includes(published('js/space/space.js')) && !before.includes(wasm));

    // The wasm gone with its build, or cut short: its scene says that it cannot, the page stays whole.
    await publish(server, base, 'd'.repeat(16), { 'wasm/brenier_monte_carlo.js': (text) => `${text}\n// d\n` });
    const right = Buffer.from(await (await fetch(base + wasm)).arrayBuffer());
    server.fail(wasm, 404);
    await page.click('.scenes a[href="#scene-space"]');
    await page.waitForFunction(() => document.querySelector('#offline').dataset.state === 'problem');
    assert.match(await page.locator('#offline-text').textContent(), /another version than this page/);
    server.fail(wasm, 0);
    server.put(wasm, right.subarray(0, right.length / 2));
    await page.click('.scenes a[href="#scene-transport"]');
    await page.reload();
    await page.waitForSelector('html[data-ready]');
    await settled(page);
    await page.click('.scenes a[href="#scene-space"]');
    await page.waitForFunction(() => document.querySelector('#offline').dataset.state === 'problem');
    assert.ok(server.asked.includes(wasm));
    assert.match(await page.locator('#offline-text').textContent(), /another version than this page/);
    assert.ok(!Object.values(await stored(page))[0].includes(wasm), 'nothing wrong is kept');
    assert.ok(await page.locator('html[data-ready]').count());

    // Right again: the scene is loaded, and kept.
    server.put(wasm, right);
    await page.reload();
    await page.waitForSelector('html[data-ready]');
    await page.click('.scenes a[href="#scene-space"]');
    await page.waitForSelector('html[data-space-ready]');
    await page.waitForFunction((name) => caches.match(new URL(name, location.href.split('#')[0])), wasm);

    // The browser takes what was kept: the next page is the server's, and the one after it offline again.
    await page.evaluate(async () => Promise.all((await caches.keys()).map((name) => caches.delete(name))));
    for (const each of [1, 2]) {
      await page.goto('about:blank');
      await page.goto(server.url);
      await page.waitForSelector('html[data-ready]');
      await settled(page);
      assert.ok(each);
    }
    server.cut();
    await page.reload();
    await page.waitForSelector('html[data-ready]');
    const own = problems.filter((line) => /monte_carlo|Failed to|ERR_/.test(line));
    assert.deepEqual(problems.filter((line) => !own.includes(line)), []);
  } finally {
    await visit.close();
    await server.close();
  }
}
