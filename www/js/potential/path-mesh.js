// The source as a mesh that moves: vertices x with their images T(x). Rust slits it along the singular
// set: on both sides of a fold there are vertices at the same places, whose images differ.

/**
 * The edges of the slits as pairs of vertices, both sides of each. An edge of the mesh that belongs to
 * one triangle alone is on a slit where another such edge lies at the same place, run the other way,
 * and on the border of Ω where none does.
 */
export function rims({ vertices, triangles }) {
  const count = vertices.length / 2;
  /** The edge of a triangle that starts at its k-th corner ends at this one. */
  const next = (t) => (t % 3 === 2 ? t - 2 : t + 1);
  const edges = new Set();
  for (let t = 0; t < triangles.length; t += 1) edges.add(triangles[t] * count + triangles[next(t)]);
  // The twin of an inner edge runs the other way.
  const alone = [];
  for (let t = 0; t < triangles.length; t += 1) {
    const [v, w] = [triangles[t], triangles[next(t)]];
    if (!edges.has(w * count + v)) alone.push([v, w]);
  }
  const place = (v) => `${vertices[2 * v]} ${vertices[2 * v + 1]}`;
  const places = new Set(alone.map(([v, w]) => `${place(v)} ${place(w)}`));
  return Uint32Array.from(alone.filter(([v, w]) => places.has(`${place(w)} ${place(v)}`)).flat());
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
