import assert from 'node:assert/strict';

export const name = 'engine: calls in order, drags, cancelling, a worker that dies';
export const variants = [{}, { webgpu: false, subpath: true }];

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`); // any document of the site: the engine needs no page
  const seen = await page.evaluate(async (root) => {
    const workers = [];
    globalThis.Worker = class extends Worker {
      constructor(...args) {
        super(...args);
        workers.push(this);
      }
    };
    const { Engine } = await import(`${root}${published('js/engine.js')}`);
    const steps = [];
    const engine = await Engine.load({ onSolve: (iteration) => steps.push(iteration) });
    const code = (promise) => promise.then(() => 'none', (error) => error.code);
    const out = {};

    const first = await engine.open('preset=random&count=60&seed=3');
    out.first = [first.count, first.serial, first.report.stopped, first.canUndo, steps.length > 0];
    out.areas = first.cellMasses.every((w) => Math.abs(60 * w - 1) < 1e-9);

    const drag = [];
    for (let k = 1; k <= 20; k += 1) drag.push(engine.move(5, k / 25, 0.5, { final: k === 20 }));
    const frames = await Promise.all(drag);
    const last = frames.at(-1);
    out.drag = [frames.filter(Boolean).length < 20, Math.abs(last.sites[10] - 0.8) < 1e-6, last.canUndo];
    out.undone = [(await engine.undo()).canUndo];
    await engine.redo();

    const sets = await Promise.all([3, 4, 5].map((kappa) => engine.set({ view: { kappa } })));
    out.sets = [sets[1] === sets[2], (await engine.scenario()).view.kappa];
    out.mass = Engine.relativeMass(await engine.mass(2, 3, { final: true }), 2);

    out.codes = [
      await code(engine.open('preset=moon')),
      await code(engine.importText('1,2\nx,3', 'a.csv')),
      await code(engine.set({ count: -1 })),
      await code(engine.move(999, 0, 0)),
    ];
    const line = await engine.importText('1,2\nx,3', 'a.csv').catch((error) => error.line);
    out.kept = [line, (await engine.scenario()).points.length];

    const before = await engine.link();
    workers.at(-1).terminate();
    workers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'gone' }));
    const after = await engine.link();
    out.revived = [workers.length, after.hash === before.hash, after.carried];
    const died = engine.set({ seed: 8 });
    await Promise.resolve();
    setTimeout(() => workers.at(-1).dispatchEvent(new ErrorEvent('error', { message: 'gone' })));
    out.died = await code(died);
    out.still = (await engine.link()).hash === before.hash;

    const large = await engine.set({ preset: 'random', count: 30000 });
    const solving = code(engine.solve());
    const begun = steps.length;
    while (steps.length === begun) await new Promise((resolve) => { setTimeout(resolve); });
    engine.cancel();
    const again = await engine.set({ count: 10 });
    out.cancel = [large.needsSolve, await solving, again.count, again.report.stopped, again.serial > large.serial];

    const link = await engine.hash();

    await engine.set({ preset: 'spiral', scene: 'coverage', gans: { packing: 2 } });
    await Promise.all([engine.set({ gans: { field: false } }), engine.set({ gans: { grid: true } })]);
    const { gans } = await engine.scenario();
    const modes = await engine.modes();
    const asked = [0, 1, 2].map((shift) => engine.aeot({ modes: modes.map((x, k) => (k % 4 ? x : x + shift)), real: 200, generated: 500 }));
    const made = await Promise.all(asked);
    const usual = await engine.aeot();
    out.aeot = [
      gans.packing, gans.field, gans.grid, modes.length, made.map(Boolean), made[2].real.length, made[2].generated.length,
      made[2].report.stopped, usual.real.length, usual.generated.length, Object.keys(usual.marks),
      usual.real.slice(0, 400).every((x, k) => Math.abs(made[2].real[k] - x - (k % 2 ? 0 : 2)) < 1e-9),
    ];
    out.codes.push(await code(engine.aeot({ real: 0 })), await code(engine.aeot({ modes: Float64Array.of(1, 2) })));
    engine.close();
    out.closed = await code(engine.open(''));
    return { ...out, link };
  }, base);

  assert.deepEqual(seen.first, [60, 1, 'tolerance', false, true]);
  assert.ok(seen.areas);
  assert.deepEqual(seen.drag, [true, true, true]);
  assert.deepEqual(seen.undone, [false]);
  assert.deepEqual(seen.sets, [true, 5]);
  assert.equal(seen.mass, 3);
  assert.deepEqual(seen.codes, ['link', 'csv', 'scenario', 'site', 'experiment', 'modes']);
  // Of three calls at once the first is under way, and the last takes the second's place.
  assert.deepEqual(seen.aeot, [
    2, false, true, 64, [true, false, true], 400, 1000, 'tolerance', 1024, 5000, ['modes', 'highQuality', 'reverseKl'], true,
  ]);
  assert.deepEqual(seen.kept, [2, 60]);
  assert.deepEqual(seen.revived, [2, true, true]);
  assert.equal(seen.died, 'engine');
  assert.ok(seen.still);
  assert.deepEqual(seen.cancel, [true, 'cancelled', 10, 'tolerance', true]);
  assert.equal(seen.link, 'preset=random&count=10&seed=3&kappa=5');
  assert.equal(seen.closed, 'closed');
}
