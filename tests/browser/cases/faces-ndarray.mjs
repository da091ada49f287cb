import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';

export const name = 'faces: ?backend=ndarray shows the same pictures from the second module';

/** Pictures that are compared: that backend takes seconds for one. */
const FIRST = 1;
/** Largest difference that rounding in another order may make, of 255. */
const TOLERANCE = 2;

const raw = (page) => page.locator('#faces-grid canvas').evaluateAll((list, first) => list.slice(0, first).map((canvas) => [...canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data]), FIRST);

export default async function ({ page, base }) {
  const seen = [];
  for (const backend of ['flex', 'ndarray']) {
    const wasm = [];
    page.on('request', (request) => wasm.push(request.url()));
    await page.goto(`${base}?backend=${backend}#scene=faces`);
    await page.waitForSelector('html[data-faces-ready=ready]');
    await page.locator('#faces-grid canvas[data-drawn]').nth(FIRST - 1).waitFor();
    assert.equal(await page.locator('#faces-path').textContent(), `CPU, burn-${backend}`);
    assert.ok(wasm.some((url) => url.endsWith(published(`wasm/brenier_faces${backend === 'flex' ? '' : '_ndarray'}_bg.wasm`))));
    seen.push(await raw(page));
    page.removeAllListeners('request');
  }
  const apart = seen[0].map((picture, k) => picture.reduce((most, value, i) => Math.max(most, Math.abs(value - seen[1][k][i])), 0));
  assert.ok(Math.max(...apart) <= TOLERANCE, `${Math.max(...apart)} of 255`);
}
