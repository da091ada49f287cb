import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { fixture, serve } from './faces-lib.mjs';

export const name = 'decoder: a wrong, damaged or missing file, no connection and no wasm are told apart, and the next try works';

async function attempt(root) {
  const { open } = await import(`${root}${published('js/faces/decoder.js')}`);
  try {
    const decoder = await open({ url: `${root}weights.bdec` });
    const pixels = await decoder.decode(new Float32Array(decoder.latent));
    decoder.close();
    return { pixels: pixels.length };
  } catch ({ code, message }) {
    return { code, message };
  }
}

async function aborted(root) {
  const { open } = await import(`${root}${published('js/faces/decoder.js')}`);
  const now = AbortSignal.abort();
  const later = new AbortController();
  const tries = [
    open({ url: `${root}weights.bdec`, signal: now }),
    open({ url: `${root}weights.bdec`, signal: later.signal, onProgress: () => later.abort() }),
  ];
  return Promise.all(tries.map((p) => p.then(() => 'opened', (error) => error.name)));
}

export default async function ({ page, base, problems }) {
  const { bytes } = await fixture();
  const changed = Buffer.from(bytes);
  changed[600] ^= 1;
  const wrong = [
    [{ body: bytes.subarray(0, bytes.length - 100) }, 'decoder-damaged', /damaged: parts are missing/],
    [{ body: changed }, 'decoder-damaged', /fetch it again/],
    [{ body: '<!doctype html>' }, 'decoder-foreign', /no decoder's file/],
    [{ status: 404, body: 'not found' }, 'weights', /the server says 404/],
    [null, 'offline', /Check the connection/],
  ];
  await page.goto(`${base}icon.svg`);
  for (const [answer, code, message] of wrong) {
    if (answer) await serve(page, answer.body, answer);
    else await page.route('**/weights.bdec', (route) => route.abort());
    const seen = await page.evaluate(attempt, base);
    assert.equal(seen.code, code, seen.message);
    assert.match(seen.message, message);
    await page.unroute('**/weights.bdec');
    await serve(page, bytes);
    assert.deepEqual(await page.evaluate(attempt, base), { pixels: 1024 });
    await page.unroute('**/weights.bdec');
  }

  await serve(page, bytes);
  for (const part of [`**/${published('wasm/brenier_faces_bg.wasm')}`, `**/${published('wasm/brenier_faces.js')}`]) {
    await page.route(part, (route) => route.abort());
    const seen = await page.evaluate(attempt, base);
    assert.equal(seen.code, 'engine', seen.message);
    assert.match(seen.message, /could not be loaded .*Check the connection/);
    await page.unroute(part);
    assert.deepEqual(await page.evaluate(attempt, base), { pixels: 1024 });
  }
  assert.deepEqual(await page.evaluate(aborted, base), ['AbortError', 'AbortError']);

  const own = problems.filter((line) => /weights\.bdec|brenier_faces|ERR_FAILED|Failed to fetch/.test(line));
  problems.splice(0, problems.length, ...problems.filter((line) => !own.includes(line)));
}
