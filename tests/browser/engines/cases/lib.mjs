// What the cases share; each function runs in any of the browsers. Not a case itself.

/** Opens the page with a link, in a fresh document, and waits for its first picture. */
export async function open(tab, url, path = '') {
  await tab.go('about:blank');
  await tab.go(url + path);
  await tab.shows('html[data-ready]');
}

/** Waits until the plane's scene has this many points and is solved. */
export const solved = (tab, count) => tab.until((n) => document.querySelector('#count-out').textContent === n
  && document.querySelector('#certificate [data-value=stopped]').dataset.raw === 'tolerance', String(count));

/** The certificate as it is printed, and its bounds and residual to the last bit; not the time. */
export const certificate = (tab) => tab.run(() => [...document.querySelectorAll('#certificate [data-value]')]
  .filter(({ dataset }) => dataset.value !== 'milliseconds')
  .map(({ dataset, textContent }) => [dataset.value, textContent, dataset.raw]));

/** A number of the certificate. */
export const value = (tab, key) => tab.run((k) => Number(document.querySelector(`#certificate [data-value=${k}]`).dataset.raw), key);

/** Where a site stands in the window. */
export const site = (tab, k) => tab.run((n) => {
  const { x, y, width, height } = document.querySelector(`[data-site="${n}"]`).getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}, k);

/** The number of colours on a canvas, on a coarse grid: 1 is a blank picture. */
export const colours = (tab, selector = '#figure') => tab.run(count, selector);

function count(selector) {
  const canvas = document.querySelector(selector);
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const seen = new Set();
  for (let k = 0; k < data.length; k += 4 * 37) seen.add(`${data[k]},${data[k + 1]},${data[k + 2]},${data[k + 3]}`);
  return seen.size;
}

/** Waits until a canvas has more than so many colours: a picture comes a frame after its numbers. */
export const drawn = (tab, selector, least) => tab.until(`(s, n) => (${count})(s) > n`, selector, least);

/** How far the page is wider than its window. */
export const overflow = (tab) => tab.run(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Presses a button as a script does, which every browser here understands. */
export const press = (tab, selector) => tab.run((s) => { document.querySelector(s).click(); }, selector);

/** Chooses in a list as a hand does. */
export const choose = (tab, selector, chosen) => tab.run((s, v) => {
  const field = document.querySelector(s);
  field.value = v;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}, selector, chosen);

/** The formulas of the page that lack a part. */
export const broken = (tab) => tab.run(() => {
  const parts = { msub: 2, msup: 2, mfrac: 2, munder: 2, mover: 2, mroot: 2, msubsup: 3, munderover: 3 };
  return Object.entries(parts).flatMap(([name, n]) => [...document.querySelectorAll(name)].filter((e) => e.children.length !== n).map((e) => e.outerHTML));
});
