// One site, lit in both solids: its facet with the whole supporting plane and the way down to its
// cell; its dual vertex with the triangles round it and the way down to the point.

import { lifted } from './graphs.js';

/** Lights for both solids (see solid.js) of site i of a Shape; i = −1 lights nothing. */
export function lights(shape, i, { ink, models, domain, project }) {
  if (i < 0 || i >= shape.count) return { graph: {}, dual: {} };
  const { sites, heights, cellVertices, cellOffsets } = shape;
  const [x, y, h] = [sites[2 * i], sites[2 * i + 1], heights[i]];
  const plane = (k) => domain[2 * k] * x + domain[2 * k + 1] * y + h;
  const corners = Float64Array.from({ length: domain.length / 2 }, (_, k) => plane(k));
  const [from, to] = [cellOffsets[i], cellOffsets[i + 1]];
  const cell = cellVertices.subarray(2 * from, 2 * to);
  const floor = models.graph.floor.z;
  const graph = {
    lit: to - from > 2 ? [i] : [],
    sheets: [{ points: lifted(domain, corners), fill: ink.real, line: ink.realText }],
    lines: [],
    marks: [],
  };
  if (project && to - from > 2) {
    graph.sheets.push({ points: lifted(cell, new Float64Array(to - from).fill(floor)), fill: ink.real, alpha: 0.72, line: ink.ink });
    graph.lines.push({ ends: posts(cell, shape.lifted.subarray(from, to), floor), width: 1, colour: ink.ink, dash: [2, 3], alpha: 0.8 });
  }
  const at = [x, y, shape.dual[i]];
  const dual = {
    lit: [],
    lines: [{ ends: star(shape, i), width: 1.75, colour: ink.ink }],
    marks: [{ points: at, radius: 5.5, fill: ink.real, line: ink.ink, width: 2 }],
  };
  if (project) {
    const { z } = models.dual.floor;
    dual.lines.push({ ends: [...at, x, y, z], width: 1, colour: ink.ink, dash: [2, 3], alpha: 0.8 });
    dual.marks.push({ points: [x, y, z], radius: 3.5, fill: ink.real, line: ink.ink, width: 1.25 });
  }
  return { graph, dual };
}

/** Vertical lines from lifted corners to the floor. */
function posts(pairs, heights, floor) {
  const out = [];
  for (let k = 0; k < heights.length; k += 1) out.push(pairs[2 * k], pairs[2 * k + 1], heights[k], pairs[2 * k], pairs[2 * k + 1], floor);
  return out;
}

/** The edges of the lower hull at vertex i. */
function star({ triangles, sites, dual }, i) {
  const others = new Set();
  for (let t = 0; t < triangles.length; t += 3) {
    if (triangles[t] !== i && triangles[t + 1] !== i && triangles[t + 2] !== i) continue;
    for (let k = 0; k < 3; k += 1) if (triangles[t + k] !== i) others.add(triangles[t + k]);
  }
  return [...others].flatMap((j) => [sites[2 * i], sites[2 * i + 1], dual[i], sites[2 * j], sites[2 * j + 1], dual[j]]);
}
