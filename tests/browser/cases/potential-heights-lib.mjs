// What the cases of the heights share. Not a case itself: it exports no `name`.

export { colours } from './page-lib.mjs';

export const CELLS = '#ht-cells';

/** Opens the part on 25 centres, with more of a link, and waits for its first picture. */
export async function open(page, base, more = '&preset=centres') {
  await page.goto(`${base}#scene=potential&part=heights${more}`);
  await page.waitForSelector('.ht[data-shown]');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('.ht-body')).display !== 'block');
}

/** Waits until these moves, as [[site, Δh], …] or a test on them, or this solver's state are shown. */
export const shown = (page, what) => page.waitForFunction((text) => document.querySelector('.ht').dataset.shown === text, what);

/** Waits until another state than `before` is shown, and returns it. */
export async function another(page, before) {
  await page.waitForFunction((text) => document.querySelector('.ht').dataset.shown !== text, before);
  return state(page);
}
export const state = (page) => page.locator('.ht').getAttribute('data-shown');

/** A number of the part, as it was computed. */
export const number = (page, key) => page.locator(`.ht [data-number=${key}]`).evaluate((e) => Number(e.dataset.raw));

/** Waits until a number differs from one read before. */
export const changed = (page, key, before) => page.waitForFunction(([name, old]) => Number(document.querySelector(`.ht [data-number=${name}]`).dataset.raw) !== old, [key, before]);

/** Chooses a plane by the keys of its bar. */
export async function choose(page, site) {
  await page.focus('#ht-knob');
  await page.keyboard.press('Home');
  for (let k = 0; k < site; k += 1) await page.keyboard.press('ArrowRight');
  await page.waitForFunction((i) => document.querySelector('#ht-knob').dataset.site === i
    && document.querySelector('#ht-plane-name').textContent.startsWith(`Plane ${Number(i) + 1} `), String(site));
}

/** Mass of each cell, read plane by plane. */
export async function masses(page, count) {
  const out = [];
  for (let i = 0; i < count; i += 1) {
    await choose(page, i);
    out.push(await number(page, 'cell'));
  }
  return out;
}

/** How high the bars stand at some x of the first strip, in pixels from its foot. */
export const bars = (page, count) => page.locator('[data-strip=ratio] canvas').evaluate((canvas, n) => {
  const { width, height } = canvas;
  const scale = width / canvas.clientWidth;
  const [left, right, foot] = [36, 4, 17].map((v) => v * scale);
  const pitch = Math.min(34 * scale, (width - left - right) / n);
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  return Array.from({ length: n }, (_, k) => {
    const x = Math.round(left + (k + 0.5) * pitch);
    let top = Math.round(height - foot) - 2;
    // The bar is the run of opaque pixels that begins at the foot.
    while (top > 0 && data[4 * (top * width + x) + 3] > 200) top -= 1;
    return height - foot - top;
  });
}, count);

/** The pictures once nothing moves: the same for many frames. */
export const still = (page) => page.evaluate(async () => {
  const canvases = ['#ht-cells', '#ht-solid', ...['ratio', 'gradient', 'direction'].map((kind) => `[data-strip=${kind}] canvas`)].map((name) => document.querySelector(name));
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  let last = '';
  for (let same = 0; same < 20;) {
    await frame();
    const now = canvases.filter((canvas) => canvas.clientWidth).map((canvas) => canvas.toDataURL()).join('\n');
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
});

/** Where on the screen a share of the figure's domain is: [0, 0] below left, [1, 1] above right. */
export async function place(page, [x, y]) {
  const box = await page.locator(CELLS).boundingBox();
  // The figure keeps a margin of 4 % round the domain, which the domain shares evenly.
  const inner = 0.926;
  return { x: box.x + box.width * (0.5 + inner * (x - 0.5)), y: box.y + box.height * (0.5 - inner * (y - 0.5)) };
}
