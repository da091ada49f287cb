// The figure in space: samples on their way from the source to their sites, seen from the camera.
// It draws when something has changed, and only while it can be seen.

import { reducedMotion, square } from '../dom.js';
import { enlarged, measure } from '../figure/enlarge.js';
import { readPalette } from '../figure/palette.js';
import { Balls, shades } from './balls.js';
import { Camera } from './camera.js';
import { plane } from './cut.js';
import { wire } from './wire.js';

/** Classes of colour after the seven of the cells. */
const PLAIN = 7;
const SITE = 8;
const TEAR = 9;
/** Distance of the eye from the middle, in radii of the scene. */
const FAR = 5;
/** A moving picture that takes longer than this is drawn with fewer pixels. */
const SLOW = 15;
/** Of the source, a Gaussian's by where most of it is. */
const VOLUME = { cube: 1, ball: 4.19, gaussian: 40 };

export class Cloud {
  #balls = new Balls();
  #pixels = document.createElement('canvas');
  #asked = 0;
  #last = 0;
  #cost = 0;
  #sharp = 1;
  #table = null;
  #visible = true;

  /** `bare` leaves the edge of the source out. */
  constructor(canvas, { bare = false } = {}) {
    this.canvas = canvas;
    this.bare = bare;
    this.camera = new Camera();
    this.scene = null;
    this.positions = new Float32Array(0);
    this.targets = null;
    this.winners = null;
    this.jumps = null;
    this.section = null;
    this.held = false;
    this.view = { t: 0, cut: 0, cutYaw: 30, cutPitch: 20, tear: false, kappa: 3, sites: false };
    this.onpaint = null;
    new ResizeObserver(() => this.invalidate()).observe(canvas);
    enlarged(() => this.invalidate());
    new MutationObserver(() => this.recolour()).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    new IntersectionObserver((entries) => {
      this.#visible = entries.at(-1).isIntersecting;
      if (this.#visible) this.invalidate();
    }).observe(canvas);
    this.recolour();
  }

  recolour() {
    const palette = readPalette();
    const style = getComputedStyle(document.documentElement);
    const cells = Array.from({ length: 7 }, (_, k) => style.getPropertyValue(`--sample-${k}`).trim());
    const dark = document.documentElement.dataset.theme === 'dark';
    this.palette = palette;
    this.#table = shades([...cells, palette.noise, palette.real, palette.singular], palette.ground, { depth: dark ? 0.62 : 0.5, dark: dark ? 0.42 : 0.55 });
    this.invalidate();
  }

  /** Sites, their colours and masses, and the source they stand beside. */
  setScene(scene, source) {
    const { sites, masses, centre, reach } = scene;
    const at = Float32Array.from(sites, (v) => v - centre);
    const count = sites.length / 3;
    const mean = masses ? masses.reduce((a, b) => a + b, 0) / count : 1;
    const weights = Float32Array.from({ length: count }, (_, i) => (masses ? Math.min(3, Math.cbrt(masses[i] / mean)) : 1));
    this.scene = { at, count, weights, colours: scene.colours, centre, reach, source, spacing: spacing(at) };
    this.setCells(null, null);
  }

  /** Display samples of the source. */
  setSamples(positions) {
    this.positions = Float32Array.from(positions, (v) => v - this.scene.centre);
    this.setCells(null, null);
  }

  /** Places on the cut with the sites of their cells: { positions, winners, step }, or null. */
  setSection(section) {
    this.section = section;
    this.invalidate();
  }

  /** The site of each sample's cell, and how far the map jumps at its nearest wall. */
  setCells(winners, jumps) {
    this.winners = winners?.length * 3 === this.positions.length ? winners : null;
    this.jumps = this.winners && jumps;
    this.section = null;
    this.invalidate();
  }

  set(view) {
    Object.assign(this.view, view);
    this.invalidate();
  }

  /** Asks for a new picture at the next animation frame. */
  invalidate() {
    if (this.#asked) return;
    this.#asked = requestAnimationFrame((now) => {
      this.#asked = 0;
      if (!this.#visible) return;
      const passed = now - this.#last;
      this.#last = now;
      const turning = !this.held && this.camera.advance(Math.min(40, passed));
      // Pictures that follow one another are a movement, whatever moves.
      this.draw(turning || this.held || passed < 90);
      if (turning) this.invalidate();
    });
  }

  /** Lets go with a speed, unless motion is unwelcome. */
  release(yaw, pitch) {
    this.held = false;
    if (!reducedMotion()) this.camera.release(yaw, pitch);
    this.#last = performance.now();
    this.invalidate();
  }

  draw(moving = false) {
    const { size, ratio } = measure(this.canvas);
    if (!size || !this.scene) return;
    const began = performance.now();
    const full = Math.round(size * ratio);
    square(this.canvas, full);
    const side = Math.round(full * (moving ? this.#sharp : 1));
    const c = this.canvas.getContext('2d');
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, full, full);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#paint(c, size, side);
    const cost = performance.now() - began;
    if (moving) {
      this.#cost = 0.8 * this.#cost + 0.2 * cost;
      if (this.#cost > SLOW && this.#sharp > 0.5) {
        this.#sharp -= 0.25;
        this.#cost = 0.6 * SLOW;
      }
      // The sharp picture follows when the movement ends.
      clearTimeout(this.settle);
      if (side < full) this.settle = setTimeout(() => this.invalidate(), 140);
    }
    this.onpaint?.();
  }

  /** Paints on a square of this size, the balls with so many pixels across. */
  #paint(c, size, side) {
    const { basis } = this.camera;
    const lines = this.bare ? { front: [], back: [], outline: [] } : wire(this.scene.source, basis);
    const faint = 1 - 0.75 * this.view.t;
    this.#lines(c, size, basis, [...lines.back, ...lines.outline], 0.55 * faint);
    this.#points(side, basis);
    c.drawImage(this.#pixels, 0, 0, size, size);
    this.#lines(c, size, basis, lines.front, 0.8 * faint);
  }

  /** The picture as a file, sharp, on the page's ground. */
  toPng(pixels = 2048) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = pixels;
    const c = canvas.getContext('2d');
    const size = measure(this.canvas).size || 800;
    c.fillStyle = this.palette.ground;
    c.fillRect(0, 0, pixels, pixels);
    c.scale(pixels / size, pixels / size);
    this.#paint(c, size, pixels);
    return new Promise((done) => { canvas.toBlob(done, 'image/png'); });
  }

  /** Where a point about the middle is seen: pixels of a square of this size, depth, and scale. */
  #lens(size, { right, up, eye }) {
    const { reach } = this.scene;
    const scale = (size * 0.46 * this.camera.zoom) / reach;
    return (x, y, z) => {
      const depth = x * eye[0] + y * eye[1] + z * eye[2];
      const near = FAR / (FAR - depth / reach);
      return [
        size / 2 + scale * near * (x * right[0] + y * right[1] + z * right[2]),
        size / 2 - scale * near * (x * up[0] + y * up[1] + z * up[2]),
      ];
    };
  }

