// A surface over the plane, seen from a camera: flat faces on a 2D canvas, orthographic, in an exact
// order without a depth buffer (see layers.js).
//
// A model, in the coordinates of the problem, z up:
//   faces    { points: 3V, offsets: N + 1, colours: Uint8 N }  flat polygons, counterclockwise from above
//   palette  '#rrggbb' by colour of the faces seen from above, null for open ones; `under` of those from below
//   order    'convex', 'concave': the faces are the graph of such a function over a convex domain;
//            or 2N numbers, a point a face, for any other graph: faces are drawn in the order of ⟨pᵢ, d⟩,
//            d the horizontal direction towards the eye. That is exact over a power diagram with
//            pᵢ = yᵢ, and for a height field over a grid with pᵢ the middles of its squares
//   lines    [{ ends: 6E, faces?: 2E, width, colour, casing?, core?, dash?, alpha? }]  segments,
//            drawn with the faces they stand between (−1: none beside), or on top where `faces` is left out.
//            `casing` and `core`, { width, colour }, are strokes under and over it
//   floor    { z, faces?: { points: 2V, offsets, colours }, palette, lines?, outline?: 2K, tone?, edge? }
//   marks    [{ points: 3M, radius, fill, line?, width? }]  discs on top of all
//   glow     { fill, line }  how a lit face is drawn
//   box      [x0, y0, z0, x1, y1, z1]  what fits into the canvas, whichever way it is turned
//   reach?   how far the surface reaches from the box's middle axis, where that is less than its corners
//   height   the scale by which z is drawn: see `fit`
// Lights, what changes while a person points at things: { lit: [face …], sheets: [{ points: 3K, fill, line }],
// lines, marks }; a sheet is a translucent polygon such as a supporting plane, cut at the floor, or, with
// an `alpha`, a polygon on the floor.

import { square } from '../dom.js';
import { enlarged, measure } from '../figure/enlarge.js';
import { SvgSurface } from '../figure/svg.js';
import { readPalette } from '../figure/palette.js';
import { turn } from '../figure/turn.js';
import { Lens } from './lens.js';
import { orbit } from './orbit.js';
import { RasterSurface } from './raster.js';
import { hit, paint } from './relief.js';

export { fit } from './lens.js';

/** Moving pictures on a canvas that are further apart, and rough ones that take longer, in milliseconds, become rougher. */
const SLOW = [24, 12];
/** Pictures further apart are no movement. */
const LONG = 250;
/** Most pixels a CSS pixel, from sharp to rough; all but the first are drawn without smooth edges. */
const ROUGH = [3, 2, 1, 0.75];
/** Faces from which a movement begins rough, and milliseconds after which what was drawn rough is drawn sharp. */
const MANY = 1500;
const SETTLE = 160;

export class Solid {
  #asked = 0;
  #last = 0;
  #took = 0;
  #rough = 0;
  #moving = false;
  #visible = true;
  #lens = null;
  #settle = 0;
  #raster = null;

