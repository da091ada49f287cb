import assert from 'node:assert/strict';
import { drawn, open as openFaces } from './faces-scene-lib.mjs';
import { keeping, settled, site, visitor } from './offline-lib.mjs';
import { newHash, points, site as place, value } from './page-lib.mjs';

export const name = 'offline: the page loaded, the network cut, reloaded, a point dragged, a face drawn';
export const variants = [{}, { viewport: { width: 390, height: 844 } }];

export default async function ({ context, base, options, look }) {
  const server = await site(base);
  const { context: visit, problems } = await visitor(context, server, options);
  try {
    const page = await visit.newPage();
    await keeping(page, server.url);
    // Seen once, from a link or from the header.
    await page.click('.scenes a[href="#scene-faces"]');
    await drawn(page);
    await page.waitForFunction(() => /Faces/.test(document.querySelector('#offline-text').textContent));

    server.cut();
    server.asked.length = 0;
    await page.goto('about:blank');
    await page.goto(server.url);
    await page.waitForSelector('html[data-ready]');
    const { count, residual } = { count: await page.locator('#count-out').textContent(), residual: await value(page, 'residual') };
    assert.ok(residual < 1e-6, `solved: ${residual}`);
    const { x, y } = await place(page, 3);
    const hash = await page.evaluate(() => location.hash);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 20, { steps: 4 });
    await page.mouse.up();
    await newHash(page, hash);
    await points(page, Number(count.replaceAll(',', '')));
    const after = await place(page, 3);
    assert.ok(Math.hypot(after.x - x, after.y - y) > 10, 'the point is where it was dragged to');

    await page.click('.scenes a[href="#scene-faces"]');
    const before = await drawn(page);
    await page.locator('#faces-dice').click();
    await drawn(page, before);
    assert.ok((await look(page.locator('#faces-grid'))).colours > 500, 'pictures are drawn');

    // The same document, whatever the page is asked for; and the embed.
    await page.goto('about:blank');
    await page.goto(`${server.url}index.html?controls=few&theme=dark&backend=flex`);
    await page.waitForSelector('html[data-ready][data-theme=dark]');
    await settled(page);
    await page.goto('about:blank');
    await openFaces(page, server.url);
    await page.goto(`${server.url}embed.html?controls=all`);
    await page.waitForSelector('html[data-ready]');
    // A browser looks for another worker by itself.
    assert.deepEqual(server.asked.filter((file) => file !== 'sw.js'), []);
    assert.deepEqual(problems, []);
  } finally {
    await visit.close();
    await server.close();
  }
}
