// Paints a moving mesh with a pattern that is fixed to where its points come from. Triangles are
// filled row by row in memory: a pattern cannot be stretched over triangles by paths, and tens of
// thousands of paths a frame would be slow.

const SIDE = 1024;

/** From OKLCH to sRGB as 0xAABBGGRR, the order of a canvas' bytes. Björn Ottosson's matrices, 2020. */
function colour(lightness, chroma, hue) {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channel = (x) => {
    const linear = Math.min(1, Math.max(0, x));
    return Math.round(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055));
  };
  const red = channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = channel(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}

/** Rings of a disk, and their sectors but for the innermost, which is one; squares along a square. */
const RINGS = 8;
const SECTORS = 24;
const CHECKS = 14;
/** Rows that are painted in one step. */
const ROWS = 128;

/**
 * A texture of SIDE × SIDE over the box of the source, in flat checks: the hue says in which
 * direction from the middle a check starts, the tone changes from one to the next.
 */
export function pattern(source, dark) {
  const work = weaving(source, dark);
  let step;
  do step = work.next(); while (!step.done);
  return step.value;
}

/** The same in steps of some milliseconds, so that a page can answer in between. */
export function* weaving(source, dark) {
  const texture = new Uint32Array(SIDE * SIDE);
  const tones = dark ? [[0.47, 0.06], [0.39, 0.055]] : [[0.9, 0.045], [0.83, 0.06]];
  const known = [];
  /** The ink of a check; `angle` is of its middle. */
  const ink = (key, odd, angle, chroma = 1) => known[key] ??= colour(tones[odd][0], chroma * tones[odd][1], angle);
  for (let j = 0; j < SIDE; j += 1) {
    const y = (2 * (j + 0.5)) / SIDE - 1;
    for (let i = 0; i < SIDE; i += 1) {
      const x = (2 * (i + 0.5)) / SIDE - 1;
      let tone;
      if (source === 'disk') {
        const ring = Math.floor(Math.hypot(x, y) * RINGS);
        const sector = Math.floor((Math.atan2(y, x) / (2 * Math.PI) + 1) * SECTORS) % SECTORS;
        const odd = (ring + sector) & 1;
        tone = ring === 0 ? ink(2 * SECTORS, dark ? 1 : 0, 0, 0) : ink(2 * sector + odd, odd, (2 * Math.PI * (sector + 0.5)) / SECTORS);
      } else {
        const column = Math.floor(((x + 1) / 2) * CHECKS);
        const row = Math.floor(((y + 1) / 2) * CHECKS);
        tone = ink(row * CHECKS + column, (column + row) & 1, Math.atan2(row + 0.5 - CHECKS / 2, column + 0.5 - CHECKS / 2));
      }
      texture[j * SIDE + i] = tone;
    }
    if ((j + 1) % ROWS === 0) yield;
  }
  return texture;
}

/** Where the vertices lie in the texture. `box` is the source's. */
export function placed(vertices, [x0, y0, x1, y1]) {
  const at = new Float64Array(vertices.length);
  const extent = Math.max(x1 - x0, y1 - y0);
  const [left, low] = [(x0 + x1 - extent) / 2, (y0 + y1 - extent) / 2];
  const clamp = (v) => Math.min(SIDE - 1e-3, Math.max(0, v));
  for (let k = 0; k < vertices.length; k += 2) {
    at[k] = clamp((SIDE * (vertices[k] - left)) / extent);
    at[k + 1] = clamp((SIDE * (vertices[k + 1] - low)) / extent);
  }
  return at;
}

/**
 * Fills `out`, width × height pixels, row 0 at the top: triangles with corners `places` (coordinates
 * of the plane, brought to pixels by `scale`, `left`, `top`) show the texture at `at`. A pixel
 * belongs to a triangle when its centre does, so neighbours leave no gap and no overlap.
 */
export function raster(out, width, height, { triangles, places, at, texture, scale, left, top }) {
  out.fill(0);
  for (let t = 0; t < triangles.length; t += 3) {
    let a = 2 * triangles[t];
    let b = 2 * triangles[t + 1];
    let c = 2 * triangles[t + 2];
    // From the top of the picture down; y points up in the plane.
    let swap;
    if (places[b + 1] > places[a + 1]) { swap = a; a = b; b = swap; }
    if (places[c + 1] > places[a + 1]) { swap = a; a = c; c = swap; }
    if (places[c + 1] > places[b + 1]) { swap = b; b = c; c = swap; }
    const ax = left + scale * places[a];
    const ay = top - scale * places[a + 1];
    const bx = left + scale * places[b];
    const by = top - scale * places[b + 1];
    const cx = left + scale * places[c];
    const cy = top - scale * places[c + 1];
    const d = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    const first = Math.max(0, Math.ceil(ay - 0.5));
    const last = Math.min(height - 1, Math.ceil(cy - 0.5) - 1);
    if (d === 0 || last < first) continue;
    const [u0, v0] = [at[a], at[a + 1]];
    const ux = ((at[b] - u0) * (cy - ay) - (at[c] - u0) * (by - ay)) / d;
    const uy = ((at[c] - u0) * (bx - ax) - (at[b] - u0) * (cx - ax)) / d;
    const vx = ((at[b + 1] - v0) * (cy - ay) - (at[c + 1] - v0) * (by - ay)) / d;
    const vy = ((at[c + 1] - v0) * (bx - ax) - (at[b + 1] - v0) * (cx - ax)) / d;
    const slope = (cx - ax) / (cy - ay);
    const above = by > ay ? (bx - ax) / (by - ay) : 0;
    const below = cy > by ? (cx - bx) / (cy - by) : 0;
    for (let y = first; y <= last; y += 1) {
      const middle = y + 0.5;
      const one = ax + (middle - ay) * slope;
      const other = middle < by ? ax + (middle - ay) * above : bx + (middle - by) * below;
      const from = Math.max(0, Math.ceil((one < other ? one : other) - 0.5));
      const to = Math.min(width, Math.ceil((one < other ? other : one) - 0.5));
      let u = u0 + (from + 0.5 - ax) * ux + (middle - ay) * uy;
      let v = v0 + (from + 0.5 - ax) * vx + (middle - ay) * vy;
      const row = y * width;
      for (let x = from; x < to; x += 1) {
        // A long sliver may leave the texture by rounding.
        const i = u < 0 ? 0 : u >= SIDE ? SIDE - 1 : u | 0;
        const j = v < 0 ? 0 : v >= SIDE ? SIDE - 1 : v | 0;
        out[row + x] = texture[(j << 10) | i];
        u += ux;
        v += vx;
      }
    }
  }
}
