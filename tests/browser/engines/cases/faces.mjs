import assert from 'node:assert/strict';
import { broken, press } from './lib.mjs';

export const name = 'faces are decoded, and are those of Chromium';

async function read(tab, url) {
  await tab.go(`${url}#scene=faces`);
  await tab.shows('html[data-faces-ready=ready]');
  const made = await tab.until(() => document.querySelector('#faces-grid')?.dataset.made);
  const pixels = await tab.run(() => [...document.querySelectorAll('#faces-grid canvas')].slice(0, 12).map((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return [...data];
  }));
  return { made, pixels };
}

export default async function ({ tab, url, chromium, look, say }) {
  const [seen, there] = [await read(tab, url), await chromium('faces', read)];
  assert.equal(seen.made, there.made);
  assert.equal(seen.pixels.length, 12);
  assert.ok(new Set(seen.pixels.map(String)).size > 8, 'points differ, and so do their pictures');
  let most = 0;
  seen.pixels.forEach((picture, k) => {
    assert.equal(picture.length, there.pixels[k].length);
    picture.forEach((v, i) => { most = Math.max(most, Math.abs(v - there.pixels[k][i])); });
  });
  say(`largest difference to Chromium of any of ${seen.pixels.flat().length} bytes of pictures: ${most}`);
  assert.equal(most, 0);
  assert.match(await tab.text('#scene-faces'), /Generated, not photographs\./);
  assert.deepEqual(await broken(tab), []);
  await press(tab, '#faces-dice');
  await tab.until((old) => {
    const { made } = document.querySelector('#faces-grid').dataset;
    return made && made !== old;
  }, seen.made);
  assert.ok(look(await tab.picture()).colours > 500, 'pictures are drawn');
}
