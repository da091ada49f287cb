import assert from 'node:assert/strict';
import { apart, fixture, serve } from './faces-lib.mjs';

export const name = 'decoder: both wasm files make the native pixels of a file, in the order of the calls';
export const variants = [{}, { subpath: true }];

async function drive([root, backend, codes]) {
  const { BACKENDS, backendOf, latest, open } = await import(`${root}${published('js/faces/decoder.js')}`);
  const heard = [];
  const decoder = await open({ url: `${root}weights.bdec`, backend, onProgress: (seen) => heard.push(seen) });
  const { about, latent, side } = decoder;
  const out = { backend: decoder.backend, about, latent, side, heard: [heard[0], heard.at(-1)] };
  out.asked = ['', '?backend=ndarray', '?a=1&backend=flex', '?backend=other'].map(backendOf);
  out.known = BACKENDS;
  // All at once, and each alone while the others wait.
  const code = (k) => codes.slice(k * latent, (k + 1) * latent);
  const all = Array.from({ length: codes.length / latent }, (_, k) => code(k));
  const [pixels, ...single] = await Promise.all([decoder.decode(codes), ...all.map((one) => decoder.decode(one))]);
  out.pixels = [...pixels];
  out.single = single.flatMap((one) => [...one]);
  out.labels = await decoder.label(codes);
  out.none = (await decoder.decode([])).length;
  out.image = new ImageData(single[0], side, side).width;
  out.refused = await Promise.all([decoder.decode([1]), decoder.decode([NaN, 0, 0, 0])].map((p) => p.catch((error) => error.code)));
  // A pointer that moves faster than pictures are made: the first place and the last.
  const shown = [];
  const moved = latest(decoder, (picture, given) => shown.push([given[0], picture.length]));
  await Promise.all([1, 2, 3, 4, 5].map((x) => moved([x, 0, 0, 0])));
  await moved([6, 0, 0, 0]);
  const failed = [];
  await latest(decoder, () => {}, (error) => failed.push(error.code))([1]);
  Object.assign(out, { shown, failed });
  const late = decoder.decode(codes).catch((error) => error.code);
  decoder.close();
  out.closed = [await late, await decoder.decode(codes).catch((error) => error.code)];
  return out;
}

export default async function ({ page, base }) {
  const { bytes, codes, pixels } = await fixture();
  await serve(page, bytes, { headers: { 'content-length': String(bytes.length) } });
  await page.goto(`${base}icon.svg`);
  const seen = {};
  for (const backend of ['flex', 'ndarray']) {
    const told = await page.evaluate(drive, [base, backend, codes]);
    seen[backend] = told;
    assert.equal(told.backend, backend);
    assert.deepEqual([told.about.name, told.about.shape.channels, told.latent, told.side], ['tiny', 3, 4, 16]);
    assert.match(told.about.record.command, /untrained/);
    assert.deepEqual(told.heard, [{ loaded: 0, total: bytes.length }, { loaded: bytes.length, total: bytes.length }]);
    assert.deepEqual(told.asked, ['flex', 'ndarray', 'flex', 'flex']);
    assert.deepEqual(told.known, ['flex', 'ndarray']);
    assert.ok(apart(told.pixels, pixels) <= 1, `${backend}: ${apart(told.pixels, pixels)} of 255 from the native pixels`);
    assert.ok(apart(told.single, told.pixels) <= 1, `${backend}: a picture does not depend on its company`);
    assert.equal(told.labels, undefined, 'this file has no classifier');
    assert.deepEqual([told.none, told.image], [0, 16]);
    assert.deepEqual(told.refused, ['decoder-codes', 'decoder-codes']);
    assert.deepEqual(told.shown, [[1, 1024], [5, 1024], [6, 1024]]);
    assert.deepEqual(told.failed, ['decoder-codes']);
    assert.deepEqual(told.closed, ['closed', 'closed']);
  }
  assert.ok(apart(seen.flex.pixels, seen.ndarray.pixels) <= 1);
}
