// What the page's cases share. Not a case itself: it exports no `name`.

/** Opens the page (or `path`) and waits for its first picture. */
export async function open(page, base, path = '') {
  await page.goto(base + path);
  await page.waitForSelector('html[data-ready]');
}

/** A number of the certificate, as the solver gave it. */
export const value = (page, key) => page.locator(`#certificate [data-value=${key}]`).evaluate((e) => Number(e.dataset.raw));

/** Where a site stands on the screen, in CSS pixels. */
export async function site(page, k) {
  const box = await page.locator(`[data-site="${k}"]`).boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The canvas as one string: equal strings are equal pictures. */
export const picture = (page, selector = '#figure') => page.locator(selector).evaluate((canvas) => canvas.toDataURL());

/** Number of different colours on the canvas, on a coarse grid: 1 is a blank picture. */
export const colours = (page, selector = '#figure') => page.locator(selector).evaluate((canvas) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
  const seen = new Set();
  for (let k = 0; k < data.length; k += 4 * 37) seen.add(`${data[k]},${data[k + 1]},${data[k + 2]},${data[k + 3]}`);
  return seen.size;
});

/** Waits until the address differs from `hash`. */
export const newHash = (page, hash) => page.waitForFunction((old) => location.hash !== old, hash);

/** Waits until the scene has this many points and is solved. */
export const points = (page, count) => page.waitForFunction((n) => document.querySelector('#count-out').textContent === n
  && document.querySelector('#certificate [data-value=stopped]').dataset.raw === 'tolerance', count.toLocaleString('en-US'));
