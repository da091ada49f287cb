// The source as a mesh that moves: vertices x with their images T(x), torn where the map jumps.
//
// The solver's mesh has the cells' centroids as vertices, and triangles across the singular set are
// marked as broken. Here such a triangle is cut along the walls of its cells, so that nothing is
// missing before the motion starts and the slit opens from a line. Along the slit the sides are
// joined linearly between neighbouring sites: there the extended map of the page is constant on each
// cell, which would open as a saw with teeth of half a cell.

/** A pair of sites as one key, in either order. */
const key = (i, j, count) => (i < j ? i * count + j : j * count + i);

/** Where ⟨x, a⟩ = a₀ and ⟨x, b⟩ = b₀ meet; null for parallel lines. */
function meet([ax, ay, a0], [bx, by, b0]) {
  const d = ax * by - ay * bx;
  return Math.abs(d) < 1e-14 * Math.hypot(ax, ay) * Math.hypot(bx, by) ? null : [(a0 * by - ay * b0) / d, (ax * b0 - a0 * bx) / d];
}

/**
 * `shape`: sites 2N, heights N, vertices 2V, images 2V, vertexSites V, triangles 3T, broken T,
 * facets 2F (the pairs of sites of the singular facets). Returns { vertices, images, triangles,
 * rims }: rims are pairs of vertices, the edges of the slits, each slit with two sides that lie on
 * each other at t = 0.
 */
export function tear({ sites, heights, vertices, images, vertexSites, triangles, broken, facets }) {
  const count = heights.length;
  const singular = new Set();
  for (let f = 0; f < facets.length; f += 2) singular.add(key(facets[f], facets[f + 1], count));
  const jumps = (v, w) => {
    const [i, j] = [vertexSites[v], vertexSites[w]];
    return i !== j && singular.has(key(i, j, count));
  };
  const [points, ends] = [Array.from(vertices), Array.from(images)];
  const [kept, rims] = [[], []];
  const add = (x, y, ix, iy) => {
    points.push(x, y);
    ends.push(ix, iy);
    return points.length / 2 - 1;
  };
  const site = (v) => [sites[2 * vertexSites[v]], sites[2 * vertexSites[v] + 1]];
  /** The line on which the planes of two vertices' cells are level: ⟨x, a⟩ = a₀. */
  const wall = (v, w) => {
    const [i, j] = [vertexSites[v], vertexSites[w]];
    return [sites[2 * i] - sites[2 * j], sites[2 * i + 1] - sites[2 * j + 1], heights[j] - heights[i]];
  };
  /** Where the wall crosses the edge from v to w; on the edge, whatever rounding says. */
  function crossing(v, w) {
    const [ax, ay, a0] = wall(v, w);
    const [x, y, X, Y] = [vertices[2 * v], vertices[2 * v + 1], vertices[2 * w], vertices[2 * w + 1]];
    const [from, to] = [ax * x + ay * y - a0, ax * X + ay * Y - a0];
    const s = from === to ? 0.5 : Math.min(1, Math.max(0, from / (from - to)));
    return [x + s * (X - x), y + s * (Y - y)];
  }
  function inside([x, y], [a, b, c]) {
    const turn = (p, q) => (vertices[2 * q] - vertices[2 * p]) * (y - vertices[2 * p + 1]) - (vertices[2 * q + 1] - vertices[2 * p + 1]) * (x - vertices[2 * p]);
    const [p, q, r] = [turn(a, b), turn(b, c), turn(c, a)];
    return (p >= 0 && q >= 0 && r >= 0) || (p <= 0 && q <= 0 && r <= 0);
  }
  /** The corner of the three cells, where it lies in the triangle; else between the crossings. */
  function middle(corners, crossings) {
    const [a, b, c] = corners;
    const corner = meet(wall(a, b), wall(a, c));
    if (corner && inside(corner, corners)) return corner;
    return [0, 1].map((k) => crossings.reduce((sum, at) => sum + at[k], 0) / crossings.length);
  }
  const triangle = (a, b, c) => kept.push(a, b, c);

  for (let t = 0; t < broken.length; t += 1) {
    const corners = [triangles[3 * t], triangles[3 * t + 1], triangles[3 * t + 2]];
    const torn = broken[t] ? [0, 1, 2].filter((k) => jumps(corners[k], corners[(k + 1) % 3])) : [];
    if (!torn.length) {
      triangle(...corners);
    } else if (torn.length === 1) {
      // The slit ends here: at the corner of the three cells the sides meet.
      const [a, b, c] = [0, 1, 2].map((k) => corners[(torn[0] + k) % 3]);
      const at = crossing(a, b);
      const [A, B, C] = [a, b, c].map(site);
      const tip = add(...middle([a, b, c], [at, [vertices[2 * c], vertices[2 * c + 1]]]), (A[0] + B[0] + C[0]) / 3, (A[1] + B[1] + C[1]) / 3);
      const [p, q] = [add(...at, ...A), add(...at, ...B)];
      triangle(a, p, tip);
      triangle(a, tip, c);
      triangle(c, tip, b);
      triangle(b, tip, q);
      rims.push(p, tip, q, tip);
    } else if (torn.length === 2) {
      // One corner lies alone on its side.
      const alone = [0, 1, 2].find((k) => torn.includes(k) && torn.includes((k + 2) % 3));
      const [a, b, c] = [0, 1, 2].map((k) => corners[(alone + k) % 3]);
      const [ab, ac] = [crossing(a, b), crossing(a, c)];
      const at = middle([a, b, c], [ab, ac]);
      const [A, B, C] = [a, b, c].map(site);
      const [p, m, q] = [add(...ab, ...A), add(...at, ...A), add(...ac, ...A)];
      const [P, M, Q] = [add(...ab, ...B), add(...at, (B[0] + C[0]) / 2, (B[1] + C[1]) / 2), add(...ac, ...C)];
      triangle(a, p, m);
      triangle(a, m, q);
      triangle(b, M, P);
      triangle(b, c, M);
      triangle(c, Q, M);
      rims.push(p, m, m, q, P, M, M, Q);
    } else {
      // Three cells, three pieces, each to its site.
      const edges = corners.map((v, k) => crossing(v, corners[(k + 1) % 3]));
      const at = middle(corners, edges);
      corners.forEach((v, k) => {
        const to = site(v);
        const [p, m, q] = [add(...edges[k], ...to), add(...at, ...to), add(...edges[(k + 2) % 3], ...to)];
        triangle(v, p, m);
        triangle(v, m, q);
        rims.push(p, m, m, q);
      });
    }
  }
  return { vertices: Float64Array.from(points), images: Float64Array.from(ends), triangles: Uint32Array.from(kept), rims: Uint32Array.from(rims) };
}

