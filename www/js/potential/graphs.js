// The two polyhedra of a Shape as models of a Solid (see solid.js): the graph of u over the domain,
// whose facets are over the cells, and the lower hull of u* over the points, whose triangles are over
// the weighted Delaunay triangulation.

import { blend, readPalette } from '../figure/palette.js';
import { fit } from './solid.js';

/** Shades of slope. */
const SHADES = 24;
/** Between the surface and the floor where it is projected, and else, in heights of the surface. */
const GAP = { project: 0.45, plain: 0.06 };
/** Height of a surface, in widths. */
const HIGH = 0.5;

/** The colours of the page that models are made of. Read anew when the theme changes. */
export function colours() {
  const palette = readPalette();
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  const ramp = (name) => Array.from({ length: SHADES }, (_, k) => blend(value(`${name}-low`), value(`${name}-high`), k / (SHADES - 1)));
  return { ...palette, slope: ramp('slope'), under: ramp('under'), torn: ramp('torn'), realText: value('real-text') };
}

/** The shade of each slope, least to greatest, and those two; what is no number has none. */
function shaded(slopes) {
  let [low, high] = [Infinity, -Infinity];
  for (const slope of slopes) {
    if (!Number.isFinite(slope)) continue;
    low = Math.min(low, slope);
    high = Math.max(high, slope);
  }
  if (low > high) low = high = 0;
  const shade = (slope) => Math.round(((SHADES - 1) * (slope - low)) / (high - low || 1)) || 0;
  return { shades: Uint8Array.from(slopes, shade), slopes: [low, high] };
}

function box(points) {
  const out = [Infinity, Infinity, Infinity, -Infinity, -Infinity, -Infinity];
  for (let k = 0; k < points.length; k += 3) {
    for (let i = 0; i < 3; i += 1) {
      out[i] = Math.min(out[i], points[k + i]);
      out[3 + i] = Math.max(out[3 + i], points[k + i]);
    }
  }
  return points.length ? out : [0, 0, 0, 1, 1, 1];
}

/** Pairs of numbers with a third each: 2K and K to 3K. */
export function lifted(pairs, heights) {
  const out = new Float64Array(3 * heights.length);
  for (let k = 0; k < heights.length; k += 1) out.set([pairs[2 * k], pairs[2 * k + 1], heights[k]], 3 * k);
  return out;
}

/** The box of a surface with its floor, how far it reaches from its axis, and the scale of heights. */
function stand(points, project) {
  const surface = box(points);
  const high = surface[5] - surface[2] || 1;
  const z = surface[2] - GAP[project ? 'project' : 'plain'] * high;
  const [x, y] = [(surface[0] + surface[3]) / 2, (surface[1] + surface[4]) / 2];
  let reach = 0;
  for (let k = 0; k < points.length; k += 3) reach = Math.max(reach, Math.hypot(points[k] - x, points[k + 1] - y));
  return { z, height: fit(surface, HIGH), reach, box: [surface[0], surface[1], z, ...surface.slice(3)] };
}

/** Two of the three kinds of lines: those that a flag picks, and the others. */
const pick = (array, width, flags, wanted) => {
  const out = [];
  for (let k = 0; k < flags.length; k += 1) if (flags[k] === wanted) for (let i = 0; i < width; i += 1) out.push(array[width * k + i]);
  return out;
};

/** How the singular set is drawn everywhere: a double line, so that it is told without colour. */
export const ridge = (ink, many) => ({ width: many ? 2.6 : 4, colour: ink.singular, casing: { width: many ? 3.6 : 5.6, colour: ink.ground }, core: { width: many ? 0.7 : 1, colour: ink.ground } });

/**
 * The graph of u. `ink` are the page's colours, `domain` the corners of Ω; with `project` it floats
 * above its cells.
 */
