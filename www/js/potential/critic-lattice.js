// The graphs of u and φ as faces of a Solid: each cell cut by a lattice, so that a bowl looks like a
// bowl and every kink is where it is.

import { fit } from './solid.js';

/** Squares along the longer side: fewer where there are many cells anyway. */
const squares = (count) => (count > 2000 ? 24 : count > 600 ? 32 : 44);
/** Height of a surface, in widths. */
const HIGH = 0.42;

/** What of a convex polygon [x, y, …] is on the side where `sign`·(coordinate − at) ≥ 0. */
function half(points, c, at, sign) {
  const out = [];
  for (let k = 0, j = points.length - 2; k < points.length; j = k, k += 2) {
    const [a, b] = [sign * (points[j + c] - at), sign * (points[k + c] - at)];
    if (a < 0 !== b < 0) {
      const s = a / (a - b);
      out.push(points[j] + s * (points[k] - points[j]), points[j + 1] + s * (points[k + 1] - points[j + 1]));
    }
    if (b >= 0) out.push(points[k], points[k + 1]);
  }
  return out;
}

function reach(points, c) {
  let [low, high] = [Infinity, -Infinity];
  for (let k = c; k < points.length; k += 2) {
    low = Math.min(low, points[k]);
    high = Math.max(high, points[k]);
  }
  return [low, high];
}

/** Pieces of a polygon between the lines of a lattice, along one axis. */
function cut(points, c, start, step) {
  const [low, high] = reach(points, c);
  const [from, to] = [Math.floor((low - start) / step), Math.ceil((high - start) / step)];
  const out = [];
  for (let k = from; k < to; k += 1) {
    const piece = half(half(points, c, start + k * step, 1), c, start + (k + 1) * step, -1);
    if (piece.length >= 6) out.push(piece);
  }
  return out;
}

/** The cells in pieces: { points: 2V, offsets, cells: the cell of each piece }. */
export function lattice({ cellVertices, cellOffsets, count }, domain) {
  const [[x0, x1], [y0, y1]] = [reach(domain, 0), reach(domain, 1)];
  const step = Math.max(x1 - x0, y1 - y0) / squares(count);
  const [points, offsets, cells] = [[], [0], []];
  for (let i = 0; i < count; i += 1) {
    const cell = [...cellVertices.subarray(2 * cellOffsets[i], 2 * cellOffsets[i + 1])];
    if (cell.length < 6) continue;
    const [[left, right], [low, high]] = [reach(cell, 0), reach(cell, 1)];
    // A cell smaller than a square is as flat as a square.
    const pieces = right - left <= step && high - low <= step ? [cell] : cut(cell, 0, x0, step).flatMap((strip) => cut(strip, 1, y0, step));
    for (const piece of pieces) {
      for (const value of piece) points.push(value);
      offsets.push(points.length / 2);
      cells.push(i);
    }
  }
  return { points: Float64Array.from(points), offsets: Uint32Array.from(offsets), cells: Uint32Array.from(cells) };
}

/**
 * A model for a Solid: the graph of `value(x, y, cell)` over the pieces. `shade(value)` is an index
 * of `palette`; `walls`: { ends: 4F, facets: 2F, singular: F }; `levels`: values whose level lines are
 * drawn. `middles` of the pieces come along.
 */
export function model({ points, offsets, cells }, { value, shade, palette, under, order, walls, levels, ink, domain }) {
  const total = cells.length;
  const lifted = new Float64Array((3 * points.length) / 2);
  const colours = new Uint8Array(total);
  const middles = new Float64Array(2 * total);
  let [low, high] = [Infinity, -Infinity];
  for (let f = 0; f < total; f += 1) {
    const [from, to] = [offsets[f], offsets[f + 1]];
    let [x, y] = [0, 0];
    for (let k = from; k < to; k += 1) {
      const z = value(points[2 * k], points[2 * k + 1], cells[f]);
      lifted.set([points[2 * k], points[2 * k + 1], z], 3 * k);
      low = Math.min(low, z);
      high = Math.max(high, z);
      x += points[2 * k] / (to - from);
      y += points[2 * k + 1] / (to - from);
    }
    middles.set([x, y], 2 * f);
    colours[f] = shade(value(x, y, cells[f]));
  }
  const [[x0, x1], [y0, y1]] = [reach(domain, 0), reach(domain, 1)];
  const surface = [x0, y0, low, x1, y1, high];
  const floor = low - 0.08 * (high - low || 1);
  return {
    faces: { points: lifted, offsets, colours },
    middles,
    palette,
    under,
    order: order ?? middles,
    lines: [
      ...(levels.length ? [{ ...contours(lifted, offsets, levels), width: 0.8, colour: ink.ink, alpha: 0.55, thin: true }] : []),
      ...(walls ? kinks(walls, { value, points, offsets, cells, ink, many: walls.singular.length > 1500 }) : []),
    ],
    floor: { z: floor, outline: domain, edge: ink.line2, tone: ink.sunk },
    glow: { fill: ink.real, line: ink.ink },
    box: [x0, y0, floor, x1, y1, high],
    height: fit(surface, HIGH),
  };
}

