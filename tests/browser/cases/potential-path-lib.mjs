// What the cases of the path share. Not a case itself: it exports no `name`.

export const FIGURE = '#path-figure';

/** Waits until the figure shows a shape, solved for what is asked now. */
export const solved = (page, shape) => page.waitForFunction((name) => {
  const figure = document.querySelector('#path-figure');
  return figure?.dataset.shape === name && document.querySelector('#path-stopped').dataset.state === 'done' && document.querySelector('#path-badge').hidden;
}, shape);

/** Waits until the figure shows time t. */
export const drawn = (page, t) => page.waitForFunction((time) => Number(document.querySelector('#path-figure').dataset.t) === time, t);

/** A number of the path, as Rust gave it. */
export const value = (page, key) => page.locator(`#path-numbers [data-value=${key}]`).evaluate((e) => Number(e.dataset.raw));