export function graph(shape, { ink, domain, project = false, singular = true, sites = shape.sites }) {
  const { count } = shape;
  const facetSingular = singular ? shape.facetSingular : new Uint8Array(shape.facetSingular.length);
  const points = lifted(shape.cellVertices, shape.lifted);
  const ends = lifted(shape.facetEnds, shape.facetLifted);
  const many = count > 1500;
  const slopes = Float64Array.from({ length: count }, (_, i) => Math.hypot(sites[2 * i], sites[2 * i + 1]));
  const { shades, slopes: reach } = shaded(slopes);
  const { z, ...frame } = stand(points, project);
  const line = (flag) => ({ ends: pick(ends, 6, facetSingular, flag), faces: pick(shape.facets, 2, facetSingular, flag) });
  return {
    faces: { points, offsets: shape.cellOffsets, colours: shades },
    palette: ink.slope,
    under: ink.under,
    order: 'convex',
    lines: [
      { ...line(0), width: many ? 0.4 : 0.8, colour: ink.cellLine, alpha: many ? 0.55 : 1 },
      { ...line(1), ...ridge(ink, many) },
    ],
    floor: {
      z,
      outline: domain,
      edge: ink.line2,
      tone: project ? null : ink.sunk,
      ...(project && {
        faces: { points: shape.cellVertices, offsets: shape.cellOffsets, colours: shape.colours },
        palette: ink.cells,
        lines: [
          { ends: pick(shape.facetEnds, 4, facetSingular, 0), width: many ? 0.4 : 0.8, colour: ink.cellLine },
          { ends: pick(shape.facetEnds, 4, facetSingular, 1), width: many ? 1.2 : 2, colour: ink.singular },
        ],
      }),
    },
    glow: { fill: ink.real, line: ink.ink },
    ...frame,
    slopes: reach,
  };
}

/** The lower hull of u*, over the triangulation of the points. */
export function dual(shape, { ink, domain, project = false, singular = true, sites = shape.sites }) {
  const { triangles, triangleDual } = shape;
  const triangleBroken = singular ? shape.triangleBroken : new Uint8Array(shape.triangleBroken.length);
  const total = triangleBroken.length;
  const lift = lifted(sites, shape.dual);
  const points = new Float64Array(9 * total);
  const flat = new Float64Array(6 * total);
  // Triangles are turned so that all are counterclockwise from above.
  for (let t = 0; t < total; t += 1) {
    const [a, b, c] = [triangles[3 * t], triangles[3 * t + 1], triangles[3 * t + 2]];
    const turn = (sites[2 * b] - sites[2 * a]) * (sites[2 * c + 1] - sites[2 * a + 1]) - (sites[2 * b + 1] - sites[2 * a + 1]) * (sites[2 * c] - sites[2 * a]);
    (turn >= 0 ? [a, b, c] : [a, c, b]).forEach((i, k) => {
      points.set(lift.subarray(3 * i, 3 * i + 3), 9 * t + 3 * k);
      flat.set([sites[2 * i], sites[2 * i + 1]], 6 * t + 2 * k);
    });
  }
  const offsets = Uint32Array.from({ length: total + 1 }, (_, t) => 3 * t);
  // Where three planes meet outside Ω, their cells do not meet: such triangles are the rim of the hull.
  const outside = Uint8Array.from({ length: total }, (_, t) => !inside(domain, triangleDual[2 * t], triangleDual[2 * t + 1]));
  const within = Float64Array.from({ length: total }, (_, t) => (outside[t] ? NaN : Math.hypot(triangleDual[2 * t], triangleDual[2 * t + 1])));
  const { shades, slopes } = shaded(within);
  const tints = Uint8Array.from(shades, (shade, t) => (outside[t] ? 2 * SHADES : shade + (triangleBroken[t] ? SHADES : 0)));
  const many = shape.count > 1500;
  const sides = edges(triangles, triangleBroken, outside, lift, sites);
  const { z, ...frame } = stand(points, project);
  return {
    faces: { points, offsets, colours: tints },
    // Those outside stand open, or they would hide what is inside.
    palette: [...ink.slope, ...ink.torn, null],
    under: [...ink.under, ...ink.torn, null],
    order: 'convex',
    lines: [
      { ...sides.whole, width: many ? 0.4 : 0.8, colour: ink.cellLine, alpha: many ? 0.55 : 1 },
      { ...sides.open, width: 0.6, colour: ink.ink3, alpha: 0.5 },
      { ...sides.torn, width: many ? 0.5 : 1, colour: ink.singular, dash: many ? [] : [2, 3] },
    ],
    floor: {
      z,
      outline: hull(sides.rim),
      edge: ink.line2,
      tone: project ? null : ink.sunk,
      ...(project && {
        faces: { points: flat, offsets, colours: Uint8Array.from(triangleBroken, (broken, t) => (outside[t] ? 2 : broken)) },
        palette: [ink.cells[0], ink.torn[4], null],
        lines: [
          { ends: sides.flat, width: many ? 0.4 : 0.8, colour: ink.ink3, alpha: many ? 0.5 : 1 },
          { ends: sides.flatTorn, width: many ? 0.5 : 1, colour: ink.singular, dash: many ? [] : [2, 3] },
        ],
      }),
    },
    glow: { fill: ink.real, line: ink.ink },
    ...frame,
    slopes,
    outside: outside.reduce((n, one) => n + one, 0),
  };
}