/** Level lines on the pieces: of u they are exact, of φ chords of the arcs. */
function contours(lifted, offsets, levels) {
  const out = { ends: [], faces: [] };
  for (let f = 0; f + 1 < offsets.length; f += 1) {
    const [from, to] = [offsets[f], offsets[f + 1]];
    let [low, high] = [Infinity, -Infinity];
    for (let k = from; k < to; k += 1) {
      low = Math.min(low, lifted[3 * k + 2]);
      high = Math.max(high, lifted[3 * k + 2]);
    }
    for (const c of levels) {
      if (!(c > low && c <= high)) continue;
      const cuts = [];
      for (let k = from, j = to - 1; k < to; j = k, k += 1) {
        const [a, b] = [lifted[3 * j + 2], lifted[3 * k + 2]];
        if (a < c === b < c) continue;
        const s = (c - a) / (b - a);
        cuts.push(lifted[3 * j] + s * (lifted[3 * k] - lifted[3 * j]), lifted[3 * j + 1] + s * (lifted[3 * k + 1] - lifted[3 * j + 1]), c);
      }
      // Where a piece of φ bends, a level may meet four sides.
      for (let k = 0; k + 6 <= cuts.length; k += 6) {
        out.ends.push(...cuts.slice(k, k + 6));
        out.faces.push(f, -1);
      }
    }
  }
  return out;
}

/**
 * The walls between cells, lifted, each drawn with the pieces that it stands between: of its first
 * cell those with an edge on it.
 */
function kinks({ ends, facets, singular }, { value, points, offsets, cells, ink, many }) {
  const byCell = new Map();
  cells.forEach((cell, f) => {
    if (!byCell.has(cell)) byCell.set(cell, []);
    byCell.get(cell).push(f);
  });
  const kinds = [0, 1].map(() => ({ ends: [], faces: [] }));
  for (let w = 0; w < singular.length; w += 1) {
    const [i, j] = [facets[2 * w], facets[2 * w + 1]];
    const [x, y, X, Y] = ends.subarray(4 * w, 4 * w + 4);
    const length = Math.hypot(X - x, Y - y);
    const near = 1e-9 * (1 + Math.abs(x) + Math.abs(y));
    const off = (px, py) => Math.abs((X - x) * (py - y) - (Y - y) * (px - x)) <= near * length;
    const set = kinds[singular[w]];
    for (const f of byCell.get(i) ?? []) {
      for (let k = offsets[f], l = offsets[f + 1] - 1; k < offsets[f + 1]; l = k, k += 1) {
        const [ax, ay, bx, by] = [points[2 * l], points[2 * l + 1], points[2 * k], points[2 * k + 1]];
        if (!off(ax, ay) || !off(bx, by)) continue;
        set.ends.push(ax, ay, value(ax, ay, i), bx, by, value(bx, by, i));
        set.faces.push(f, beside(byCell.get(j), points, offsets, (ax + bx) / 2, (ay + by) / 2));
      }
    }
  }
  return [
    { ...kinds[0], width: many ? 0.4 : 0.8, colour: ink.ink, alpha: many ? 0.25 : 0.4, thin: true },
    { ...kinds[1], width: many ? 1.2 : 2, colour: ink.singular },
  ];
}

/** The piece of another cell whose middle is nearest to a place of the wall. */
function beside(pieces = [], points, offsets, x, y) {
  let [best, least] = [-1, Infinity];
  for (const f of pieces) {
    let [mx, my] = [0, 0];
    for (let k = offsets[f]; k < offsets[f + 1]; k += 1) {
      mx += points[2 * k] / (offsets[f + 1] - offsets[f]);
      my += points[2 * k + 1] / (offsets[f + 1] - offsets[f]);
    }
    const distance = (mx - x) ** 2 + (my - y) ** 2;
    if (distance < least) [best, least] = [f, distance];
  }
  return best;
}
