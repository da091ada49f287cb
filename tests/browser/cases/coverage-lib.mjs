// What the cases of mode coverage share. Not a case itself: it exports no `name`.

/** Opens the scene, with more of a link, and waits until AE-OT is solved and scored. */
export async function open(page, base, more = '') {
  await page.goto(`${base}#scene=coverage${more}`);
  await page.waitForSelector('html[data-coverage-ready]');
  await page.locator('tr[data-row=aeot] [data-score=reverseKl] .se').waitFor();
}

/** The steps that the table tells of a run. */
export const steps = (page, key) => page.locator(`tr[data-row=${key}] [data-label=Steps]`).evaluate((e) => Number(e.textContent.replace(/\D/g, '')));

/** Waits until a run has made at least so many steps. */
export const reached = (page, key, least) => page.waitForFunction(([k, n]) => Number(document.querySelector(`tr[data-row=${k}] [data-label=Steps]`)?.textContent.replace(/\D/g, '')) >= n, [key, least]);

/** Waits until nothing trains. */
export const rests = (page) => page.waitForSelector('#cov-play[aria-pressed=false]');

/** The curves as they are drawn, once the one of `key` has its last mark at `end` steps. */
export async function curves(page, key, end) {
  await page.waitForFunction(([k, n]) => document.querySelector(`[data-curve=modes] path.${k}`)?.getAttribute('d').split('L').length === n / 100 + 1, [key, end]);
  return page.locator('.cov-curves path').evaluateAll((paths) => paths.map((path) => path.getAttribute('d')));
}

/** Where a mode stands in a panel, in CSS pixels. */
export async function mode(page, k, panel = 'gan') {
  const place = await page.locator(`#scene-coverage [data-site="${k}"]`).boundingBox();
  const [from, to] = [await page.locator('[data-testid=coverage-gan]').boundingBox(), await page.locator(`[data-testid=coverage-${panel}]`).boundingBox()];
  return { x: place.x + place.width / 2 - from.x + to.x, y: place.y + place.height / 2 - from.y + to.y };
}
