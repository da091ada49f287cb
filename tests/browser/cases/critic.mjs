import assert from 'node:assert/strict';
import { colours, open, picture } from './page-lib.mjs';

export const name = 'The critic for free: a network learns the exact potential, the Wasserstein critic stands apart';
export const variants = [{}, { subpath: true, colorScheme: 'dark' }];

/** A section of its own on the page, over a session of its own. */
async function build(root) {
  const { Session } = await import(`${root}${published('js/state.js')}`);
  const { critic } = await import(`${root}${published('js/coverage/critic.js')}`);
  const { style } = await import(`${root}${published('js/style.js')}`);
  await style(`${root}${published('css/coverage.css')}`);
  await style(`${root}${published('css/critic.css')}`);
  const session = new Session();
  await session.start('#preset=random&count=25');
  const section = document.createElement('section');
  section.id = 'critic-case';
  document.querySelector('main').after(section);
  globalThis.caseSession = session;
  globalThis.caseCritic = critic(section, session);
}

/** A fixed run in wasm, whose numbers the tests of the crate `lab` find natively. */
async function bits(root) {
  const { default: init, SemiDual } = await import(`${root}${published('wasm/brenier_gan.js')}`);
  const wasm = await fetch(`${root}${published('wasm/brenier_gan_bg.wasm')}`);
  await init({ module_or_path: await wasm.arrayBuffer() });
  const square = Float64Array.of(0, 0, 1, 0, 1, 1, 0, 1);
  const sites = Float64Array.of(0.1, 0.2, 0.8, 0.3, 0.4, 0.9, 0.6, 0.5);
  const dual = new SemiDual(square, undefined, sites, Float64Array.of(0.1, 0.2, 0.3, 0.4), Float64Array.of(0.1, -0.05, -0.03, -0.02), 7);
  dual.advance(100);
  const { w2, difference, mapError } = dual.numbers();
  return [w2, difference, mapError];
}

export default async function ({ page, base }) {
  await open(page, base);
  const root = await page.evaluate(() => new URL('.', document.baseURI).href);
  assert.deepEqual(await page.evaluate(bits, root), [0.06356861279450171, 0.06328162553441706, 0.3094140586131933], 'wasm and native runs are the same bit for bit');

  await page.evaluate(build, root);
  const inside = (selector) => page.locator(`#critic-case ${selector}`);
  assert.equal(await inside('#critic-w2-status').getAttribute('data-state'), 'idle', 'nothing runs while it is folded');
  await inside('.critic-fold > summary').click();
  const steps = (id, least) => page.waitForFunction(([key, n]) => Number(document.querySelector(`#critic-case #${key}-status`).dataset.steps) >= n, [id, least]);
  // On a slow machine it may have come to its goal before it is paused.
  const rests = (id) => page.waitForFunction((key) => ['paused', 'goal'].includes(document.querySelector(`#critic-case #${key}-status`).dataset.state), id);
  const number = (part, key) => inside(`#${part} [data-value=${key}]`).evaluate((e) => Number(e.dataset.raw));

  // In its scene the buttons have their signs: nothing there empties them.
  const sign = await page.evaluate(() => {
    const host = document.querySelector('#critic-case');
    host.classList.add('coverage');
    const { fill } = getComputedStyle(host.querySelector('#critic-w2-step path'));
    host.classList.remove('coverage');
    return fill;
  });
  assert.notEqual(sign, 'none');

  // It trains, and comes near the exact value from below.
  await steps('critic-w2', 200);
  const exact = await number('critic-quadratic', 'exact');
  const early = await number('critic-quadratic', 'short');
  await steps('critic-w2', 600);
  await inside('#critic-w2-play').click();
  await rests('critic-w2');
  const late = await number('critic-quadratic', 'short');
  assert.ok(early < 0.9 && late < 0.15 && late > -0.02, `${early}, then ${late}`);
  assert.ok((await number('critic-quadratic', 'gap')) < 1e-4 * exact, 'the exact one has its certificate');
  for (const id of ['exact', 'network', 'trained', 'best']) assert.ok(await colours(page, `#critic-case #critic-${id}`) > 20, `${id} is drawn`);
  assert.match(await inside('#critic-network').getAttribute('aria-label'), /after [\d,]+ steps/);
  assert.match(await inside('#critic-quadratic-curve path.learnt').getAttribute('d'), /^M.*L/);

  // One step is one step; resting stays at rest.
  const at = async (id) => Number(await inside(`#${id}-status`).getAttribute('data-steps'));
  const paused = await at('critic-w2');
  await inside('#critic-w2-step').click();
  await steps('critic-w2', paused + 1);
  assert.equal(await at('critic-w2'), paused + 1);

  // The other one: the exact W₁ is certified, and the critic proves no more.
  await steps('critic-w1', 20);
  await inside('#critic-w1-play').click();
  await rests('critic-w1');
  assert.ok(Math.abs(await number('critic-linear', 'gap')) < 1e-9);
  assert.ok((await number('critic-linear', 'lower')) <= (await number('critic-linear', 'exact')));
  assert.ok((await number('critic-linear', 'steepest')) > 0);

  // Another scene: the exact field follows, the network begins anew.
  const before = await picture(page, '#critic-case #critic-exact');
  await page.evaluate(() => globalThis.caseSession.add(0.31, 0.62));
  await page.waitForFunction((old) => document.querySelector('#critic-case #critic-exact').toDataURL() !== old, before);
  await rests('critic-w2');
  assert.equal(await at('critic-w2'), 0);
  assert.notEqual(await number('critic-quadratic', 'exact'), exact);

  // The same seed gives the same numbers.
  const fifth = async () => {
    await inside('#critic-w2-reset').click();
    await page.waitForFunction(() => document.querySelector('#critic-case #critic-w2-status').dataset.steps === '0');
    await rests('critic-w2');
    assert.ok(await number('critic-quadratic', 'short') > 2 * Math.max(late, 0.1), 'untrained it is farther');
    for (let k = 1; k <= 5; k += 1) {
      await inside('#critic-w2-step').click();
      await steps('critic-w2', k);
    }
    return number('critic-quadratic', 'estimate');
  };
  assert.equal(await fifth(), await fifth());

  // Folded, it rests.
  await inside('#critic-w2-play').click();
  await steps('critic-w2', 6);
  await inside('.critic-fold > summary').click();
  await rests('critic-w2');
}
