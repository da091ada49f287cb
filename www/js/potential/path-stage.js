// The picture of a path: the mesh with its checks at time t, its slits, trails and outlines. The
// same hand draws the figure on the page, the thumbnails and the frames of a film.

import { enlargement } from '../figure/enlarge.js';
import { readPalette } from '../figure/palette.js';
import { View } from '../figure/view.js';
import { find, move, rims } from './path-mesh.js';
import { pattern, placed, raster, weaving } from './path-raster.js';

/** Pixels along a side that are filled at most: more are scaled up from these. */
const MOST = 1600;
const textures = new Map();

/** Painted once for each source and theme. */
function texture(source, dark) {
  const key = `${source} ${dark}`;
  if (!textures.has(key)) textures.set(key, pattern(source, dark));
  return textures.get(key);
}

/** Paints a texture ahead, in steps between which the page answers. */
export async function weave(source, dark) {
  const key = `${source} ${dark}`;
  if (textures.has(key)) return;
  const work = weaving(source, dark);
  let step = work.next();
  while (!step.done) {
    await new Promise((done) => { setTimeout(done); });
    step = work.next();
  }
  textures.set(key, step.value);
}

/** What moves: made once for an answer of `maths.shape`. */
export function motion(shape, source) {
  const { vertices, images, triangles, domain, outlines, outlineOffsets } = shape;
  const [x0, y0, x1, y1] = shape.bounds;
  const margin = 0.04 * Math.max(x1 - x0, y1 - y0);
  return {
    shape, source, vertices, images, triangles,
    rims: rims(shape),
    rings: Array.from({ length: outlineOffsets.length - 1 }, (_, k) => outlines.subarray(2 * outlineOffsets[k], 2 * outlineOffsets[k + 1])),
    at: placed(vertices, extent(domain)),
    bounds: [x0 - margin, y0 - margin, x1 + margin, y1 + margin],
    places: new Float64Array(vertices.length),
    time: NaN,
  };
}

/** The box of a flat list of points. */
export function extent(flat) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  flat.forEach((value, k) => {
    box[k % 2] = Math.min(box[k % 2], value);
    box[2 + (k % 2)] = Math.max(box[2 + (k % 2)], value);
  });
  return box;
}

/** The vertices at time t. They are kept until another t is asked for. */
export function placesAt(moved, t) {
  if (moved.time !== t) {
    move(moved, t, moved.places);
    moved.time = t;
  }
  return moved.places;
}

/** The source's point that is at (x, y) at time t, and its image; null beside the mesh. */
export const pointAt = (moved, t, x, y) => find(moved, placesAt(moved, t), x, y);

/** A buffer that keeps its size: one for each canvas that is drawn into. */
export class Brush {
  #canvas = null;
  #image = null;
  #words = null;

  #sized(side) {
    if (this.#image?.width === side) return;
    this.#canvas = document.createElement('canvas');
    this.#canvas.width = this.#canvas.height = side;
    this.#image = new ImageData(side, side);
    this.#words = new Uint32Array(this.#image.data.buffer);
  }

