// Level lines, exactly. On the cell of yᵢ, u is the plane ⟨x, yᵢ⟩ + hᵢ, and
//   φ(x) = ½|x|² − u(x) = ½|x − yᵢ|² − ½|yᵢ|² − hᵢ:
// a level line of u is straight there, one of φ an arc of a circle about the site.

/** About `many` round levels between two values, in steps of 1, 2 or 5 times a power of ten. */
export function levels(low, high, many = 12) {
  const span = high - low;
  if (!(span > 0)) return [];
  const unit = 10 ** Math.floor(Math.log10(span / many));
  const step = unit * [1, 2, 5, 10].find((m) => m * unit * many >= span);
  const out = [];
  for (let k = Math.ceil(low / step); k * step <= high; k += 1) out.push(k * step);
  return out;
}

/** Segments x, y, X, Y of the level lines of u. `lifted` is u at the cells' vertices. */
export function straight({ cellVertices: v, cellOffsets, lifted }, values) {
  const out = [];
  for (let i = 0; i + 1 < cellOffsets.length; i += 1) {
    const [from, to] = [cellOffsets[i], cellOffsets[i + 1]];
    let [low, high] = [Infinity, -Infinity];
    for (let k = from; k < to; k += 1) {
      low = Math.min(low, lifted[k]);
      high = Math.max(high, lifted[k]);
    }
    for (const c of values) {
      if (!(c > low && c <= high)) continue;
      // A convex polygon is met at two sides.
      for (let k = from, j = to - 1; k < to; j = k, k += 1) {
        if (lifted[j] < c === lifted[k] < c) continue;
        const s = (c - lifted[j]) / (lifted[k] - lifted[j]);
        out.push(v[2 * j] + s * (v[2 * k] - v[2 * j]), v[2 * j + 1] + s * (v[2 * k + 1] - v[2 * j + 1]));
      }
    }
  }
  return Float64Array.from(out);
}

/** Arcs x, y, radius, start, end of the level lines of φ, counterclockwise, angles with y up. */
export function arcs({ cellVertices: v, cellOffsets, sites, heights }, values) {
  const out = [];
  for (let i = 0; i + 1 < cellOffsets.length; i += 1) {
    const [from, to] = [cellOffsets[i], cellOffsets[i + 1]];
    if (to - from < 3) continue;
    const [x, y] = [sites[2 * i], sites[2 * i + 1]];
    const lowest = -(x * x + y * y) / 2 - heights[i];
    const inside = (px, py) => {
      let [left, right] = [false, false];
      for (let k = from, j = to - 1; k < to; j = k, k += 1) {
        const turn = (v[2 * k] - v[2 * j]) * (py - v[2 * j + 1]) - (v[2 * k + 1] - v[2 * j + 1]) * (px - v[2 * j]);
        if (turn > 0) left = true;
        else if (turn < 0) right = true;
      }
      return !(left && right);
    };
    let most = 0;
    for (let k = from; k < to; k += 1) most = Math.max(most, (v[2 * k] - x) ** 2 + (v[2 * k + 1] - y) ** 2);
    for (const c of values) {
      const square = 2 * (c - lowest);
      if (square <= 0 || square > most) continue;
      const r = Math.sqrt(square);
      const cuts = [];
      for (let k = from, j = to - 1; k < to; j = k, k += 1) {
        const [px, py] = [v[2 * j] - x, v[2 * j + 1] - y];
        const [dx, dy] = [v[2 * k] - v[2 * j], v[2 * k + 1] - v[2 * j + 1]];
        const [a, b, d] = [dx * dx + dy * dy, px * dx + py * dy, px * px + py * py - square];
        const root = b * b - a * d;
        if (a === 0 || root <= 0) continue;
        for (const sign of [-1, 1]) {
          const s = (-b + sign * Math.sqrt(root)) / a;
          if (s >= 0 && s <= 1) cuts.push(Math.atan2(py + s * dy, px + s * dx));
        }
      }
      if (!cuts.length) {
        if (inside(x + r, y)) out.push(x, y, r, 0, 2 * Math.PI);
        continue;
      }
      cuts.sort((one, other) => one - other);
      cuts.forEach((start, k) => {
        const end = k + 1 < cuts.length ? cuts[k + 1] : cuts[0] + 2 * Math.PI;
        const middle = (start + end) / 2;
        if (end > start && inside(x + r * Math.cos(middle), y + r * Math.sin(middle))) out.push(x, y, r, start, end);
      });
    }
  }
  return Float64Array.from(out);
}
