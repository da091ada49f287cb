import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { drawn, pixels, says } from './faces-scene-lib.mjs';
import { file } from './faces-lib.mjs';

export const name = 'faces: truncated weights or codes, no connection and no wasm are told, and a second try works';
export const variants = [{}, { viewport: { width: 390, height: 844 } }];

export default async function ({ page, base, problems }) {
  const weights = await file('www/faces/faces.bdec');
  const codes = await file('www/faces/faces.blat');
  const wrong = [
    [`**/${published('faces/faces.bdec')}`, { body: weights.subarray(0, weights.length / 2) }, 'damaged: parts are missing'],
    [`**/${published('faces/faces.blat')}`, { body: codes.subarray(0, codes.length / 2) }, 'damaged: parts are missing'],
    [`**/${published('faces/faces.bdec')}`, null, 'Check the connection and try again'],
    [`**/${published('wasm/brenier_faces_bg.wasm')}`, null, 'could not be loaded .*Check the connection'],
    [`**/${published('wasm/brenier_monte_carlo_bg.wasm')}`, null, 'could not be loaded .*Check the connection'],
  ];
  let first = null;
  for (const [path, answer, message] of wrong) {
    await page.route(path, (route) => (answer ? route.fulfill(answer) : route.abort()));
    await page.goto('about:blank');
    await page.goto(`${base}#scene=faces`);
    await page.waitForSelector('html[data-faces-ready=failed]');
    await says(page, '#faces-wait-text', message);
    assert.ok(await page.locator('#faces-strip').isVisible(), 'the pictures made in advance stay');
    await page.unroute(path);
    await page.click('#faces-retry');
    await drawn(page);
    const now = await pixels(page, '#faces-grid canvas');
    first ??= now;
    assert.deepEqual(now, first);
  }
  const own = problems.filter((line) => /faces\/faces|brenier_faces|brenier_monte_carlo|ERR_FAILED|Failed to fetch/.test(line));
  problems.splice(0, problems.length, ...problems.filter((line) => !own.includes(line)));
}