/** Vertices at time t, written into `out`: (1 − t) x + t T(x). */
export function move({ vertices, images }, t, out = new Float64Array(vertices.length)) {
  for (let k = 0; k < vertices.length; k += 1) out[k] = vertices[k] + t * (images[k] - vertices[k]);
  return out;
}

/**
 * The point of the source that is at (x, y) when the vertices are at `places`, and where it goes:
 * { from, to }; null beside the mesh.
 */
export function find({ vertices, images, triangles }, places, x, y) {
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [2 * triangles[t], 2 * triangles[t + 1], 2 * triangles[t + 2]];
    const [ux, uy] = [places[b] - places[a], places[b + 1] - places[a + 1]];
    const [vx, vy] = [places[c] - places[a], places[c + 1] - places[a + 1]];
    const d = ux * vy - uy * vx;
    if (d === 0) continue;
    const [wx, wy] = [x - places[a], y - places[a + 1]];
    const [s, r] = [(wx * vy - wy * vx) / d, (ux * wy - uy * wx) / d];
    if (s < -1e-9 || r < -1e-9 || s + r > 1 + 1e-9) continue;
    const mix = (of, k) => of[a + k] + s * (of[b + k] - of[a + k]) + r * (of[c + k] - of[a + k]);
    return { from: [mix(vertices, 0), mix(vertices, 1)], to: [mix(images, 0), mix(images, 1)] };
  }
  return null;
}
