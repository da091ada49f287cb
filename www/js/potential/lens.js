// From the coordinates of a model to pixels, orthographic.

/** Share of the canvas's half that the box reaches, whichever way it is turned. */
const ROOM = 0.96;

/** The scale by which heights are drawn, so that a box is `share` of its larger side high. */
export function fit([x0, y0, z0, x1, y1, z1], share = 0.5) {
  const side = Math.max(x1 - x0, y1 - y0) || 1;
  return z1 > z0 ? (share * side) / (z1 - z0) : 1;
}

export class Lens {
  /** The camera's view of a model on a square of `size` pixels. */
  constructor({ box, height, reach: wide }, camera, size) {
    const { right, up, eye, towards } = camera.basis;
    const [x0, y0, z0, x1, y1, z1] = box;
    const reach = Math.hypot(wide ?? Math.hypot(x1 - x0, y1 - y0) / 2, (height * (z1 - z0)) / 2) || 1;
    const s = (ROOM * size * camera.zoom) / (2 * reach);
    const middle = [(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2];
    this.eye = eye;
    this.towards = towards;
    this.size = size;
    // Both coordinates are affine in x, y, z.
    const row = (axis, sign) => {
      const [a, b, c] = [sign * s * axis[0], sign * s * axis[1], sign * s * axis[2] * height];
      return [a, b, c, size / 2 - a * middle[0] - b * middle[1] - c * middle[2]];
    };
    this.x = row(right, 1);
    this.y = row(up, -1);
  }

  at(x, y, z) {
    const [a, b] = [this.x, this.y];
    return [a[0] * x + a[1] * y + a[2] * z + a[3], b[0] * x + b[1] * y + b[2] * z + b[3]];
  }

  /** Many points at once: 3V numbers to 2V. */
  all(points, out = new Float64Array((2 * points.length) / 3)) {
    const [[a, b, c, d], [e, f, g, h]] = [this.x, this.y];
    for (let k = 0, j = 0; k < points.length; k += 3, j += 2) {
      out[j] = a * points[k] + b * points[k + 1] + c * points[k + 2] + d;
      out[j + 1] = e * points[k] + f * points[k + 1] + g * points[k + 2] + h;
    }
    return out;
  }
}
