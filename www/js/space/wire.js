// The visible edge of the source: lines of a cube or circles of a ball, the part that faces the
// eye and the part behind, as polylines about the source's mean.

const STEPS = 72;

function circle(a, b, radius) {
  return Array.from({ length: STEPS + 1 }, (_, k) => {
    const [c, s] = [Math.cos((2 * Math.PI * k) / STEPS), Math.sin((2 * Math.PI * k) / STEPS)];
    return [0, 1, 2].map((i) => radius * (c * a[i] + s * b[i]));
  });
}

const X = [1, 0, 0];
const Y = [0, 1, 0];
const Z = [0, 0, 1];

function cube(half) {
  const lines = [];
  for (let axis = 0; axis < 3; axis += 1) {
    for (const [u, v] of [[-1, -1], [-1, 1], [1, -1], [1, 1]]) {
      const end = (sign) => {
        const p = [0, 0, 0];
        p[axis] = sign * half;
        p[(axis + 1) % 3] = u * half;
        p[(axis + 2) % 3] = v * half;
        return p;
      };
      lines.push([end(-1), end(1)]);
    }
  }
  return lines;
}

/** Radius of the circles that stand for a Gaussian: two standard deviations hold three quarters. */
const GAUSSIAN = 2;

/** `source` is cube, ball or gaussian; `basis` the eye's. Returns { front, back, outline }. */
export function wire(source, { right, up, eye }) {
  const towards = (p) => p[0] * eye[0] + p[1] * eye[1] + p[2] * eye[2];
  if (source === 'cube') {
    const lines = cube(0.5);
    const deep = Math.min(...lines.flat().map(towards));
    // The edges that meet at the farthest corner are hidden by the cube.
    const hidden = (line) => line.some((p) => towards(p) < deep + 1e-9);
    return { front: lines.filter((l) => !hidden(l)), back: lines.filter(hidden), outline: [] };
  }
  // Just outside the samples, which have a size.
  const radius = source === 'ball' ? 1.03 : GAUSSIAN;
  const front = [];
  const back = [];
  for (const ring of [circle(X, Y, radius), circle(X, Z, radius), circle(Y, Z, radius)]) {
    let run = [ring[0]];
    let facing = towards(ring[0]) + towards(ring[1]) >= 0;
    for (let k = 1; k < ring.length; k += 1) {
      const side = towards(ring[k - 1]) + towards(ring[k]) >= 0;
      if (side !== facing) {
        (facing ? front : back).push(run);
        run = [ring[k - 1]];
        facing = side;
      }
      run.push(ring[k]);
    }
    (facing ? front : back).push(run);
  }
  return { front, back, outline: [circle(right, up, radius)] };
}
