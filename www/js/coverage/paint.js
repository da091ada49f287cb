// What a panel draws, each layer by itself. Thousands of marks are written as pixels or kept in a
// layer: as paths, several panels at thirty frames a second would hog the page's thread.

import { reader, signs } from '../figure/signs.js';

const rgb = (colour) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));

/** The colours of the scene beside those of every figure, from its style sheet. */
export function tints() {
  const style = getComputedStyle(document.documentElement);
  return ['--tint-low', '--tint-middle', '--tint-high'].map((name) => rgb(style.getPropertyValue(name).trim() || '#ffffff'));
}

/** 256 colours from low over middle to high, as pixels. */
export function ramp([low, middle, high]) {
  const pixels = new Uint32Array(256);
  for (let k = 0; k < 256; k += 1) {
    const t = (2 * k) / 255 - 1;
    const end = t < 0 ? low : high;
    const [r, g, b] = [0, 1, 2].map((c) => Math.round(middle[c] + (end[c] - middle[c]) * Math.abs(t)));
    pixels[k] = ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }
  return pixels;
}

/** A field of n × n values, row 0 at the bottom, as a small picture to be scaled up. */
export class Field {
  #canvas = document.createElement('canvas');
  #image = null;
  /** The field from −1 to 1 at shares of its sides. */
  #at = null;