  /**
   * `camera` may be shared by several solids. `keys` is a focusable element over the canvas that takes
   * the arrow keys, `say` tells screen readers where the eye is.
   */
  constructor(canvas, { camera, keys = null, say = null }) {
    this.canvas = canvas;
    this.camera = camera;
    this.model = null;
    this.lights = {};
    this.ground = readPalette().ground;
    /** Hear the face that is pointed at, and the one that was clicked, with the pixel; −1 for none. */
    this.onhover = null;
    this.onpick = null;
    /** Hears that the colours of the page changed: a model holds colours. */
    this.ontheme = null;
    camera.addEventListener('change', ({ detail }) => {
      this.#stir(detail);
    });
    orbit(camera, canvas, keys, {
      point: (x, y) => this.onhover?.(x < 0 ? -1 : this.#under(x, y), x, y),
      pick: (x, y) => this.onpick?.(this.#under(x, y), x, y),
      say,
    });
    new ResizeObserver(() => this.repaint()).observe(canvas);
    enlarged(() => this.repaint());
    new MutationObserver(() => {
      this.ground = readPalette().ground;
      this.ontheme?.();
    }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1).isIntersecting;
      if (this.#visible) this.repaint();
    }).observe(canvas);
  }

  /** Shows a model; `moving` where others follow at once, as while a point is dragged. */
  set(model, moving = false) {
    const many = model.faces.offsets.length > MANY;
    if (many !== this.model?.faces.offsets.length > MANY) this.#rough = Number(many);
    this.model = model;
    this.#stir(moving);
  }

  /** A picture of a movement, or one at rest. With many faces any may be followed by another soon. */
  #stir(moving) {
    clearTimeout(this.#settle);
    this.#settle = 0;
    const many = this.model?.faces.offsets.length > MANY;
    if (!moving && many) this.#settle = setTimeout(() => this.rest(), SETTLE);
    this.#moving = moving || many;
    this.repaint();
  }

  /** Nothing moves any more: the picture is drawn sharp. */
  rest() {
    this.#settle = 0;
    if (!this.#moving) return;
    this.#moving = false;
    this.repaint();
  }

  /** Changes what is lit. */
  light(lights) {
    this.lights = lights;
    this.#stir(this.#moving && !this.#settle);
  }

  /** Asks for a new picture at the next animation frame. */
  repaint() {
    if (this.#asked) return;
    this.#asked = requestAnimationFrame((now) => {
      this.#asked = 0;
      if (!this.#visible) return;
      if (this.#moving || turn(now)) this.draw(now);
      else this.repaint();
    });
  }

  draw(now = performance.now()) {
    const rough = this.#moving ? this.#rough : 0;
    const { size, ratio } = measure(this.canvas, ROUGH[rough]);
    if (!size || !this.model) return;
    const began = performance.now();
    const side = Math.round(size * ratio);
    square(this.canvas, side);
    const c = this.canvas.getContext('2d');
    this.#lens = new Lens(this.model, this.camera, size);
    if (rough) {
      this.#raster ??= new RasterSurface();
      this.#raster.begin(side, side / size, this.ground);
      paint(this.#raster, this.model, this.#lens, this.lights);
      c.putImageData(this.#raster.image, 0, 0);
    } else {
      c.setTransform(side / size, 0, 0, side / size, 0, 0);
      c.clearRect(0, 0, size, size);
      paint(c, this.model, this.#lens, this.lights);
    }
    const apart = now - this.#last;
    this.#last = now;
    if (this.#moving && apart < LONG) this.#adapt(rough ? performance.now() - began : apart);
  }

  /**
   * Draws what moves more roughly where it takes long. What is drawn on a canvas is made into pixels
   * later: only the next frame tells how long that took.
   */
  #adapt(took) {
    this.#took = 0.7 * this.#took + 0.3 * took;
    if (this.#took < SLOW[Math.min(1, this.#rough)] || this.#rough === ROUGH.length - 1) return;
    this.#rough += 1;
    this.#took = 0;
  }

  #under(x, y) {
    return this.model && this.#lens ? hit(this.model, x, y) : -1;
  }

  /** Where a point of the problem is seen, in the pixels of the figure. */
  where([x, y, z]) {
    return new Lens(this.model, this.camera, measure(this.canvas).size).at(x, y, z);
  }

  #export(surface, size) {
    surface.fillStyle = this.ground;
    surface.fillRect(0, 0, size, size);
    paint(surface, this.model, new Lens(this.model, this.camera, size), this.lights);
    this.draw();
  }

  /** The picture as a file, on the page's ground. */
  toPng(pixels = 2048) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = pixels;
    const c = canvas.getContext('2d');
    const size = measure(this.canvas).size || 600;
    c.scale(pixels / size, pixels / size);
    this.#export(c, size);
    return new Promise((done) => { canvas.toBlob(done, 'image/png'); });
  }

  toSvg(title) {
    const size = measure(this.canvas).size || 600;
    const surface = new SvgSurface(size);
    this.#export(surface, size);
    return new Blob([surface.toString(title)], { type: 'image/svg+xml' });
  }
}