  #lines(c, size, basis, lines, alpha) {
    const at = this.#lens(size, basis);
    c.globalAlpha = alpha;
    c.strokeStyle = this.palette.ink3;
    c.lineWidth = 1;
    c.beginPath();
    for (const line of lines) line.forEach((p, k) => c[k ? 'lineTo' : 'moveTo'](...at(...p)));
    c.stroke();
    c.globalAlpha = 1;
  }

  #points(side, { right, up, eye }) {
    const { at, count: sites, weights, colours, reach, source, spacing: apart } = this.scene;
    const { positions, winners, jumps, view } = this;
    const { t, kappa } = view;
    const tear = view.tear && jumps;
    const section = tear ? null : this.section;
    const samples = positions.length / 3;
    const flat = section ? section.winners.length : 0;
    const count = samples + flat + (view.sites ? sites : 0);
    const room = this.#room(count);
    const { x, y, radius, depth, kind } = room;
    const scale = (side * 0.46 * this.camera.zoom) / reach;
    const middle = side / 2;
    // Beside the target's points the samples are dust, or they would hide them.
    const dust = view.sites ? 0.3 : 1;
    const onSource = dust * 0.56 * Math.cbrt(VOLUME[source] / Math.max(1, samples));
    const site = Math.min(0.075 * reach, 0.55 * apart);
    const onTarget = dust * site;
    const knife = plane(source, view);
    // Balls behind the section do not stick out of it.
    const limit = knife.limit - (section ? 0.9 * onSource : 0);
    const put = (k, px, py, pz, size, colour) => {
      const d = px * eye[0] + py * eye[1] + pz * eye[2];
      const near = FAR / (FAR - d / reach);
      const s = scale * near;
      x[k] = middle + s * (px * right[0] + py * right[1] + pz * right[2]);
      y[k] = middle - s * (px * up[0] + py * up[1] + pz * up[2]);
      depth[k] = 0.5 - d / (2.2 * reach);
      radius[k] = Math.max(0.5, s * size);
      kind[k] = colour;
    };
    /** A sample on its way to site i. */
    const move = (k, px, py, pz, size, i, colour) => put(k, px + t * (at[3 * i] - px), py + t * (at[3 * i + 1] - py), pz + t * (at[3 * i + 2] - pz), size + t * (onTarget * weights[i] - size), colour);
    const [nx, ny, nz] = knife.eye;
    for (let k = 0; k < samples; k += 1) {
      const px = positions[3 * k];
      const py = positions[3 * k + 1];
      const pz = positions[3 * k + 2];
      if (px * nx + py * ny + pz * nz > limit || (tear && jumps[k] <= kappa)) radius[k] = 0;
      else if (!winners) put(k, px, py, pz, onSource, PLAIN);
      else move(k, px, py, pz, onSource, winners[k], tear ? TEAR : colours[winners[k]]);
    }
    for (let k = 0; k < flat; k += 1) {
      const i = section.winners[k];
      const p = section.positions;
      move(samples + k, p[3 * k], p[3 * k + 1], p[3 * k + 2], dust * 0.62 * section.step, i, colours[i]);
    }
    if (view.sites) {
      for (let i = 0; i < sites; i += 1) put(samples + flat + i, at[3 * i], at[3 * i + 1], at[3 * i + 2], 0.9 * site * weights[i], SITE);
    }
    this.#balls.begin(side, side);
    this.#balls.draw({ count, ...room }, this.#table);
    square(this.#pixels, side);
    this.#balls.end(this.#pixels.getContext('2d'));
  }

  /** Arrays for so many balls, kept from picture to picture. */
  #room(count) {
    if (!(this.room?.x.length >= count)) {
      const floats = () => new Float32Array(count);
      this.room = { x: floats(), y: floats(), radius: floats(), depth: floats(), kind: new Uint8Array(count) };
    }
    return this.room;
  }
}

/** Usual distance from a site to its nearest neighbour, from some of the sites. */
function spacing(at) {
  const count = at.length / 3;
  const every = Math.max(1, Math.floor(count / 200));
  const found = [];
  for (let i = 0; i < count; i += every) {
    let least = Infinity;
    for (let j = 0; j < count; j += 1) {
      const d = (at[3 * i] - at[3 * j]) ** 2 + (at[3 * i + 1] - at[3 * j + 1]) ** 2 + (at[3 * i + 2] - at[3 * j + 2]) ** 2;
      if (d > 0 && d < least) least = d;
    }
    if (least < Infinity) found.push(Math.sqrt(least));
  }
  found.sort((a, b) => a - b);
  return found[found.length >> 1] ?? 0.1;
}