/** Whether a point lies in a polygon of corners x, y. */
export function inside(polygon, x, y) {
  let odd = false;
  const n = polygon.length / 2;
  for (let k = 0, j = n - 1; k < n; j = k, k += 1) {
    const [ax, ay, bx, by] = [polygon[2 * j], polygon[2 * j + 1], polygon[2 * k], polygon[2 * k + 1]];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
  }
  return odd;
}

/** The sides of the triangles, each once: whole ones, those across the singular set, those of open triangles, and the rim. */
function edges(triangles, broken, outside, lift, sites) {
  const known = new Map();
  for (let t = 0; t < broken.length; t += 1) {
    for (let k = 0; k < 3; k += 1) {
      const [i, j] = [triangles[3 * t + k], triangles[3 * t + ((k + 1) % 3)]];
      const key = i < j ? i * 2 ** 26 + j : j * 2 ** 26 + i;
      const side = known.get(key);
      if (side) side.faces[1] = t;
      else known.set(key, { i, j, faces: [t, -1] });
    }
  }
  const out = { whole: { ends: [], faces: [] }, open: { ends: [], faces: [] }, torn: { ends: [], faces: [] }, flat: [], flatTorn: [], rim: [] };
  for (const { i, j, faces } of known.values()) {
    const torn = faces.every((t) => t < 0 || broken[t]);
    const set = faces.every((t) => t < 0 || outside[t]) ? out.open : torn ? out.torn : out.whole;
    set.ends.push(...lift.subarray(3 * i, 3 * i + 3), ...lift.subarray(3 * j, 3 * j + 3));
    set.faces.push(...faces);
    (torn ? out.flatTorn : out.flat).push(sites[2 * i], sites[2 * i + 1], sites[2 * j], sites[2 * j + 1]);
    if (faces[1] < 0) out.rim.push(sites[2 * i], sites[2 * i + 1], sites[2 * j], sites[2 * j + 1]);
  }
  return out;
}

/** The convex outline of points x, y, counterclockwise. */
function hull(flat) {
  const points = Array.from({ length: flat.length / 2 }, (_, k) => [flat[2 * k], flat[2 * k + 1]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (points.length < 3) return points.flat();
  const half = (list) => {
    const out = [];
    for (const p of list) {
      while (out.length > 1) {
        const [a, b] = out.slice(-2);
        if ((b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) > 0) break;
        out.pop();
      }
      out.push(p);
    }
    return out.slice(0, -1);
  };
  return [...half(points), ...half(points.reverse())].flat();
}
