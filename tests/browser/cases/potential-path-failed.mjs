import assert from 'node:assert/strict';

export const name = 'potential: a shape that cannot be solved says so, leaves the picture, and can be asked for again';

/** The part over a session whose mathematics fails when it is told to. */
async function build(root) {
  const { path } = await import(`${root}${published('js/potential/path.js')}`);
  const { Maths } = await import(`${root}${published('js/potential/maths.js')}`);
  const maths = await Maths.open();
  const section = document.createElement('section');
  section.className = 'potential';
  section.dataset.state = 'ready';
  section.innerHTML = '<div id="failed-case"></div>';
  document.querySelector('main').prepend(section);
  let part = null;
  class Session extends EventTarget {
    settings = { shape: 'two', source: 'disk', count: 100, trails: 4, marks: [] };
    plane = Object.assign(new EventTarget(), { scenario: { seed: 0, view: { t: 0 } }, frame: { count: 1 }, look() {} });
    serial = 1;
    failures = [];
    maths = {
      shape: (request) => (globalThis.failing && request.count === 100
        ? Promise.reject(Object.assign(new Error('The solver stopped at this step.'), { code: 'engine' }))
        : maths.shape(request)),
    };
    async patch(changes) {
      if (Object.keys(changes).every((key) => this.settings[key] === changes[key])) return;
      Object.assign(this.settings, changes);
      part.update();
    }
    fail(error) { this.failures.push(error.message); }
  }
  const session = new Session();
  part = path(document.querySelector('#failed-case'), session, { say() {} });
  part.wake();
  globalThis.failedCase = session;
}

export default async function ({ page, base }) {
  await page.goto(base);
  await page.waitForSelector('html[data-ready]');
  await page.evaluate(build, await page.evaluate(() => new URL('.', document.baseURI).href));
  const shows = (shape) => page.waitForFunction((name) => document.querySelector('#path-figure').dataset.shape === name && document.querySelector('#path-badge').hidden, shape);
  await shows('two');
  const before = await page.locator('#path-figure').evaluate((canvas) => canvas.toDataURL());

  await page.evaluate(() => { globalThis.failing = true; });
  await page.locator('#path-shapes [data-shape=star]').click();
  await page.waitForFunction(() => document.querySelector('#path-badge').textContent.startsWith('not solved'));
  assert.deepEqual(await page.evaluate(() => globalThis.failedCase.failures), ['The solver stopped at this step.']);
  assert.equal(await page.locator('#path-figure').evaluate((canvas) => canvas.toDataURL()), before, 'the last picture stays');

  await page.evaluate(() => { globalThis.failing = false; });
  await page.locator('#path-shapes [data-shape=star]').click();
  await shows('star');
}
