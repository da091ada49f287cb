import assert from 'node:assert/strict';

export const name = 'Monte Carlo: the kernels in the browser agree with the processor';

// Two steps of Adam and a measurement: samples, assignment, counts, the step and the energy, each
// by its kernel on the browser's adapter and by the processor's machine in wasm.
export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`);
  const rows = await page.evaluate(async (root) => {
    const wasm = await import(`${root}${published('wasm/brenier_monte_carlo.js')}`);
    await wasm.default({ module_or_path: `${root}${published('wasm/brenier_monte_carlo_bg.wasm')}` });
    const out = [];
    for (const [domain, d, n, sequence] of [
      ['cube', 1, 7, 'sobol'], ['cube', 2, 64, 'philox'], ['ball', 3, 33, 'sobol'], ['gaussian', 5, 20, 'sobol'],
      ['cube', 64, 50, 'sobol'], ['gaussian', 100, 17, 'philox'], ['cube', 256, 9, 'sobol'], ['cube', 3, 1, 'sobol'],
    ]) {
      const sites = Float64Array.from({ length: n * d }, (_, k) => ((k * 7919) % 1009) / 1009);
      const on = {};
      for (const device of ['gpu', 'cpu']) {
        const request = { domain, dimension: d, method: 'adam', sequence, seed: 5, samples: 777, maxIterations: 2, tolerance: 0.001, maxSamples: 777, device };
        const { heights, cellMasses, report } = await wasm.monteCarlo(JSON.stringify(request), sites, undefined, () => true);
        on[device] = { heights: [...heights], masses: [...cellMasses], energy: report.energy, samples: report.samples, device: report.device, iterations: report.iterations };
      }
      out.push({ title: `${domain}, d = ${d}, n = ${n}, ${sequence}`, n, ...on });
    }
    return out;
  }, base);
  for (const { title, n, gpu, cpu } of rows) {
    assert.match(gpu.device, /^WebGPU/, title);
    assert.match(cpu.device, /^CPU/, title);
    assert.deepEqual([gpu.samples, gpu.iterations], [cpu.samples, cpu.iterations], title);
    const apart = (a, b) => Math.max(...a.map((x, k) => Math.abs(x - b[k])));
    // A sample on the border of two cells may change sides: a few of some hundred.
    assert.ok(apart(gpu.masses, cpu.masses) <= 4 / (16 * n), `${title}: masses`);
    assert.ok(Math.abs(gpu.masses.reduce((a, b) => a + b) - 1) < 1e-12, title);
    const size = Math.max(1e-3, ...cpu.heights.map(Math.abs));
    assert.ok(apart(gpu.heights, cpu.heights) <= 0.02 * size, `${title}: heights ${apart(gpu.heights, cpu.heights)}`);
    assert.ok(Math.abs(gpu.energy - cpu.energy) <= 1e-3 * Math.max(1, Math.abs(cpu.energy)), `${title}: energy`);
  }
}
