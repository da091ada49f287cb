import assert from 'node:assert/strict';

export const name = 'embed: every scene fits its frame, from the smallest to a projector';
export const variants = [[320, 240], [640, 700], [1280, 720], [1920, 1080]].map(([width, height]) => ({ viewport: { width, height }, webgpu: false }));

const POTENTIAL = (part) => [`#scene=potential&part=${part}&preset=clusters&count=40`, `#scene-potential[data-made=${part}]`];
const SCENES = [
  ['#preset=ring&count=40', 'html[data-ready]'],
  ['#scene=space&count=50&shape=torus', 'html[data-space-ready]'],
  ['#scene=coverage&preset=ring', 'html[data-coverage-ready]'],
  ['#scene=faces&set=digits', 'html[data-faces-ready=ready]'],
  ...['graph', 'heights', 'critic', 'path', 'network'].map(POTENTIAL),
];

export default async function ({ page, base, options }) {
  const { width, height } = options.viewport;
  for (const [hash, made] of SCENES) {
    for (const [query, scale] of [['controls=none', 1], width < 640 ? ['controls=few', 1] : ['controls=few&scale=2', 2]]) {
      const alone = query === 'controls=none';
      await page.goto(`${base}embed.html?${query}${hash}`);
      await page.waitForSelector(made, { state: 'attached' });
      const seen = await page.evaluate(() => {
        const figures = [...document.querySelectorAll('canvas')].filter((canvas) => canvas.checkVisibility()).map((canvas) => canvas.getBoundingClientRect());
        const { scrollWidth, scrollHeight } = document.documentElement;
        const section = document.querySelector(`#scene-${document.documentElement.dataset.scene}`);
        return {
          over: [scrollWidth - innerWidth, scrollHeight - innerHeight, section ? section.scrollWidth - section.clientWidth : 0],
          figures: figures.map(({ left, top, width, height, bottom, right }) => ({ width, height, whole: left >= -1 && top >= -1 && right <= innerWidth + 1 && bottom <= innerHeight + 1 })),
          font: parseFloat(getComputedStyle(document.body).fontSize),
        };
      });
      const what = `${hash} ${query} in ${width} × ${height}: ${JSON.stringify(seen)}`;
      // Where type leaves little room, long rows of controls scroll within the scene, never the frame.
      assert.ok(Math.max(...(alone || width > 640 ? seen.over : seen.over.slice(0, 2))) <= 1, what);
      assert.ok(seen.figures.length > 0 && Math.max(...seen.figures.map((figure) => figure.width)) >= 60, what);
      // Alone, a figure is seen whole; with controls one may have to scroll to it in the least frames.
      if (alone) assert.ok(seen.figures.some(({ whole }) => whole), what);
      assert.ok(seen.font >= 14 * scale, what);
    }
  }
}