  /** `low` and `high` are the values at the ends of the ramp. */
  set(values, low, high, pixels) {
    const n = Math.round(Math.sqrt(values.length));
    if (this.#canvas.width !== n || !this.#image) {
      this.#canvas.width = this.#canvas.height = n;
      this.#image = this.#canvas.getContext('2d').createImageData(n, n);
    }
    const value = reader(values, n, n);
    this.#at = (sx, sy) => Math.max(-1, Math.min(1, (2 * (value(sx, sy) - low)) / (high - low || 1) - 1));
    const data = new Uint32Array(this.#image.data.buffer);
    const scale = 255 / (high - low || 1);
    for (let j = 0; j < n; j += 1) {
      for (let i = 0; i < n; i += 1) {
        const k = (values[j * n + i] - low) * scale;
        data[(n - 1 - j) * n + i] = pixels[k > 0 ? Math.min(255, Math.round(k)) : 0];
      }
    }
    this.#canvas.getContext('2d').putImageData(this.#image, 0, 0);
  }

  draw(c, size, ink) {
    c.imageSmoothingEnabled = true;
    c.imageSmoothingQuality = 'high';
    c.drawImage(this.#canvas, 0, 0, size, size);
    signs(c, { x: 0, y: 0, width: size, height: size }, this.#at, ink);
  }
}

/** Round dots of one colour, written into the pixels of a layer. */
export class Dots {
  #canvas = document.createElement('canvas');
  #image = null;

  draw(c, { points, count, view, ratio, radius, colour, alpha }) {
    const side = Math.round(view.size * ratio);
    const context = this.#canvas.getContext('2d');
    if (this.#canvas.width !== side || !this.#image) {
      this.#canvas.width = this.#canvas.height = side;
      this.#image = context.createImageData(side, side);
    }
    const { data } = this.#image;
    const [r, g, b] = rgb(colour);
    new Uint32Array(data.buffer).fill((b << 16) | (g << 8) | r);
    const reach = radius * ratio;
    const most = 255 * alpha;
    const n = Math.min(points.length, 2 * count);
    for (let k = 0; k < n; k += 2) {
      const x = view.x(points[k]) * ratio - 0.5;
      const y = view.y(points[k + 1]) * ratio - 0.5;
      const x0 = Math.max(0, Math.ceil(x - reach - 0.5));
      const x1 = Math.min(side - 1, Math.floor(x + reach + 0.5));
      const y0 = Math.max(0, Math.ceil(y - reach - 0.5));
      const y1 = Math.min(side - 1, Math.floor(y + reach + 0.5));
      for (let j = y0; j <= y1; j += 1) {
        for (let i = x0; i <= x1; i += 1) {
          const inside = reach + 0.5 - Math.sqrt((i - x) * (i - x) + (j - y) * (j - y));
          if (inside > 0) {
            const at = 4 * (j * side + i) + 3;
            const under = data[at];
            data[at] = under + ((255 - under) * Math.min(1, inside) * most) / 255;
          }
        }
      }
    }
    context.putImageData(this.#image, 0, 0);
    c.drawImage(this.#canvas, 0, 0, view.size, view.size);
  }
}

/** The real points as hollow diamonds and the modes as circles of 3 σ: kept until they change. */
export class RealLayer {
  #canvas = document.createElement('canvas');
  #key = '';

  draw(c, { real, modes, view, wide, ratio, palette, serial }) {
    const side = Math.round(view.size * ratio);
    const key = `${side}/${view.size}/${serial}/${palette.real}/${view.bounds}`;
    if (key !== this.#key) {
      this.#key = key;
      this.#canvas.width = this.#canvas.height = side;
      const own = this.#canvas.getContext('2d');
      own.setTransform(ratio, 0, 0, ratio, 0, 0);
      rings(own, modes, view, palette);
      if (real) diamonds(own, real, view, palette, wide);
    }
    c.drawImage(this.#canvas, 0, 0, view.size, view.size);
  }
}

function diamonds(c, points, view, palette, wide) {
  const radius = wide / 190;
  c.beginPath();
  for (let k = 0; k < points.length; k += 2) {
    const x = view.x(points[k]);
    const y = view.y(points[k + 1]);
    // From the middle of an edge and back by a line: closePath takes time in proportion to all of the path so far.
    c.moveTo(x - radius / 2, y - radius / 2);
    c.lineTo(x, y - radius);
    c.lineTo(x + radius, y);
    c.lineTo(x, y + radius);
    c.lineTo(x - radius, y);
    c.lineTo(x - radius / 2, y - radius / 2);
  }
  c.strokeStyle = palette.real;
  c.lineWidth = Math.max(0.9, wide / 420);
  c.stroke();
}

function rings(c, modes, view, palette) {
  c.beginPath();
  for (let k = 0; k < modes.length; k += 4) {
    const r = Math.max(3, 3 * modes[k + 2] * view.scale);
    c.moveTo(view.x(modes[k]) + r, view.y(modes[k + 1]));
    c.arc(view.x(modes[k]), view.y(modes[k + 1]), r, 0, 2 * Math.PI);
  }
  c.strokeStyle = palette.ink2;
  c.lineWidth = 0.75;
  c.stroke();
}

/** The image of a grid: polylines of `samples` points each, broken where a point is no number. */
export function lines(c, points, samples, view, palette) {
  c.beginPath();
  for (let k = 0; k < points.length; k += 2) {
    const [x, y] = [view.x(points[k]), view.y(points[k + 1])];
    if ((k >> 1) % samples === 0 || Number.isNaN(points[k - 2])) c.moveTo(x, y);
    else c.lineTo(x, y);
  }
  c.strokeStyle = palette.ink;
  c.lineWidth = 0.75;
  c.globalAlpha = 0.5;
  c.stroke();
  c.globalAlpha = 1;
}

/** Where the generator's loss would move points, from the middle of each of n × n equal parts. */
export function arrows(c, values, view, palette) {
  const n = Math.round(Math.sqrt(values.length / 2));
  const lengths = [];
  for (let k = 0; k < values.length; k += 2) lengths.push(Math.hypot(values[k], values[k + 1]));
  // Lengths from the root, up to a usual large one: few of them are far longer than the rest.
  const usual = [...lengths].sort((a, b) => a - b)[Math.floor(0.9 * lengths.length)] || 1;
  const [x0, y0, x1, y1] = view.bounds;
  const longest = (0.9 * view.size) / n;
  c.beginPath();
  for (let k = 0; k < lengths.length; k += 1) {
    const long = longest * Math.min(1, Math.sqrt(lengths[k] / usual));
    if (long < 1.5) continue;
    const [dx, dy] = [values[2 * k] / lengths[k], -values[2 * k + 1] / lengths[k]];
    const x = view.x(x0 + ((x1 - x0) * ((k % n) + 0.5)) / n) - (dx * long) / 2;
    const y = view.y(y0 + ((y1 - y0) * (Math.floor(k / n) + 0.5)) / n) - (dy * long) / 2;
    const [ex, ey] = [x + dx * long, y + dy * long];
    const head = Math.min(4, long / 2.5);
    c.moveTo(x, y);
    c.lineTo(ex, ey);
    c.moveTo(ex - head * (dx + 0.6 * dy), ey - head * (dy - 0.6 * dx));
    c.lineTo(ex, ey);
    c.lineTo(ex - head * (dx - 0.6 * dy), ey - head * (dy + 0.6 * dx));
  }
  c.strokeStyle = palette.ink;
  c.lineWidth = 1;
  c.globalAlpha = 0.7;
  c.stroke();
  c.globalAlpha = 1;
}

/** The mode under the pointer, chosen or dragged: a handle round it. */
export function handle(c, x, y, palette, strong) {
  c.beginPath();
  c.arc(x, y, 11, 0, 2 * Math.PI);
  c.globalAlpha = strong ? 0.16 : 0.1;
  c.fillStyle = palette.ink;
  c.fill();
  c.globalAlpha = 1;
  c.strokeStyle = palette.ink;
  c.lineWidth = strong ? 2 : 1.25;
  c.stroke();
}
