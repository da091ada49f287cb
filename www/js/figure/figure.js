// The figure: one canvas, the layers that change seldom kept in a second one.

import { enlarged, measure } from './enlarge.js';
import { paintBase, paintTop } from './painter.js';
import { readPalette } from './palette.js';
import { SvgSurface } from './svg.js';
import { turn } from './turn.js';
import { View } from './view.js';
import { reducedMotion } from '../dom.js';

const PULSE = 1800;

export class Figure {
  constructor(canvas) {
    this.canvas = canvas;
    this.scale = 1;
    this.context = canvas.getContext('2d');
    this.base = document.createElement('canvas');
    this.frame = null;
    this.show = {};
    this.t = 1;
    this.hover = -1;
    this.selected = -1;
    this.drag = null;
    this.stroke = null;
    this.drawn = false;
    this.away = true;
    this.pulse = -1;
    this.size = 0;
    this.palette = readPalette();
    this.onlayout = null;
    this.layer = null;
    new ResizeObserver(() => this.resize()).observe(canvas);
    new MutationObserver(() => {
      this.palette = readPalette();
      this.resize();
      this.repaint();
    }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    enlarged(() => this.resize());
    new IntersectionObserver((entries) => {
      this.visible = entries.some((e) => e.isIntersecting);
      if (this.visible) this.invalidate();
    }).observe(canvas);
    this.visible = true;
    this.resize();
  }

  /** Says whether the size was another, and all has been drawn anew. */
  resize() {
    const { size, ratio, scale } = measure(this.canvas);
    // In a scene that is not shown nothing is drawn; what changed there is when it is.
    const back = this.away && size > 0;
    this.away = !size;
    if (back) this.invalidate();
    if (!size || (size === this.size && ratio === this.ratio)) return false;
    this.size = size;
    this.scale = scale;
    this.ratio = ratio;
    for (const canvas of [this.canvas, this.base]) canvas.width = canvas.height = Math.round(size * ratio);
    this.#measure();
    this.repaint(true);
    return true;
  }

  /** Shows a frame. The view moves only when the frame's bounds do. */
  setFrame(frame, show) {
    this.frame = frame;
    this.show = show;
    this.#measure();
    this.repaint();
  }

  setShow(show) {
    this.show = show;
    this.repaint();
  }

  /** Paints the seldom changing part by `layer(surface, scene)` instead of the cells; null: cells. */
  setLayer(layer) {
    this.layer = layer;
    this.repaint();
  }

  set(values) {
    Object.assign(this, values);
    this.invalidate();
  }

  #measure() {
    if (!this.frame || !this.size) return;
    this.view = new View(this.frame.bounds, this.size);
    this.onlayout?.();
  }

  /** Everything is drawn anew at the next animation frame. */
  repaint(now = false) {
    this.dirty = true;
    if (now) this.draw(performance.now());
    else this.invalidate();
  }

  /** Only the moving layer is. */
  invalidate() {
    if (this.asked) return;
    this.asked = requestAnimationFrame((time) => {
      this.asked = 0;
      if (this.away) return;
      if (!this.drawn && this.frame) {
        // The first picture is measured before it is drawn, or the observer would have it drawn twice.
        if (!turn(time)) {
          this.invalidate();
          return;
        }
        this.drawn = true;
        if (this.resize()) return;
      }
      this.draw(time);
    });
  }

  draw(time) {
    if (!this.frame || !this.view) return;
    if (this.dirty) {
      const c = this.base.getContext('2d');
      c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
      c.clearRect(0, 0, this.size, this.size);
      (this.layer ?? paintBase)(c, this.#scene());
      this.dirty = false;
    }
    const c = this.context;
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, this.canvas.width, this.canvas.height);
    c.drawImage(this.base, 0, 0);
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    const pulsing = this.pulse >= 0 && this.pulse < this.frame.count;
    const phase = reducedMotion() ? 0.45 : (time % PULSE) / PULSE;
    paintTop(c, { ...this.#scene(), t: this.t, drag: this.drag, hover: this.hover, selected: this.selected, pulse: pulsing ? { site: this.pulse, phase } : null });
    if (this.stroke) this.#paintStroke(c);
    this.onpaint?.();
    if (pulsing && this.visible && !reducedMotion()) this.invalidate();
  }

  #scene() {
    const show = this.layer ? { ...this.show, samples: false } : this.show;
    return { frame: this.frame, show, view: this.view, palette: this.palette };
  }

  #paintStroke(c) {
    c.beginPath();
    for (const [x, y] of this.stroke) {
      c.moveTo(this.view.x(x) + 3, this.view.y(y));
      c.arc(this.view.x(x), this.view.y(y), 3, 0, 2 * Math.PI);
    }
    c.fillStyle = this.palette.real;
    c.fill();
  }

  /** The site nearest to a pixel, within `reach` pixels, else −1. */
  hit(px, py, reach) {
    if (!this.frame || !this.view || !this.show.sites) return -1;
    const { sites, masses, count } = this.frame;
    const { left, top, scale } = this.view;
    let best = -1;
    let least = reach * reach;
    for (let i = 0; i < count; i += 1) {
      if (masses[i] === 0) continue;
      const dx = left + scale * sites[2 * i] - px;
      const dy = top - scale * sites[2 * i + 1] - py;
      const d = dx * dx + dy * dy;
      if (d < least) {
        least = d;
        best = i;
      }
    }
    return best;
  }

  #export(surface, size) {
    const view = new View(this.frame.bounds, size);
    surface.fillStyle = this.palette.ground;
    surface.fillRect(0, 0, size, size);
    const scene = { ...this.#scene(), view };
    (this.layer ?? paintBase)(surface, scene);
    paintTop(surface, { ...scene, t: this.t, drag: null, hover: -1, selected: -1, pulse: null });
  }

  /** A picture of 2,048 pixels a side. */
  toPng(pixels = 2048) {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = pixels;
    const c = canvas.getContext('2d');
    const size = this.size || 800;
    c.scale(pixels / size, pixels / size);
    this.#export(c, size);
    return new Promise((done) => canvas.toBlob(done, 'image/png'));
  }

  toSvg(title) {
    const size = this.size || 800;
    const surface = new SvgSurface(size);
    this.#export(surface, size);
    return new Blob([surface.toString(title)], { type: 'image/svg+xml' });
  }
}
