// What the cases of Monte Carlo in the page share. Not a case itself: it exports no `name`.

/** Waits until the solve is in one of these states, or stopped for one of these reasons. */
export const state = (page, ...wanted) => page.waitForFunction((list) => list.includes(document.querySelector('[data-mc=stopped]')?.dataset.raw), wanted);

/** A number of the estimates, or of the exact cells, as the solver gave it. */
export const estimate = (page, key) => page.locator(`[data-mc=${key}]`).evaluate((e) => Number(e.dataset.raw));

/** Steps taken, as the certificate shows them. */
export const steps = (page) => page.locator('[data-mc=iterations]').evaluate((e) => Number(e.textContent.replaceAll(',', '')));

/** Waits until more steps than these were taken. */
export const further = (page, than) => page.waitForFunction((n) => Number(document.querySelector('[data-mc=iterations]').textContent.replaceAll(',', '')) > n, than);

/** The methods whose curves are on the plot. */
export const drawn = (page) => page.locator('#mc-curves text[class]').evaluateAll((list) => list.map((e) => e.textContent));

/** Waits until the plot has this method's curve. */
export const curve = (page, name) => page.waitForFunction((text) => [...document.querySelectorAll('#mc-curves text[class]')].some((e) => e.textContent === text), name);

/** A scene whose solve goes on for ever, as far as a test can tell. */
export const ENDLESS = '#preset=random&count=60&method=adam&sequence=philox&mcTolerance=0.00001';