  /**
   * Draws on a context of `pixels` a side as if it had `size` CSS pixels. `show`: folds, trails,
   * outline. `trails`: [{ from, to }]; `lit` is the one that is pointed at, or −1.
   */
  paint(c, moved, { pixels, size, t, show, trails, lit = -1, palette = readPalette(), dark, ground = true }) {
    // Twice as fine where pixels are coarse, so that edges are smooth.
    const side = Math.min(MOST, pixels / size < 1.5 * enlargement() ? 2 * pixels : pixels);
    this.#sized(side);
    const view = new View(moved.bounds, size);
    const k = side / size;
    const places = placesAt(moved, t);
    raster(this.#words, side, side, { triangles: moved.triangles, places, at: moved.at, texture: texture(moved.source, dark), scale: k * view.scale, left: k * view.left, top: k * view.top });
    this.#canvas.getContext('2d').putImageData(this.#image, 0, 0);
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, pixels, pixels);
    if (ground) {
      c.fillStyle = palette.ground;
      c.fillRect(0, 0, pixels, pixels);
    }
    c.imageSmoothingEnabled = true;
    // At half the size this is the mean of four pixels, and fast.
    c.imageSmoothingQuality = 'low';
    c.drawImage(this.#canvas, 0, 0, pixels, pixels);
    c.setTransform(pixels / size, 0, 0, pixels / size, 0, 0);
    c.lineJoin = c.lineCap = 'round';
    if (show.outline) outlines(c, moved, view, palette, t);
    if (show.folds) folds(c, moved, places, view, palette, t);
    if (show.trails) ways(c, trails, view, palette, t, lit);
  }
}

function ring(c, view, points) {
  for (let k = 0; k < points.length; k += 2) c[k ? 'lineTo' : 'moveTo'](view.x(points[k]), view.y(points[k + 1]));
  c.closePath();
}

/** Where the source was and where the shape will be: each is dotted while nothing fills it. */
function outlines(c, { shape, rings }, view, palette, t) {
  c.strokeStyle = palette.ink3;
  c.lineWidth = 1;
  const draw = (rings, alpha) => {
    if (alpha <= 0) return;
    c.globalAlpha = alpha;
    c.setLineDash([1.5, 3.5]);
    c.beginPath();
    for (const points of rings) ring(c, view, points);
    c.stroke();
  };
  draw([shape.domain], Math.min(1, 6 * t));
  draw(rings, Math.min(1, 6 * (1 - t)));
  c.setLineDash([]);
  c.globalAlpha = 1;
}

/** Both sides of every slit: a ridge before it opens, a thinner line at its edges after. */
function folds(c, { rims }, places, view, palette, t) {
  if (!rims.length) return;
  c.beginPath();
  for (let k = 0; k < rims.length; k += 2) {
    c.moveTo(view.x(places[2 * rims[k]]), view.y(places[2 * rims[k] + 1]));
    c.lineTo(view.x(places[2 * rims[k + 1]]), view.y(places[2 * rims[k + 1] + 1]));
  }
  const shut = Math.max(0, 1 - 12 * t);
  c.lineWidth = 1.4 + 1.8 * shut;
  if (shut > 0) {
    const width = c.lineWidth;
    c.lineWidth = width + 2.2 * shut;
    c.strokeStyle = palette.ground;
    c.stroke();
    c.lineWidth = width;
  }
  c.strokeStyle = palette.singular;
  c.stroke();
}

/** Each trail: the way behind drawn through, the way ahead dotted, the point where it is now. */
function ways(c, trails, view, palette, t, lit) {
  const place = ({ from, to }, s) => [view.x(from[0] + s * (to[0] - from[0])), view.y(from[1] + s * (to[1] - from[1]))];
  const lines = (s, e) => {
    c.beginPath();
    for (const trail of trails) {
      c.moveTo(...place(trail, s));
      c.lineTo(...place(trail, e));
    }
    c.stroke();
  };
  c.strokeStyle = palette.ink;
  c.lineWidth = 1.1;
  c.globalAlpha = 0.6;
  c.setLineDash([1, 3.5]);
  lines(t, 1);
  c.setLineDash([]);
  c.globalAlpha = 0.85;
  lines(0, t);
  c.globalAlpha = 1;
  c.beginPath();
  for (const trail of trails) {
    const [x, y] = place(trail, 0);
    c.moveTo(x + 2, y);
    c.arc(x, y, 2, 0, 2 * Math.PI);
  }
  c.fillStyle = palette.ink;
  c.fill();
  trails.forEach((trail, k) => {
    const [x, y] = place(trail, t);
    c.beginPath();
    c.arc(x, y, k === lit ? 6 : 4.2, 0, 2 * Math.PI);
    c.fillStyle = palette.ink;
    c.fill();
    c.strokeStyle = palette.ground;
    c.lineWidth = 1.5;
    c.stroke();
  });
}
