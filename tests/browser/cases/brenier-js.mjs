import assert from 'node:assert/strict';

export const name = 'brenier.js: solve, progress, abort, errors';
export const variants = [{}, { webgpu: false, subpath: true }];

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`);
  const seen = await page.evaluate(async (root) => {
    const { Brenier } = await import(`${root}js/brenier.js`);
    const brenier = await Brenier.load();
    const rejected = (promise) => promise.then(() => ({}), ({ name, code, index }) => ({ name, code, index }));
    const out = {};

    // Two sites, equal masses, unit square: the cells are halves, and W₂² is known.
    const half = await brenier.solve({ sites: [[0.25, 0.5], [0.75, 0.5]] });
    out.half = [Array.from(half.cellMasses), Array.from(half.cells.offsets), half.report.w2Primal, half.report.stopped];
    out.heights = half.heights[0] + half.heights[1];

    // Between the same sites N(0, 1), cut where x = 1: masses Φ(1) and 1 − Φ(1).
    const above = 0.15865525393145705;
    const normal = await brenier.solve({
      sites: [[-0.5, 0], [0.5, 0]], masses: [1 - above, above], domain: 'rectangle:-10,-10,10,10', source: { type: 'gaussian', mean: [0, 0], sigma: 1 },
    });
    out.normal = [normal.heights[0] - normal.heights[1], normal.cellMasses[1] - above, normal.centroids[2]];
    const source = (mean, sigma) => brenier.solve({ sites: [[0, 0]], source: { type: 'gaussian', mean, sigma } });
    out.sources = [await rejected(source([0, NaN], 1)), await rejected(source([0], 1)), await rejected(source([0, 0], -1)), await rejected(source([0, 0], 1e-3)), await rejected(brenier.solve({ sites: [[0, 0]], source: 'cauchy' }))];

    const steps = [];
    const plan = await brenier.solve(
      { sites: new Float64Array([0, 0, 5, 1, 2, 2, 0, 0]), masses: [1, 2, 4, 1], domain: [[0, 0], [3, 0], [0, 3]], tolerance: 1e-10, seed: 7 },
      { onProgress: (step) => steps.push(step) },
    );
    out.plan = [Array.from(plan.masses), plan.factor, plan.report.merged, plan.report.residual <= 1e-10, plan.domain.length];
    out.steps = steps.length > 0 && steps.every(({ iteration, residual }) => iteration >= 0 && residual >= 0);
    out.history = plan.report.residualHistory.length === plan.report.iterations + 1;

    out.errors = [
      await rejected(brenier.solve({ sites: [[0, 0], [1, NaN]] })),
      await rejected(brenier.solve({ sites: [[0, 0], [1]] })),
      await rejected(brenier.solve({ sites: [] })),
      await rejected(brenier.solve({ sites: [[0, 0]], masses: [-1] })),
      await rejected(brenier.solve({ sites: [[0, 0]], domain: [[0, 0], [1, 0], [0.2, 0.2], [0, 1]] })),
      await rejected(brenier.solve({ sites: [[0, 0]], method: 'magic' })),
    ];

    const many = Array.from({ length: 40000 }, (_, k) => [(k * 0.618033988749895) % 1, (k * 0.754877666246693) % 1]);
    const stop = new AbortController();
    const aborted = rejected(brenier.solve({ sites: many }, { signal: stop.signal, onProgress: () => stop.abort() }));
    const waiting = brenier.solve({ sites: [[0.5, 0.5]] });
    out.aborted = await aborted;
    out.waiting = Array.from((await waiting).cellMasses);
    out.early = await rejected(brenier.solve({ sites: many }, { signal: AbortSignal.abort() }));
    brenier.close();
    out.closed = await rejected(brenier.solve({ sites: [[0, 0]] }));
    return out;
  }, base);

  assert.deepEqual(seen.half.slice(0, 2), [[0.5, 0.5], [0, 4, 8]]);
  assert.ok(Math.abs(seen.half[2] - (1 / 48 + 1 / 12)) < 1e-12, `W₂² is ${seen.half[2]}`);
  assert.equal(seen.half[3], 'tolerance');
  assert.ok(Math.abs(seen.heights) < 1e-15);
  const [heights, mass, mean] = seen.normal;
  assert.ok(Math.abs(heights - 1) < 1e-8 && Math.abs(mass) < 1e-9 && Math.abs(mean - 1.525135276160981) < 1e-8, `${seen.normal}`);
  assert.deepEqual(seen.sources.map(({ code }) => code), ['source-mean', 'source-mean', 'source-sigma', 'source-no-mass', 'source']);
  assert.deepEqual(seen.plan, [[0.25, 0.25, 0.5, 0], 0.125, [[3, 0]], true, 6]);
  assert.ok(seen.steps && seen.history);
  assert.deepEqual(seen.errors.map(({ index }) => index), [1, 1, undefined, 0, 2, undefined]);
  assert.ok(seen.errors.every(({ code }) => typeof code === 'string'), JSON.stringify(seen.errors));
  assert.equal(seen.aborted.name, 'AbortError');
  assert.deepEqual(seen.waiting, [1]);
  assert.equal(seen.early.name, 'AbortError');
  assert.equal(seen.closed.code, 'closed');
}
