import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { audit, quiet } from './audit-lib.mjs';
import { keeping, site, visitor } from './offline-lib.mjs';

export const name = 'audit: what is said of being without a network, in each of its states';
export const options = quiet;

export default async function ({ context, base, options: own }) {
  const server = await site(base);
  const { context: visit, problems } = await visitor(context, server, own);
  const decoder = published('faces/faces.bdec');
  try {
    const page = await visit.newPage();
    await keeping(page, server.url);
    const { look, end } = await audit(page);
    const state = (wanted) => page.waitForSelector(`#offline[data-state=${wanted}]`);
    const within = '#offline';
    await state('some');
    await look('some is kept', { within });

    const slow = server.hold(decoder);
    await page.click('#offline-keep');
    await slow;
    await state('keeping');
    await look('more is coming', { within });
    await page.click('#offline-cancel');
    await state('some');

    server.fail(decoder, 500);
    await page.click('#offline-keep');
    await state('problem');
    await look('the server gave no file', { within });
    server.fail(decoder, 0);
    await page.click('#offline-keep');
    await state('all');
    await look('all is kept', { within });
    end();
    assert.deepEqual(problems.filter((line) => !/faces\/faces|500|ERR_/.test(line)), []);
  } finally {
    await visit.close();
    await server.close();
  }
}
