// Draws many small balls into pixels: sorted by depth, shaded, smooth at their edges, nearest
// first, so that a pixel is written once and what is hidden costs nothing.

/** Steps of depth for the sort, of fog, and of light over a ball. */
const DEPTHS = 1024;
const FOG = 16;
const LIGHT = 16;
/** Shift of a ball's middle against the pixels, in parts of one. */
const PHASES = 4;
const LARGEST = 64;

/** Masks of balls by radius and shift: coverage and light of each pixel. */
const masks = new Map();

function mask(radius, px, py) {
  const step = radius < 8 ? 4 : 1;
  const quarter = Math.max(1, Math.round(radius * step));
  const key = (step === 4 ? quarter : 1000 + quarter) * PHASES * PHASES + py * PHASES + px;
  let made = masks.get(key);
  if (!made) {
    made = make(quarter / step, (px + 0.5) / PHASES, (py + 0.5) / PHASES);
    masks.set(key, made);
  }
  return made;
}

function make(r, fx, fy) {
  const half = Math.ceil(r + 0.5);
  const size = 2 * half + 1;
  const cover = new Uint8Array(size * size);
  const light = new Uint8Array(size * size);
  const from = new Int16Array(size);
  const to = new Int16Array(size);
  for (let j = 0; j < size; j += 1) {
    from[j] = size;
    for (let i = 0; i < size; i += 1) {
      const x = i - half + 0.5 - fx;
      const y = j - half + 0.5 - fy;
      const far = Math.hypot(x, y);
      const a = Math.round(255 * Math.min(1, Math.max(0, r + 0.5 - far)));
      if (!a) continue;
      const k = j * size + i;
      cover[k] = a;
      const [nx, ny] = [x / (r + 0.5), y / (r + 0.5)];
      const nz = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
      // Light from above and a little from the left; tiny balls are flat.
      const lit = Math.max(0, -0.38 * nx - 0.55 * ny + 0.74 * nz);
      light[k] = Math.round((LIGHT - 1) * (r < 1.5 ? 0.75 : Math.min(1, 0.1 + lit)));
      if (i < from[j]) from[j] = i;
      to[j] = i + 1;
    }
  }
  return { half, size, cover, light, from, to };
}

const channels = (hex) => [1, 3, 5].map((k) => parseInt(hex.slice(k, k + 2), 16));

/** Colours of each class by fog and light, as pixels: `colours` and `ground` are #rrggbb. */
export function shades(colours, ground, { depth, dark }) {
  const table = new Uint32Array(colours.length * FOG * LIGHT);
  const back = channels(ground);
  colours.forEach((hex, c) => {
    const own = channels(hex);
    for (let f = 0; f < FOG; f += 1) {
      for (let l = 0; l < LIGHT; l += 1) {
        const light = dark + (1 - dark) * (l / (LIGHT - 1));
        const gloss = 0.16 * Math.max(0, l / (LIGHT - 1) - 0.8) * 5;
        const fog = (depth * f) / (FOG - 1);
        const [r, g, b] = own.map((v, k) => {
          const lit = v * light + (255 - v * light) * gloss;
          return Math.round(lit + (back[k] - lit) * fog);
        });
        table[(c * FOG + f) * LIGHT + l] = (255 << 24) | (b << 16) | (g << 8) | r;
      }
    }
  });
  return table;
}

export class Balls {
  #pixels = new ImageData(1, 1);
  #buffer = new Uint32Array(1);
  #order = new Uint32Array(0);
  #bucket = new Uint16Array(0);
  #starts = new Uint32Array(DEPTHS + 1);

  /** Clears to a size in device pixels. */
  begin(width, height) {
    if (this.#pixels.width !== width || this.#pixels.height !== height) {
      this.#pixels = new ImageData(width, height);
      this.#buffer = new Uint32Array(this.#pixels.data.buffer);
    } else this.#buffer.fill(0);
  }

