// What the cases of the potential scene share. Not a case itself: it exports no `name`.

export { colours, newHash, picture } from './page-lib.mjs';

export const GRAPH = '#potential-graph';
export const DUAL = '#potential-dual';
export const CELLS = '#potential-cells';

/** Opens the scene, with more of a link, and waits until its part shows the exact answer. */
export async function open(page, base, more = '&count=60', part = 'graph') {
  await page.goto(`${base}#scene=potential${more}`);
  await shows(page, part);
}

/** Waits until a part is made and shows an answer. */
export const shows = (page, part) => page.waitForSelector(`#scene-potential[data-made=${part}]`);

/** Waits until the picture differs from one taken before. */
export const changed = (page, selector, before) => page.waitForFunction(([id, old]) => document.querySelector(id).toDataURL() !== old, [selector, before]);

/** The picture once nothing moves: the same in thirty frames. */
export const still = (page, selector) => page.evaluate(async (id) => {
  const canvas = document.querySelector(id);
  let last = '';
  for (let same = 0; same < 30;) {
    await new Promise((done) => { requestAnimationFrame(done); });
    const now = canvas.toDataURL();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}, selector);

/** The cell that is lit, by its number from zero; −1 for none. */
export const lit = (page) => page.locator('#potential-readout').evaluate((e) => Number(e.dataset.cell || -1));
export const lights = (page, i) => page.waitForFunction((n) => document.querySelector('#potential-readout').dataset.cell === (n < 0 ? '' : String(n)), i);

/** Number of pixels of a canvas near the colour that lights a cell. */
export const orange = (page, selector) => page.locator(selector).evaluate((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let n = 0;
  for (let k = 0; k < data.length; k += 4) n += data[k + 3] > 200 && data[k] > 190 && data[k + 1] > 120 && data[k + 1] < 190 && data[k + 2] < 110;
  return n;
});

/** A value of the readout. */
export const told = (page, key) => page.locator(`#potential-readout [data-value=${key}]`).textContent();
