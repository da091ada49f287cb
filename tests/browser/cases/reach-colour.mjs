import assert from 'node:assert/strict';
import { shows } from './potential-lib.mjs';

export const name = 'reach: what a colour tells, a dash, a shape or a word tells too';
export const options = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' };

/** Distinct dashes among some lines, as they are drawn. */
const dashes = (page, selector) => page.locator(selector).evaluateAll((all) => all.map((e) => getComputedStyle(e).strokeDasharray));

/** Counts the signs that are filled over fields: triangles in a share of the ink. */
function watch() {
  window.signed = 0;
  const { fill } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.fill = function filled(...args) {
    const ink = getComputedStyle(document.documentElement).getPropertyValue('--ink').trim().toLowerCase();
    if (this.globalAlpha === 0.375 && this.fillStyle === ink) window.signed += 1;
    fill.apply(this, args);
  };
}

/** Draws a field that is low on the left and high on the right; by half: how many rows of a sign's pixels grow downwards. */
async function drawn() {
  const { signs } = await import(new URL(published('js/figure/signs.js'), document.baseURI).href);
  const canvas = Object.assign(document.createElement('canvas'), { width: 880, height: 440 });
  const c = canvas.getContext('2d');
  c.scale(5, 5);
  signs(c, { x: 0, y: 0, width: 176, height: 88 }, (x) => (x < 0.25 ? 0.1 : x < 0.5 ? -1 : 1), '#000000');
  const { data } = c.getImageData(0, 0, 880, 440);
  const row = (x0, x1, y) => {
    let n = 0;
    for (let x = x0; x < x1; x += 1) n += data[4 * (y * 880 + x) + 3] > 60;
    return n;
  };
  const shape = (x0, x1) => {
    const rows = [];
    for (let y = 0; y < 220; y += 1) if (row(x0, x1, y)) rows.push(row(x0, x1, y));
    return [rows.length > 0, rows.at(-1) > 2 * rows[0], rows[0] > 2 * rows.at(-1)];
  };
  return { middle: shape(0, 220), low: shape(220, 440), high: shape(440, 660) };
}

export default async function ({ page, base }) {
  await page.addInitScript(watch);

  await page.goto(`${base}#scene=coverage`);
  await page.waitForSelector('html[data-coverage-ready]');
  const keys = await dashes(page, '.cov-panel .cov-key line');
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 3, `GAN, PacGAN and AE-OT have their own dash: ${keys}`);
  assert.equal(new Set(await page.locator('.cov-panel h2').allTextContents()).size, 3);
  await page.waitForFunction(() => window.signed > 0);
  assert.deepEqual(await page.evaluate(drawn), { middle: [false, false, false], low: [true, false, true], high: [true, true, false] });
  // Both ends of the colours have the sign of their side.
  const before = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e, '::before').content);
  const ends = await Promise.all(['first', 'last'].map((which) => before(`.cov-legend output:${which}-child`)));
  assert.match(ends[0], /▾/);
  assert.match(ends[1], /▴/);

  await page.goto('about:blank');
  await page.goto(`${base}#scene=potential&part=critic&preset=clusters&count=20`);
  await shows(page, 'critic');
  await page.waitForFunction(() => window.signed > 0);

  await page.goto('about:blank');
  await page.goto(`${base}#scene=potential&part=network&preset=clusters&count=20`);
  await shows(page, 'network');
  await page.locator('[name=network-colour][value=slope]').check({ force: true });
  await page.waitForFunction(() => window.signed > 0);
  for (const item of await page.locator('.net-key li').allTextContents()) assert.ok(item.trim().length > 3, 'a word stands beside each colour');

  await page.goto('about:blank');
  await page.goto(`${base}#scene=potential&part=heights&preset=clusters&count=20&step=0`);
  await shows(page, 'heights');
  await page.waitForFunction(() => document.querySelectorAll('#ht-curves path.curve').length === 4);
  const curves = await dashes(page, '#ht-curves path.curve');
  assert.equal(new Set(curves).size, 4, `four solvers, four dashes: ${curves}`);
  const labels = await page.locator('#ht-curves text').evaluateAll((all) => all.map((e) => e.textContent).filter((text) => /newton|gradient|bfgs|adam/i.test(text)));
  assert.equal(new Set(labels).size, 4, `${labels}`);

  // Where the system sets the colours, what is on and what is chosen is still seen.
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto('about:blank');
  await page.goto(`${base}#preset=clusters&count=20`);
  await page.waitForSelector('html[data-ready]');
  const dots = await page.locator('#views input').evaluateAll((all) => all.map((e) => [e.checked, getComputedStyle(e.nextElementSibling, '::before').backgroundColor]));
  const [on, off] = [true, false].map((checked) => new Set(dots.filter(([is]) => is === checked).map(([, colour]) => colour)));
  assert.ok(on.size > 0 && off.size > 0 && [...on].every((colour) => !off.has(colour)), JSON.stringify(dots));
  const lines = await page.locator('.scenes a').evaluateAll((all) => all.map((e) => [e.hasAttribute('aria-current'), getComputedStyle(e).textDecorationLine]));
  assert.ok(lines.every(([current, line]) => current === (line === 'underline')), JSON.stringify(lines));
}