  /**
   * Draws `count` balls: `x`, `y`, `radius` in pixels, `depth` in [0, 1] with 0 nearest, `kind` the
   * class in `table` (see `shades`). A radius of 0 hides a ball.
   */
  draw({ count, x, y, radius, depth, kind }, table) {
    if (this.#order.length < count) {
      this.#order = new Uint32Array(count);
      this.#bucket = new Uint16Array(count);
    }
    const order = this.#order;
    const bucket = this.#bucket;
    const starts = this.#starts.fill(0);
    for (let k = 0; k < count; k += 1) {
      const b = Math.min(DEPTHS - 1, Math.max(0, (depth[k] * DEPTHS) | 0));
      bucket[k] = b;
      starts[b + 1] += 1;
    }
    for (let b = 0; b < DEPTHS; b += 1) starts[b + 1] += starts[b];
    for (let k = 0; k < count; k += 1) {
      order[starts[bucket[k]]] = k;
      starts[bucket[k]] += 1;
    }
    for (let n = 0; n < count; n += 1) {
      const k = order[n];
      const r = Math.min(LARGEST, radius[k]);
      if (r > 0) this.#ball(x[k], y[k], r, table, (kind[k] * FOG + Math.min(FOG - 1, (depth[k] * FOG) | 0)) * LIGHT);
    }
  }

  #ball(x, y, r, table, base) {
    const { width, height } = this.#pixels;
    const buffer = this.#buffer;
    const left = Math.floor(x);
    const top = Math.floor(y);
    if (left + r < -1 || top + r < -1 || left - r > width || top - r > height) return;
    if (r > 2 && this.#hidden(left, top, r * 0.95)) return;
    const { half, size, cover, light, from, to } = mask(r, ((x - left) * PHASES) | 0, ((y - top) * PHASES) | 0);
    for (let j = 0; j < size; j += 1) {
      const row = top + j - half;
      if (row < 0 || row >= height) continue;
      const start = Math.max(from[j], half - left);
      const end = Math.min(to[j], width + half - left);
      let p = row * width + left - half + start;
      let m = j * size + start;
      for (let i = start; i < end; i += 1, p += 1, m += 1) {
        const under = buffer[p];
        const above = under >>> 24;
        if (above === 255) continue;
        const a = cover[m];
        if (a === 0) continue;
        const colour = table[base + light[m]];
        if (above === 0) buffer[p] = (colour & 0xffffff) | (a << 24);
        else buffer[p] = beneath(under, above, colour, a);
      }
    }
  }

  /** Whether a ball is behind others, judged by its middle and eight places at its edge. */
  #hidden(x, y, r) {
    const d = r * 0.7;
    return this.#full(x, y) && this.#full(x - r, y) && this.#full(x + r, y) && this.#full(x, y - r) && this.#full(x, y + r)
      && this.#full(x - d, y - d) && this.#full(x + d, y - d) && this.#full(x - d, y + d) && this.#full(x + d, y + d);
  }

  #full(x, y) {
    const { width, height } = this.#pixels;
    const i = x | 0;
    const j = y | 0;
    // What is outside hides nothing and is not seen.
    return i < 0 || j < 0 || i >= width || j >= height || this.#buffer[j * width + i] >>> 24 === 255;
  }

  /** Puts the pixels on a canvas of the same size. */
  end(context) {
    context.putImageData(this.#pixels, 0, 0);
  }
}

/** A pixel of coverage `above` with a colour of coverage `a` behind it. */
function beneath(under, above, colour, a) {
  const all = above + (a * (255 - above)) / 255;
  const share = above / all;
  const rest = 1 - share;
  const r = (under & 255) * share + (colour & 255) * rest;
  const g = ((under >> 8) & 255) * share + ((colour >> 8) & 255) * rest;
  const b = ((under >> 16) & 255) * share + ((colour >> 16) & 255) * rest;
  // Nearly full counts as full, or balls behind would be drawn for nothing.
  const alpha = all > 250 ? 255 : all;
  return ((alpha << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
