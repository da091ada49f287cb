import assert from 'node:assert/strict';

export const name = 'potential: its worker, the calls that wait for it, and the plane it takes over';
export const variants = [{}, { webgpu: false, subpath: true }];

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`); // any document of the site: the worker needs no page
  const seen = await page.evaluate(async (root) => {
    const { Engine } = await import(`${root}${published('js/engine.js')}`);
    const { Maths } = await import(`${root}${published('js/potential/maths.js')}`);
    const code = (promise) => promise.then(() => 'none', (error) => error.code);
    const far = (a, b) => Math.max(...a.map((value, i) => Math.abs(value - b[i])));
    const out = {};

    const engine = await Engine.load({});
    const hash = 'preset=random&scene=potential&count=80&seed=3&part=heights&step=4&hand=3:0.25&widths=8';
    const frame = await engine.open(hash);
    out.link = (await engine.link()).hash;
    const { view, potential } = await engine.scenario();
    out.settings = [potential.part, potential.step, potential.hand, potential.widths, potential.yaw];

    const maths = await Maths.open();
    out.early = [await code(maths.heights({ from: 'zero' })), await code(maths.shape({ shape: 'scene' }))];
    out.state = await maths.take(frame, view);

    // The same heights give the same cells here and in the plane's worker.
    const solved = await maths.heights({ from: 'solved' });
    out.same = [
      far(Array.from(solved.heights), frame.heights), far(Array.from(solved.cellMasses), frame.cellMasses),
      solved.facets.length - frame.facets.length, solved.triangles.length - frame.triangles.length,
      solved.facetSingular.join('') === frame.facetSingular.join(''), solved.colours.join('') === frame.colours.join(''),
    ];

    // Lifts that come faster than answers add up; of the others the newest is wanted.
    const lifts = await Promise.all(Array.from({ length: 12 }, () => maths.lift(5, 0.001)));
    const last = lifts.at(-1);
    out.lifts = [lifts.filter(Boolean).length, last.heights[5] - last.heights[6] - (solved.heights[5] - solved.heights[6])];
    out.grown = last.cellMasses[5] > solved.cellMasses[5];
    const mixed = await Promise.all([maths.lift(1, 0.01), maths.lift(2, 0.01), maths.lift(3, 0.01), maths.heights({ from: 'homothetic', hand: [[2, 0.5]] }), maths.heights({ from: 'homothetic' })]);
    out.mixed = mixed.map(Boolean);
    const apart = await Promise.all([maths.fields({ columns: 4, rows: 3 }), maths.lift(1, 0.01), maths.lift(2, 0.01)]);
    out.apart = [apart[2].heights[1] - mixed[4].heights[1] - (apart[2].heights[0] - mixed[4].heights[0]), apart[2].heights[2] - mixed[4].heights[2] - (apart[2].heights[0] - mixed[4].heights[0])];
    out.fields = [apart[0].u.length, apart[0].w2.critic / apart[0].w2.generator];

    // One recording a solver; none supersedes another's.
    const records = await Promise.all(['newton', 'gradient', 'lbfgs', 'adam'].map((solver) => maths.record({ solver, from: 'zero', hand: [[4, 0.01]], steps: 12 })));
    out.records = records.map(({ solver, count, stopped }) => [solver, count > 1, stopped]);
    const moment = await maths.at(2, 'gradient');
    out.moment = [moment.gradient.length, moment.direction.length, Math.abs(moment.residual - records[1].residual[2]) < 1e-9];

    const moves = await maths.shape({ shape: 'two', source: 'square', count: 200, seed: 4 });
    out.moves = [moves.count, moves.vertexSites.length * 2 === moves.vertices.length, moves.images.length === moves.vertices.length, moves.report.residual < 1e-9, moves.facets.length > 0];

    out.errors = [await code(maths.lift(80, 1)), await code(maths.at(900, 'newton')), await code(maths.shape({ shape: 'cube' })), await code(maths.record({ solver: 'newton', tolerance: 2 }))];
    out.still = (await maths.heights({ from: 'zero' })).count;
    const closed = code(maths.heights({ from: 'zero' }));
    maths.close();
    out.closed = [await closed, await code(maths.lift(0, 1))];
    return out;
  }, base);

  assert.equal(seen.link, 'preset=random&scene=potential&count=80&seed=3&part=heights&step=4&hand=3:0.25&widths=8');
  assert.deepEqual(seen.settings, ['heights', 4, [[3, 0.25]], [8], 30]);
  assert.deepEqual(seen.early, ['potential', 'potential']);
  assert.equal(seen.state.count, 80);
  assert.ok(seen.same[0] < 1e-12 && seen.same[1] < 1e-12, `${seen.same}`);
  assert.deepEqual(seen.same.slice(2), [0, 0, true, true]);
  assert.ok(seen.lifts[0] < 12 && Math.abs(seen.lifts[1] - 0.012) < 1e-12, `${seen.lifts}`);
  assert.ok(seen.grown);
  assert.deepEqual(seen.mixed, [true, false, false, false, true]);
  assert.ok(seen.apart.every((moved) => Math.abs(moved - 0.01) < 1e-12), `${seen.apart}`);
  assert.equal(seen.fields[0], 12);
  assert.ok(Math.abs(seen.fields[1] - 1) < 1e-9, `${seen.fields}`);
  assert.deepEqual(seen.records, [['newton', true, 'tolerance'], ['gradient', true, 'iterations'], ['lbfgs', true, 'iterations'], ['adam', true, 'iterations']]);
  assert.deepEqual(seen.moment, [80, 80, true]);
  assert.deepEqual(seen.moves, [200, true, true, true, true]);
  assert.deepEqual(seen.errors, ['site', 'potential', 'potential', 'potential']);
  assert.equal(seen.still, 80);
  assert.deepEqual(seen.closed, ['closed', 'closed']);
}
