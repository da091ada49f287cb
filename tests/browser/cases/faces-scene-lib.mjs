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

/** The pixels of some pictures, each as a number that stands for them. */
export const pixels = (page, selector) => page.locator(selector).evaluateAll((list) => list.map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value) => Math.imul(sum ^ value, 16777619) >>> 0, 2166136261);
}));

/** Waits until the first picture of `selector` is another than `before`. */
export const follows = (page, selector, before) => page.waitForFunction(([at, old]) => {
  const canvas = document.querySelector(at);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.reduce((sum, value) => Math.imul(sum ^ value, 16777619) >>> 0, 2166136261) !== old;
}, [selector, before]);

/** Moves a slider as a hand does. */
export const slide = (page, selector, to) => page.locator(selector).evaluate((field, v) => {
  field.value = v;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}, to);

/** Waits until an element's text matches. */
export const says = (page, selector, pattern) => page.waitForFunction(([at, source]) => new RegExp(source).test(document.querySelector(at)?.textContent ?? ''), [selector, pattern]);
