// What the cases of the scene in space share. Not a case itself: it exports no `name`.

export { colours, newHash, picture } from './page-lib.mjs';

export const FIGURE = '#space-figure';

/** Opens the scene with few points, and waits until it is solved. */
export async function open(page, base, more = '&count=60') {
  await page.goto(`${base}#scene=space${more}`);
  await page.waitForSelector('html[data-space-ready]');
  await solved(page);
}

/** Waits for the end of a solve. */
export const solved = (page) => page.waitForFunction(() => {
  const { raw } = document.querySelector('#space-certificate [data-value=stopped]').dataset;
  return ['tolerance', 'noise'].includes(raw);
});

/** A number of the solve, as the solver gave it. */
export const value = (page, key) => page.locator(`#space-numbers [data-value=${key}]`).evaluate((e) => Number(e.dataset.raw));

/** Waits until the picture differs from one taken before. */
export const changed = (page, before) => page.waitForFunction(([selector, old]) => document.querySelector(selector).toDataURL() !== old, [FIGURE, before]);

/** The figure as it is once nothing moves: two equal pictures in a row. */
export const still = (page) => page.evaluate(async (selector) => {
  const canvas = document.querySelector(selector);
  const frame = () => new Promise((done) => { requestAnimationFrame(done); });
  let last = '';
  for (let same = 0; same < 30;) {
    await frame();
    const now = canvas.toDataURL();
    same = now === last ? same + 1 : 0;
    last = now;
  }
  return last;
}, FIGURE);

/** Moves a slider as a hand does. */
export const slide = (page, selector, to) => page.locator(selector).evaluate((field, v) => {
  field.value = v;
  field.dispatchEvent(new Event('input'));
  field.dispatchEvent(new Event('change'));
}, to);
