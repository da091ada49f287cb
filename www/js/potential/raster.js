// A drawing surface of pixels, without smooth edges: the part of CanvasRenderingContext2D that
// relief.js uses, for the pictures of a movement. For thousands of small faces it is several times
// faster than the browser's own paths where no graphics card draws them.

const packed = new Map();
/** '#rrggbb' as a pixel, in the order of bytes of every machine that browsers run on. */
function pack(colour) {
  if (!packed.has(colour)) {
    const part = (k) => parseInt(colour.slice(k, k + 2), 16);
    packed.set(colour, (0xff000000 | (part(5) << 16) | (part(3) << 8) | part(1)) >>> 0);
  }
  return packed.get(colour);
}

/** `pixel` over `under`; alpha in 256ths. */
function mix(under, pixel, alpha) {
  const red = (under & 0xff00ff) + ((((pixel & 0xff00ff) - (under & 0xff00ff)) * alpha) >> 8);
  const green = (under & 0xff00) + ((((pixel & 0xff00) - (under & 0xff00)) * alpha) >> 8);
  return ((red & 0xff00ff) | (green & 0xff00) | 0xff000000) >>> 0;
}

/** Lines wider than this are drawn as bands. */
const THIN = 1.3;
const ROUND = 12;

export class RasterSurface {
  #points = new Float64Array(1024);
  #length = 0;
  #starts = [];
  #closed = [];
  #left = new Float64Array(0);
  #right = new Float64Array(0);
  #dashed = false;
  fillStyle = '#000000';
  strokeStyle = '#000000';
  lineWidth = 1;
  globalAlpha = 1;

  /** A picture of so many pixels a side; coordinates are multiplied by `scale`. */
  begin(side, scale, ground) {
    this.side = side;
    this.scale = scale;
    if (this.image?.width !== side) {
      this.image = new ImageData(side, side);
      this.pixels = new Uint32Array(this.image.data.buffer);
      this.#left = new Float64Array(side);
      this.#right = new Float64Array(side);
    }
    this.pixels.fill(pack(ground));
  }

  beginPath() {
    this.#length = 0;
    this.#starts.length = 0;
    this.#closed.length = 0;
  }
  moveTo(x, y) {
    this.#starts.push(this.#length >> 1);
    this.#closed.push(false);
    this.lineTo(x, y);
  }
  lineTo(x, y) {
    if (this.#length === this.#points.length) {
      const more = new Float64Array(2 * this.#length);
      more.set(this.#points);
      this.#points = more;
    }
    this.#points[this.#length] = x * this.scale - 0.5;
    this.#points[this.#length + 1] = y * this.scale - 0.5;
    this.#length += 2;
  }
  closePath() { this.#closed[this.#closed.length - 1] = true; }
  arc(x, y, radius) {
    for (let k = 0; k < ROUND; k += 1) {
      const angle = (2 * Math.PI * k) / ROUND;
      this[k ? 'lineTo' : 'moveTo'](x + radius * Math.cos(angle), y + radius * Math.sin(angle));
    }
    this.closePath();
  }
  setLineDash(dash) { this.#dashed = dash.length > 0; }

  /** Subpaths are convex polygons. */
  fill() {
    const pixel = pack(this.fillStyle);
    const alpha = Math.round(256 * this.globalAlpha);
    this.#starts.forEach((from, k) => this.#polygon(this.#points, from, this.#starts[k + 1] ?? this.#length >> 1, pixel, alpha));
  }

  stroke() {
    const pixel = pack(this.strokeStyle);
    const alpha = Math.round(256 * this.globalAlpha * Math.min(1, this.lineWidth * this.scale) * (this.#dashed ? 0.6 : 1));
    const width = this.lineWidth * this.scale;
    const p = this.#points;
    this.#starts.forEach((from, k) => {
      const to = this.#starts[k + 1] ?? this.#length >> 1;
      for (let b = from + 1; b < to + (this.#closed[k] ? 1 : 0); b += 1) {
        const end = b < to ? b : from;
        this.#segment(p[2 * b - 2], p[2 * b - 1], p[2 * end], p[2 * end + 1], width, pixel, alpha);
      }
    });
  }

  #segment(x0, y0, x1, y1, width, pixel, alpha) {
    if (width <= THIN) this.#line(x0, y0, x1, y1, pixel, alpha);
    else {
      const length = Math.hypot(x1 - x0, y1 - y0) || 1;
      const [u, v] = [(width * (x1 - x0)) / (2 * length), (width * (y1 - y0)) / (2 * length)];
      this.#polygon([x0 - u / 2 + v, y0 - v / 2 - u, x1 + u / 2 + v, y1 + v / 2 - u, x1 + u / 2 - v, y1 + v / 2 + u, x0 - u / 2 - v, y0 - v / 2 + u], 0, 4, pixel, alpha);
    }
  }

  /** A line a pixel wide. */
  #line(x0, y0, x1, y1, pixel, alpha) {
    const { side, pixels } = this;
    const dx = x1 - x0;
    const dy = y1 - y0;
    const steps = Math.ceil(Math.max(Math.abs(dx), Math.abs(dy))) || 1;
    for (let k = 0; k < steps; k += 1) {
      const x = Math.floor(x0 + (dx * k) / steps + 0.5);
      const y = Math.floor(y0 + (dy * k) / steps + 0.5);
      if (x < 0 || y < 0 || x >= side || y >= side) continue;
      const at = y * side + x;
      pixels[at] = alpha > 255 ? pixel : mix(pixels[at], pixel, alpha);
    }
  }

  /**
   * A pixel belongs to a polygon where its middle does. Neighbours share the arithmetic of their
   * edge, so that no pixel between them is left out.
   */
  #polygon(points, from, to, pixel, alpha) {
    const { side, pixels } = this;
    const left = this.#left;
    const right = this.#right;
    let low = Infinity;
    let high = -Infinity;
    for (let k = from; k < to; k += 1) {
      const y = points[2 * k + 1];
      if (y < low) low = y;
      if (y > high) high = y;
    }
    const top = Math.max(0, Math.ceil(low));
    const bottom = Math.min(side, Math.ceil(high));
    for (let y = top; y < bottom; y += 1) {
      left[y] = Infinity;
      right[y] = -Infinity;
    }
    for (let k = from, j = to - 1; k < to; j = k, k += 1) {
      // An edge is walked from its upper end, whichever of its two polygons is drawn.
      const up = points[2 * j + 1] <= points[2 * k + 1];
      const a = up ? j : k;
      const b = up ? k : j;
      const x0 = points[2 * a];
      const y0 = points[2 * a + 1];
      const y1 = points[2 * b + 1];
      const slope = (points[2 * b] - x0) / (y1 - y0);
      const end = Math.min(bottom, Math.ceil(y1));
      for (let y = Math.max(top, Math.ceil(y0)); y < end; y += 1) {
        const x = x0 + slope * (y - y0);
        if (x < left[y]) left[y] = x;
        if (x > right[y]) right[y] = x;
      }
    }
    for (let y = top; y < bottom; y += 1) {
      const end = y * side + Math.min(side, Math.ceil(right[y]));
      for (let at = y * side + Math.max(0, Math.ceil(left[y])); at < end; at += 1) pixels[at] = alpha > 255 ? pixel : mix(pixels[at], pixel, alpha);
    }
  }
}
