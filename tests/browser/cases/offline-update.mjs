import assert from 'node:assert/strict';
import { closed, keeping, publish, settled, site, stored, visitor } from './offline-lib.mjs';

export const name = 'offline: an open page keeps its build while another is on the server, which begins when it is closed';

const edition = (page) => page.evaluate(() => document.documentElement.dataset.edition ?? 'a');
const space = async (page) => {
  await page.click('.scenes a[href="#scene-space"]');
  await page.waitForSelector('html[data-space-ready]');
};

/** A build in which a module of a scene, its worker, its wasm's glue and the page itself are others. */
const other = {
  'js/space/space.js': (text) => `document.documentElement.dataset.edition = 'b';\n${text}`,
  'js/space/worker.js': (text) => `${text}\n// b\n`,
  'wasm/brenier_monte_carlo.js': (text) => `${text}\n// b\n`,
  'index.html': (text) => text.replace('<html ', '<html data-page="b" '),
};

export default async function ({ context, base }) {
  const server = await site(base);
  const { context: visit, problems } = await visitor(context, server);
  try {
    const page = await visit.newPage();
    await keeping(page, server.url);
    const changed = await publish(server, base, 'b'.repeat(16), other);
    server.asked.length = 0;
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it.update()));
    await page.waitForSelector('#offline-update');
    assert.match(await page.locator('#offline-text').textContent(), /A new version is ready/);
    // What did not change is not fetched again.
    assert.deepEqual([...new Set(server.asked)].sort(), ['sw.js', ...changed].sort());

    // The open page goes on with its own: the module, its worker and its wasm were never fetched by it.
    server.asked.length = 0;
    await space(page);
    assert.equal(await edition(page), 'a');
    // So does one that is opened or reloaded beside it.
    const second = await visit.newPage();
    await second.goto(server.url);
    await settled(second);
    await space(second);
    assert.equal(await edition(second), 'a');
    await page.reload();
    await settled(page);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.page ?? 'a'), 'a');
    assert.deepEqual(server.asked.filter((file) => file !== 'sw.js'), []);
    assert.equal(Object.keys(await stored(page)).length, 2, 'two builds are kept, each whole');

    // All are closed, and the new build begins, whole and without the network.
    await closed(visit, server, page, second);
    server.cut();
    const third = await visit.newPage();
    await third.goto(server.url);
    await settled(third);
    assert.equal(await third.evaluate(() => document.documentElement.dataset.page), 'b');
    await space(third);
    assert.equal(await edition(third), 'b');
    assert.deepEqual(Object.keys(await stored(third)), [`brenier ${new URL(server.url).pathname} ${'b'.repeat(16)}`]);
    assert.equal(await third.locator('#offline-update').isVisible(), false);
    assert.deepEqual(problems, []);
  } finally {
    await visit.close();
    await server.close();
  }
}
