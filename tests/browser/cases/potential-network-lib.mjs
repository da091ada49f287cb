// What the network's cases share. Not a case itself: it exports no `name`.

/** Opens the part and waits until its network rests, at its goal or at the start. */
export async function open(page, base, hash, state = 'goal') {
  await page.goto(`${base}#scene=potential&part=network&${hash}`);
  await rests(page, state);
}

/** Waits until the run is in this state. */
export const rests = (page, state) => page.waitForFunction((name) => document.querySelector('#network-status')?.dataset.state === name, state);

/** Waits until so many steps were made. */
export const steps = (page, least) => page.waitForFunction((n) => Number(document.querySelector('#network-status').dataset.steps) >= n, least);

export const made = (page) => page.locator('#network-status').evaluate((e) => Number(e.dataset.steps));

/** A number of the table: the network's, or with `of` 'exact' the exact map's. */
export const number = (page, key, of = 'value') => page.locator(`#network-numbers [data-${of}=${key}]`).evaluate((e) => Number(e.dataset.raw));

/** Every number of the table, as text. */
export const table = (page) => page.locator('#network-numbers').innerText();

export const canvas = (which) => `[data-testid=network-${which}]`;

/** Waits until a canvas shows another picture than `old`. */
export const changes = (page, which, old) => page.waitForFunction(([s, before]) => document.querySelector(s).toDataURL() !== before, [canvas(which), old]);
