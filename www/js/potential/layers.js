// In which order faces are drawn so that the nearer cover the farther, without a depth buffer.
//
// Over a convex domain a line meets the region above the graph of a convex function in one
// interval. So a ray from the eye meets the graph at most twice: first, where it enters, on the
// underside; then, where it leaves, on the upper side. Faces seen from above never cover one
// another, nor do those seen from below, and all of the former are drawn before all of the latter.
// That is exact from every side, and within a layer faces may be drawn in any order: by colour.

/** Faces a fill: more make the browser sort long lists of edges, fewer cost calls. */
const BATCH = 32;
const TILES = 16;

/** Twice the signed area of each projected face; positive where it is seen from above. */
export function areas(screen, offsets, out) {
  for (let i = 0; i < out.length; i += 1) {
    const from = offsets[i];
    const to = offsets[i + 1];
    let area = 0;
    for (let k = from, j = to - 1; k < to; j = k, k += 1) area += screen[2 * j] * screen[2 * k + 1] - screen[2 * k] * screen[2 * j + 1];
    // The screen's y axis points down.
    out[i] = to - from < 3 ? 0 : -area;
  }
  return out;
}

/** Faces in the order of tiles of the plane, so that neighbours stand together in a fill. */
export function tiled(points, offsets) {
  const count = offsets.length - 1;
  const all = Uint32Array.from({ length: count }, (_, i) => i);
  if (count < 1500) return all;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < points.length; k += 3) {
    x0 = Math.min(x0, points[k]);
    x1 = Math.max(x1, points[k]);
    y0 = Math.min(y0, points[k + 1]);
    y1 = Math.max(y1, points[k + 1]);
  }
  const tile = Uint16Array.from(all, (i) => {
    const k = 3 * offsets[i];
    const at = (v, low, high) => Math.min(TILES - 1, Math.floor((TILES * (v - low)) / (high - low || 1)));
    return k < points.length ? TILES * at(points[k + 1], y0, y1) + at(points[k], x0, x1) : 0;
  });
  return all.sort((a, b) => tile[a] - tile[b]);
}

/** Batches of one side and colour: calls `fill(faces, colour)` with at most 32 faces. */
export function batches(sequence, wanted, colours, fill) {
  const open = [];
  for (const i of sequence) {
    if (!wanted(i)) continue;
    const bin = open[colours[i]] ??= [];
    bin.push(i);
    if (bin.length < BATCH) continue;
    fill(bin, colours[i]);
    bin.length = 0;
  }
  open.forEach((bin, colour) => { if (bin.length) fill(bin, colour); });
}

/** Faces from far to near by ⟨pᵢ, d⟩, `d` the horizontal direction towards the eye. */
export function sorted(points, [dx, dy], count) {
  const depth = new Float64Array(count);
  for (let i = 0; i < count; i += 1) depth[i] = points[2 * i] * dx + points[2 * i + 1] * dy;
  return Uint32Array.from({ length: count }, (_, i) => i).sort((a, b) => depth[a] - depth[b]);
}

/** The part of a flat polygon of the x y z in `points` that lies at z ≥ `low`. */
export function above(points, low) {
  const out = [];
  const n = points.length / 3;
  for (let k = 0, j = n - 1; k < n; j = k, k += 1) {
    const [a, b] = [points[3 * j + 2] - low, points[3 * k + 2] - low];
    if (a >= 0 !== b >= 0) {
      const t = a / (a - b);
      for (let i = 0; i < 3; i += 1) out.push(points[3 * j + i] + t * (points[3 * k + i] - points[3 * j + i]));
    }
    if (b >= 0) out.push(points[3 * k], points[3 * k + 1], points[3 * k + 2]);
  }
  return out;
}
