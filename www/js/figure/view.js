// From the coordinates of the problem to pixels and back. The y axis points up.

export class View {
  /** The square of `size` pixels that shows `bounds`, the shorter side centred. */
  constructor(bounds, size) {
    const [x0, y0, x1, y1] = bounds;
    const extent = Math.max(x1 - x0, y1 - y0) || 1;
    this.bounds = bounds;
    this.size = size;
    this.extent = extent;
    this.scale = size / extent;
    this.left = (size - (x1 - x0) * this.scale) / 2 - x0 * this.scale;
    this.top = (size + (y1 - y0) * this.scale) / 2 + y0 * this.scale;
  }

  x(x) { return this.left + this.scale * x; }
  y(y) { return this.top - this.scale * y; }

  /** Pixels to coordinates. */
  point(px, py) {
    return [(px - this.left) / this.scale, (this.top - py) / this.scale];
  }

  /** Keeps a point inside what the figure shows, a little off its edge. */
  clamp([x, y]) {
    const [a, b] = this.point(4, this.size - 4);
    const [c, d] = this.point(this.size - 4, 4);
    return [Math.min(Math.max(x, a), c), Math.min(Math.max(y, b), d)];
  }
}
