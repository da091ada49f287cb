import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { drawn, open } from './faces-scene-lib.mjs';
import { keeping, settled, site, stored, visitor } from './offline-lib.mjs';

export const name = 'offline: "Keep everything" says how much it is, shows how far it is, can be stopped and goes on';
export const variants = [{}, { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }];

export default async function ({ context, base, options }) {
  const server = await site(base);
  const { context: visit, problems } = await visitor(context, server, options);
  const [decoder, codes] = ['faces/faces.bdec', 'faces/faces.blat'].map(published);
  try {
    const page = await visit.newPage();
    await keeping(page, server.url);
    const text = () => page.locator('#offline-text').textContent();
    const state = (name) => page.waitForSelector(`#offline[data-state=${name}]`);
    assert.match(await text(), /^Without a network you still have Transport.* \(\d+\.\d MB\)\.$/);
    assert.doesNotMatch(await text(), /Faces/);
    const offer = await page.locator('#offline-keep').textContent();
    assert.match(offer, /Keep everything for offline, \d+\.\d MB more/);
    const megabytes = Number(/([\d.]+) MB/.exec(offer)[1]);

    // The server is slow with one file; the person gives up.
    const slow = server.hold(decoder);
    await page.click('#offline-keep');
    const request = await slow;
    await page.waitForFunction(() => document.querySelector('#offline-progress').value > 0);
    assert.match(await text(), new RegExp(`^Keeping \\d+\\.\\d MB of ${megabytes.toFixed(1)} MB$`));
    await page.click('#offline-cancel');
    await state('some');
    await request.gone;
    const [files] = Object.values(await stored(page));
    assert.ok(!files.includes(decoder), 'what was on its way is not kept');

    // A server in trouble: it is said, and what is not the file is not kept.
    server.fail(decoder, 500);
    await page.click('#offline-keep');
    await state('problem');
    assert.match(await text(), /did not give every file/);
    server.fail(decoder, 0);
    server.put(codes, 'of another build');
    await page.click('#offline-keep');
    await page.waitForFunction(() => /another version/.test(document.querySelector('#offline-text').textContent));
    assert.ok(!Object.values(await stored(page))[0].includes(codes));
    server.put(codes, Buffer.from(await (await fetch(base + codes)).arrayBuffer()));
    await page.click('#offline-keep');
    await state('all');
    assert.match(await text(), /All of this page is kept here .*\(\d+\.\d MB\)/);
    assert.equal(await page.locator('#offline-keep').isVisible(), false);
    assert.ok(!Object.values(await stored(page))[0].some((file) => file.includes('ndarray')), 'the second decoder is not part of it');

    // Nothing of it was seen before.
    server.cut();
    for (const set of ['', '&set=digits']) {
      await page.goto('about:blank');
      await open(page, server.url, set);
      await drawn(page);
    }
    await page.goto('about:blank');
    await page.goto(server.url);
    await settled(page);
    await state('all');
    const own = problems.filter((line) => /faces\/faces|500|Failed to fetch|ERR_/.test(line));
    assert.deepEqual(problems.filter((line) => !own.includes(line)), []);
  } finally {
    await visit.close();
    await server.close();
  }
}
