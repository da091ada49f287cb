import assert from 'node:assert/strict';
import { open } from './page-lib.mjs';

// The figure was once cut off where its frame is higher than wide, the size that the docs give.
export const name = 'page: the embed shows its whole figure in a frame of any shape';

const SIZES = [[640, 700], [1280, 720], [500, 500], [320, 420], [360, 800]];

export default async function ({ page, base }) {
  await open(page, base, 'embed.html?controls=all');
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    // The page hears of it with the next frame.
    await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    for (const controls of ['all', 'few', 'none']) {
      const seen = await page.evaluate((value) => {
        document.documentElement.dataset.controls = value;
        const parts = ['#figure', '#play', '#t', '#brush', '#home'].map((part) => document.querySelector(part));
        return parts.filter((part) => part.checkVisibility()).map((part) => {
          const { left, top, right, bottom, width, height } = part.getBoundingClientRect();
          return { part: part.id, width, height, inside: left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight };
        });
      }, controls);
      const what = `${width} × ${height}, ${controls}: ${JSON.stringify(seen)}`;
      assert.deepEqual(seen.filter(({ inside }) => !inside), [], what);
      const [figure] = seen;
      assert.ok(Math.abs(figure.width - figure.height) < 1 && figure.width > 0.8 * Math.min(width, height - 44), what);
    }
  }
}
