import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

export const name = 'engine: wasm and native agree to 1e-12';

// tests/scenario.rs holds the native solver to the same file; what a digest is stands there.
const known = JSON.parse(await readFile(new URL('../../fixtures/frames.json', import.meta.url), 'utf8'));

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`);
  const seen = await page.evaluate(async ([root, presets]) => {
    const { Engine } = await import(`${root}${published('js/engine.js')}`);
    const engine = await Engine.load();
    const mean = (values) => values.reduce((sum, v) => sum + Math.abs(v), 0) / values.length;
    const digests = {};
    for (const preset of presets) {
      const { report, heights, centroids, sites, count } = await engine.set({ preset, tolerance: 1e-12 });
      digests[preset] = [
        report.energy, report.w2Primal, report.w2Dual, heights[0], heights[count - 1],
        mean(heights), mean(centroids), sites[0], mean(sites),
      ];
    }
    engine.close();
    return digests;
  }, [base, Object.keys(known)]);
  for (const [preset, numbers] of Object.entries(known)) {
    assert.equal(seen[preset].length, numbers.length);
    numbers.forEach((b, k) => {
      const a = seen[preset][k];
      assert.ok(Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(b)), `${preset}[${k}]: ${a}, native ${b}`);
    });
  }
}
