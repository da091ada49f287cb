import assert from 'node:assert/strict';
import { apart, file } from './faces-lib.mjs';

export const name = 'decoder: the shipped weights decode to the same pictures on burn-flex and burn-ndarray';

/** Four codes near those that the weights were trained on: standard normal, near enough. */
async function drive([root, name, backend]) {
  const { open } = await import(`${root}${published('js/faces/decoder.js')}`);
  const decoder = await open({ url: `${root}${published(`faces/${name}.bdec`)}`, backend });
  const codes = Float32Array.from({ length: 4 * decoder.latent }, (_, k) => 1.4 * Math.sin(12.9898 * (k + 1)));
  const pixels = [...await decoder.decode(codes)];
  const labels = [...await decoder.label(codes) ?? []];
  const { about, side } = decoder;
  decoder.close();
  return { about, side, pixels, labels };
}

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`);
  for (const [name, side] of [['faces', 64], ['digits', 28], ['fashion', 28]]) {
    const shipped = await file(`www/faces/${name}.bdec`).then(() => true, () => false);
    if (!shipped) continue; // not trained yet
    const [flex, ndarray] = [await page.evaluate(drive, [base, name, 'flex']), await page.evaluate(drive, [base, name, 'ndarray'])];
    assert.deepEqual([flex.about.name, flex.side], [name, side]);
    assert.ok(flex.about.licence && flex.about.record.images > 0, `${name}: says what it may be used for, and how it came about`);
    assert.equal(flex.pixels.length, 4 * side * side * 4);
    assert.ok(apart(flex.pixels, ndarray.pixels) <= 1, `${name}: ${apart(flex.pixels, ndarray.pixels)} of 255 apart`);
    const classes = flex.about.labels?.classes.length ?? 0;
    assert.equal(classes, name === 'faces' ? 0 : 10);
    assert.equal(flex.labels.length, classes && 4);
    assert.ok(flex.labels.every((label) => label < classes));
    assert.deepEqual(flex.labels, ndarray.labels);
    const pictures = [0, 1].map((k) => flex.pixels.slice(k * side * side * 4, (k + 1) * side * side * 4));
    assert.ok(apart(...pictures) > 16, `${name}: other codes are other pictures`);
  }
}
