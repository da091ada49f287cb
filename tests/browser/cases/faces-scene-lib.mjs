// What the cases of the faces scene share. Not a case itself: it exports no `name`.

/** Opens the scene with more of a link, and waits until its files are there. */
export async function open(page, base, more = '') {
  await page.goto(`${base}#scene=faces${more}`);
  await page.waitForSelector('html[data-faces-ready=ready]');
}

/** Waits until the grid shows another draw than `before`; resolves to its name. */
export async function drawn(page, before = null) {
  await page.waitForFunction((old) => {
    const { made } = document.querySelector('#faces-grid')?.dataset ?? {};
    return made && made !== old;
  }, before);
  return page.locator('#faces-grid').getAttribute('data-made');
}

/** The pixels of some pictures, as text. */
export const pixels = (page, selector) => page.locator(selector).evaluateAll((list) => list.map((canvas) => canvas.toDataURL()));

/** Moves a slider as a hand does. */
export const slide = (page, selector, to) => page.locator(selector).evaluate((field, v) => {
  field.value = v;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}, to);

/** Waits until an element's text matches. */
export const says = (page, selector, pattern) => page.waitForFunction(([at, source]) => new RegExp(source).test(document.querySelector(at)?.textContent ?? ''), [selector, pattern]);
