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
//   lines    [{ ends: 6E, faces?: 2E, width, colour, casing?, core?, dash?, alpha?, thin? }]  segments,
//            drawn with the faces they stand between (−1: none beside), or on top where `faces` is left out.
//            `casing` and `core`, { width, colour }, are strokes under and over it; `thin` ones are left
//            out while the picture moves
//   floor    { z, faces?: { points: 2V, offsets, colours }, palette, lines?, outline?: 2K, tone?, edge? }
//   marks    [{ points: 3M, radius, fill, line?, width? }]  discs on top of all
//   glow     { fill, line }  how a lit face is drawn
//   box      [x0, y0, z0, x1, y1, z1]  what fits into the canvas, whichever way it is turned
//   height   the scale by which z is drawn: see `fit`
// Lights, what changes while a person points at things: { lit: [face …], sheets: [{ points: 3K, fill, line }],
// lines, marks }; a sheet is a translucent polygon such as a supporting plane, cut at the floor, or, with
// an `alpha`, a polygon on the floor.

import { reducedMotion } from '../dom.js';
import { SvgSurface } from '../figure/svg.js';
import { readPalette } from '../figure/palette.js';
import { Lens } from './lens.js';
import { orbit } from './orbit.js';
import { hit, paint } from './relief.js';

export { fit } from './lens.js';

/** A moving picture that takes longer than this, in milliseconds, is drawn with fewer pixels. */
const SLOW = 14;

export class Solid {
  #asked = 0;
  #cost = 0;
  #sharp = 1;
  #moving = false;
  #visible = true;
  #lens = null;

  /**
   * `camera` may be shared by several solids. `keys` is a focusable element over the canvas that takes
   * the arrow keys, `say` tells screen readers where the eye is.
   */
  constructor(canvas, { camera, keys = null, say = null }) {
    this.canvas = canvas;
    this.camera = camera;
    this.model = null;
    this.lights = {};
    /** Hear the face that is pointed at, and the one that was clicked, with the pixel; −1 for none. */
    this.onhover = null;
    this.onpick = null;
    /** Hears that the colours of the page changed: a model holds colours. */
    this.ontheme = null;
    /** Milliseconds that the last picture took, and what it showed in CSS pixels. */
    this.cost = 0;
    camera.addEventListener('change', ({ detail }) => {
      this.#moving = detail && !reducedMotion();
      this.repaint();
    });
    orbit(camera, canvas, keys, {
      point: (x, y) => this.onhover?.(x < 0 ? -1 : this.#under(x, y), x, y),
      pick: (x, y) => this.onpick?.(this.#under(x, y), x, y),
      say,
    });
    new ResizeObserver(() => this.repaint()).observe(canvas);
    new MutationObserver(() => this.ontheme?.()).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1).isIntersecting;
      if (this.#visible) this.repaint();
    }).observe(canvas);
  }

  /** Shows a model. */
  set(model) {
    this.model = model;
    this.repaint();
  }

  /** Changes what is lit. */
  light(lights) {
    this.lights = lights;
    this.repaint();
  }

  /** Asks for a new picture at the next animation frame. */
  repaint() {
    if (this.#asked) return;
    this.#asked = requestAnimationFrame(() => {
      this.#asked = 0;
      if (this.#visible) this.draw();
    });
  }

  draw() {
    const size = this.canvas.clientWidth;
    if (!size || !this.model) return;
    const began = performance.now();
    const full = Math.min(3, devicePixelRatio || 1);
    const ratio = this.#moving ? Math.max(1, full * this.#sharp) : full;
    const side = Math.round(size * ratio);
    if (this.canvas.width !== side) this.canvas.width = this.canvas.height = side;
    const c = this.canvas.getContext('2d');
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, size, size);
    this.#lens = new Lens(this.model, this.camera, size);
    paint(c, this.model, this.#lens, this.lights, this.#moving && this.#sharp < 1);
    this.cost = performance.now() - began;
    if (!this.#moving) return;
    this.#cost = 0.8 * this.#cost + 0.2 * this.cost;
    if (this.#cost > SLOW && this.#sharp > 0.5) {
      this.#sharp = Math.max(0.5, this.#sharp - 0.25);
      this.#cost = 0;
    }
  }

  #under(x, y) {
    return this.model && this.#lens ? hit(this.model, x, y) : -1;
  }

  /** Where a point of the problem is seen, in CSS pixels of the canvas. */
  where([x, y, z]) {
    return new Lens(this.model, this.camera, this.canvas.clientWidth).at(x, y, z);
  }

  #export(surface, size) {
    surface.fillStyle = readPalette().ground;
    surface.fillRect(0, 0, size, size);
    paint(surface, this.model, new Lens(this.model, this.camera, size), this.lights);
    this.draw();
  }

  /** The picture as a file, on the page's ground. */
  toPng(pixels = 2048) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = pixels;
    const c = canvas.getContext('2d');
    const size = this.canvas.clientWidth || 600;
    c.scale(pixels / size, pixels / size);
    this.#export(c, size);
    return new Promise((done) => { canvas.toBlob(done, 'image/png'); });
  }

  toSvg(title) {
    const size = this.canvas.clientWidth || 600;
    const surface = new SvgSurface(size);
    this.#export(surface, size);
    return new Blob([surface.toString(title)], { type: 'image/svg+xml' });
  }
}
