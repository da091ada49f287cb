import assert from 'node:assert/strict';
import { talk } from './embed-lib.mjs';

export const name = 'embed: without JavaScript there is a picture, and every poster is there';
export const variants = [{ javaScriptEnabled: false }, { javaScriptEnabled: true }];

export default async function ({ page, base, options }) {
  if (options.javaScriptEnabled) {
    await talk(page, base, '<p>Posters</p>');
    const posters = await page.evaluate(async () => {
      const { POSTERS, poster } = await import(`./${published('js/embed/posters.js')}`);
      const sizes = {};
      for (const { link } of POSTERS) {
        const found = poster(link);
        for (const url of new Set([found.light, found.dark])) {
          const image = Object.assign(new Image(), { src: url });
          await image.decode();
          const bytes = (await (await fetch(url)).arrayBuffer()).byteLength;
          sizes[url] = { width: image.naturalWidth, bytes, alt: found.alt };
        }
      }
      return sizes;
    });
    const list = Object.entries(posters);
    assert.equal(list.length, 8 + 2 * 7 + 1, 'one of each preset, two of each other scene, one strip of faces');
    for (const [url, { width, bytes, alt }] of list) assert.ok(width >= 100 && bytes > 500 && alt, `${url}: ${width} px, ${bytes} bytes`);
    const all = list.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    assert.ok(all < 400_000, `${all} bytes of posters`);
    return;
  }
  await talk(page, base, `<iframe src="embed.html#preset=ring" width="400" height="430"></iframe>
    <brenier-demo hash="#preset=ring"><img src="posters/transport-ring.svg" alt="The cells of a ring"></brenier-demo>`);
  const frame = await (await page.waitForSelector('iframe')).contentFrame();
  for (const picture of [frame.locator('.still img'), page.locator('brenier-demo img')]) {
    await picture.waitFor();
    const box = await picture.boundingBox();
    assert.ok(box.width > 200 && box.height > 200, JSON.stringify(box));
  }
  assert.equal(await frame.locator('.veil').isVisible(), false);
}
