import assert from 'node:assert/strict';

export const name = 'potential: level lines of u and φ are exact, and none is missing';

/** Level lines of a scene, against u and φ evaluated on random segments inside cells. */
async function check(root) {
  const { Engine } = await import(`${root}${published('js/engine.js')}`);
  const { arcs, levels, straight } = await import(`${root}${published('js/potential/critic-levels.js')}`);
  const engine = await Engine.load();
  const out = [];
  for (const preset of ['random', 'ring', 'dumbbell', 'centres']) {
    const frame = await engine.set({ preset, count: 60 });
    const { sites, heights, cellVertices, cellOffsets, count } = frame;
    const u = (x, y, i) => x * sites[2 * i] + y * sites[2 * i + 1] + heights[i];
    const phi = (x, y, i) => (x * x + y * y) / 2 - u(x, y, i);
    const lifted = new Float64Array(cellVertices.length / 2);
    const reach = { u: [Infinity, -Infinity], phi: [Infinity, -Infinity] };
    for (let i = 0; i < count; i += 1) {
      for (let k = cellOffsets[i]; k < cellOffsets[i + 1]; k += 1) {
        const at = [cellVertices[2 * k], cellVertices[2 * k + 1], i];
        lifted[k] = u(...at);
        for (const [key, f] of [['u', u], ['phi', phi]]) reach[key] = [Math.min(reach[key][0], f(...at)), Math.max(reach[key][1], f(...at))];
      }
    }
    const values = { u: levels(...reach.u), phi: levels(...reach.phi) };
    const lines = straight({ cellVertices, cellOffsets, lifted }, values.u);
    const rounds = arcs({ cellVertices, cellOffsets, sites, heights }, values.phi);
    const top = (x, y) => {
      let best = 0;
      for (let i = 1; i < count; i += 1) if (u(x, y, i) > u(x, y, best)) best = i;
      return best;
    };
    const off = (x, f, list) => Math.min(...list.map((c) => Math.abs(f(...x, top(...x)) - c)));
    let worst = { lines: 0, arcs: 0 };
    for (let k = 0; k < lines.length; k += 2) worst.lines = Math.max(worst.lines, off([lines[k], lines[k + 1]], u, values.u));
    for (let k = 0; k < rounds.length; k += 5) {
      const [x, y, r, start, end] = rounds.subarray(k, k + 5);
      for (const s of [0, 0.3, 0.5, 1]) {
        const a = start + s * (end - start);
        worst.arcs = Math.max(worst.arcs, off([x + r * Math.cos(a), y + r * Math.sin(a)], phi, values.phi));
      }
    }
    // Random segments inside cells that cross a level must cross a line that is drawn.
    let [seed, crossed, missed] = [7, 0, 0];
    const random = () => {
      seed = (seed * 1664525 + 1013904223) % 2 ** 32;
      return seed / 2 ** 32;
    };
    for (let n = 0; n < 4000; n += 1) {
      const i = Math.floor(random() * count);
      const [from, to] = [cellOffsets[i], cellOffsets[i + 1]];
      if (to - from < 3) continue;
      // Convex combinations of the cell's corners are in the cell.
      const [p, q] = [0, 1].map(() => {
        const w = Array.from({ length: to - from }, () => random() ** 3);
        const sum = w.reduce((a, b) => a + b);
        return [0, 1].map((c) => w.reduce((a, b, k) => a + (b / sum) * cellVertices[2 * (from + k) + c], 0));
      });
      for (const c of values.u) {
        if (u(...p, i) < c === u(...q, i) < c) continue;
        crossed += 1;
        const side = (a, x, y) => (a[2] - a[0]) * (y - a[1]) - (a[3] - a[1]) * (x - a[0]);
        let found = false;
        for (let k = 0; k < lines.length && !found; k += 4) {
          const a = lines.subarray(k, k + 4);
          found = side(a, ...p) * side(a, ...q) <= 0 && side([...p, ...q], a[0], a[1]) * side([...p, ...q], a[2], a[3]) <= 0;
        }
        if (!found) missed += 1;
      }
      for (const c of values.phi) {
        if (phi(...p, i) < c === phi(...q, i) < c) continue;
        crossed += 1;
        // Where the segment meets the level, by bisection.
        let [low, high] = [0, 1];
        const at = (s) => [0, 1].map((k) => p[k] + s * (q[k] - p[k]));
        for (let k = 0; k < 60; k += 1) {
          const s = (low + high) / 2;
          if (phi(...at(s), i) < c === phi(...p, i) < c) low = s;
          else high = s;
        }
        const [x, y] = at(low);
        let found = false;
        for (let k = 0; k < rounds.length && !found; k += 5) {
          const [X, Y, r, start, end] = rounds.subarray(k, k + 5);
          if (X !== sites[2 * i] || Y !== sites[2 * i + 1] || Math.abs(Math.hypot(x - X, y - Y) - r) > 1e-9 * (1 + r)) continue;
          const angle = Math.atan2(y - Y, x - X);
          found = [-2, 0, 2].some((turn) => angle + turn * Math.PI >= start - 1e-9 && angle + turn * Math.PI <= end + 1e-9);
        }
        if (!found) missed += 1;
      }
    }
    out.push({ preset, levels: [values.u.length, values.phi.length], worst, size: Math.max(...reach.u.map(Math.abs)), crossed, missed });
  }
  engine.close();
  return out;
}

export default async function ({ page, base }) {
  await page.goto(`${base}icon.svg`);
  for (const { preset, levels, worst, size, crossed, missed } of await page.evaluate(check, base)) {
    assert.ok(levels.every((n) => n >= 5 && n <= 14), `${preset}: ${levels} levels`);
    assert.ok(worst.lines < 1e-9 * size && worst.arcs < 1e-9 * size, `${preset}: off by ${worst.lines} and ${worst.arcs}`);
    assert.ok(crossed > 500, `${preset}: ${crossed} crossings looked at`);
    assert.equal(missed, 0, `${preset}: ${missed} of ${crossed} crossings are not drawn`);
  }
}
