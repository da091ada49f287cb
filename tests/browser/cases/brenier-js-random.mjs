import assert from 'node:assert/strict';

export const name = 'brenier.js: Monte Carlo in any dimension, progress, abort, errors';
export const variants = [{}, { webgpu: false, subpath: true }];

export default async function ({ page, base, options }) {
  await page.goto(`${base}icon.svg`);
  const seen = await page.evaluate(async (root) => {
    const { Brenier } = await import(`${root}js/brenier.js`);
    const brenier = await Brenier.load();
    const rejected = (promise) => promise.then(() => ({}), ({ name, code, index }) => ({ name, code, index }));
    const out = {};

    const steps = [];
    const half = await brenier.solve({ sites: [[0.25, 0.5], [0.75, 0.5]], method: 'lbfgs', device: 'cpu' }, { onProgress: (step) => steps.push(step) });
    out.half = [half.report.stopped, half.cells.offsets.length, half.heights[0] + half.heights[1]];
    out.w2 = half.report.w2Dual;
    out.steps = [steps.length > 0, Object.keys(steps[0]), steps[0].iteration];

    // Sites of five coordinates, from each source, as rows and flat: the same answer twice.
    const sites = Array.from({ length: 24 }, (_, i) => Array.from({ length: 5 }, (_, k) => ((7 * i + 13 * k) % 31) / 31));
    out.spatial = [];
    for (const [domain, method] of [['cube', 'adam'], ['ball', 'lbfgs'], ['gaussian', 'hierarchical']]) {
      const ask = { domain, method, tolerance: 0.05, seed: 3, device: 'cpu' };
      const rows = await brenier.solve({ sites, ...ask });
      const flat = await brenier.solve({ sites: Float64Array.from(sites.flat()), dimension: 5, ...ask });
      out.spatial.push([rows.report.stopped, rows.report.residual <= 0.05, rows.dimension, rows.centroids.length, rows.heights.every((h, k) => h === flat.heights[k])]);
    }

    const long = { sites, method: 'adam', domain: 'cube', sequence: 'philox', tolerance: 1e-6, device: 'cpu' };
    const stop = new AbortController();
    out.aborted = await rejected(brenier.solve(long, { signal: stop.signal, onProgress: () => stop.abort() }));
    out.again = (await brenier.solve({ sites: [[0], [1], [2]], method: 'adam', device: 'cpu' })).report.stopped;
    out.errors = [
      await rejected(brenier.solve({ sites: [[0, 0, 0], [1, 1]], method: 'adam' })),
      await rejected(brenier.solve({ sites: [[0, 0, 0]], method: 'adam', domain: 'square' })),
      await rejected(brenier.solve({ sites: [[0, 0], [NaN, 1]], method: 'adam' })),
      await rejected(brenier.solve({ sites, method: 'adam', tolerance: 2 })),
      await rejected(brenier.solve({ sites: [[0, 0]], method: 'sinkhorn' })),
    ];
    out.gpu = await brenier.solve({ sites: [[0], [1]], method: 'adam', device: 'gpu' }).then(({ report }) => report.device, ({ code, message }) => `${code}: ${message}`);
    out.exact = (await brenier.solve({ sites: [[0.2, 0.5], [0.7, 0.5]] })).report.stopped;
    out.closed = await rejected(brenier.solve(long, { onProgress: () => brenier.close() }));
    return out;
  }, base);
  assert.deepEqual(seen.half.slice(0, 2), ['tolerance', 3]);
  assert.ok(Math.abs(seen.half[2]) < 1e-9 && Math.abs(seen.w2 - (1 / 48 + 1 / 12)) < 2e-3, JSON.stringify(seen));
  assert.deepEqual(seen.steps, [true, ['phase', 'iteration', 'residual', 'samples', 'milliseconds', 'device'], 0]);
  assert.deepEqual(seen.spatial, Array(3).fill(['tolerance', true, 5, 120, true]));
  assert.equal(seen.aborted.name, 'AbortError');
  assert.equal(seen.again, 'tolerance');
  assert.deepEqual(seen.errors.map(({ code }) => code), ['input', 'dimension', 'site-not-finite', 'tolerance', 'method']);
  assert.deepEqual([seen.errors[0].index, seen.errors[2].index], [1, 1]);
  if (options.webgpu === false) assert.match(seen.gpu, /^machine: (This browser has no WebGPU|WebGPU finds no adapter here)\.$/);
  else assert.match(seen.gpu, /^WebGPU: /);
  assert.equal(seen.exact, 'tolerance');
  assert.equal(seen.closed.code, 'closed');
}
