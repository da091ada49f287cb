// The cells at any heights, with handles: drag one up or down to move its plane. In the solver's
// steps the Hessian lies over them, a line between neighbouring sites as thick as its weight.

import { on } from '../dom.js';
import { enlargement, pixel } from '../figure/enlarge.js';
import { Figure } from '../figure/figure.js';
import { paintBase } from '../figure/painter.js';
import { top } from './cells.js';
import { around } from './hand.js';

const SHOW = { cells: true, sites: true, singular: false, dual: false, arrows: false, samples: false };
/** Where cells are narrower than this, in pixels, only the chosen one and the one pointed at carry a handle. */
const WIDE = 46;
const REACH = 26;
const STEADY = 8;
/** Between a handle and the site beside it. */
const APART = 19;
/** Width in pixels of the Hessian's heaviest line. */
export const HEAVIEST = 9;

/** A Shape as the figure's frame; the rest is the solved frame's. */
function frameOf(shape, solved) {
  return {
    ...solved,
    cellVertices: shape.cellVertices, cellOffsets: shape.cellOffsets, centroids: shape.centroids, colours: shape.colours,
    facetEnds: shape.facetEnds, facetSingular: shape.facetSingular, triangles: shape.triangles, triangleBroken: shape.triangleBroken,
    heights: shape.heights, samples: new Float64Array(), mapped: new Float64Array(),
  };
}

/** `actions`: choose(site), hover(site), grab(site) → whether, to(dh), release(); `state()` as bars.js has it. */
export class HeightCells {
  #held = null;
  #press = null;
  #shape = null;

  constructor(box, state, actions) {
    this.box = box;
    this.state = state;
    this.actions = actions;
    this.canvas = box.querySelector('canvas');
    this.figure = new Figure(this.canvas);
    this.figure.onpaint = () => this.#handles();
    this.#pointers();
  }

  update(solved) {
    const { shape, byHand } = this.state();
    const { figure } = this;
    figure.layer = byHand ? null : (c, scene) => {
      paintBase(c, scene);
      this.#hessian(c, scene);
    };
    if (shape !== this.#shape || figure.frame?.serial !== solved.serial) {
      this.#shape = shape;
      figure.setFrame(frameOf(shape, solved), SHOW);
    } else figure.repaint();
    this.light();
  }

  light() {
    const { chosen, lit } = this.state();
    this.figure.set({ selected: chosen, hover: lit !== chosen ? lit : -1 });
  }

  #hessian(c, { view, palette, frame }) {
    const { shape } = this.state();
    const { facets, facetWeights } = shape;
    const most = facetWeights.reduce((a, b) => Math.max(a, b), 0) || 1;
    c.strokeStyle = palette.ink;
    c.lineCap = 'butt';
    c.globalAlpha = 0.62;
    for (let f = 0; f < facetWeights.length; f += 1) {
      const width = (HEAVIEST * facetWeights[f]) / most;
      // Thinner than this is not seen, only counted.
      if (width < 0.12) continue;
      const [i, j] = [facets[2 * f], facets[2 * f + 1]];
      c.beginPath();
      c.moveTo(view.x(frame.sites[2 * i]), view.y(frame.sites[2 * i + 1]));
      c.lineTo(view.x(frame.sites[2 * j]), view.y(frame.sites[2 * j + 1]));
      c.lineWidth = width;
      c.stroke();
    }
    c.globalAlpha = 1;
    c.lineCap = 'round';
  }

  /** The cells that carry a handle now. */
  #handled() {
    const { active, chosen, lit, byHand } = this.state();
    if (!byHand) return [];
    return this.figure.view.size >= WIDE * Math.sqrt(active.length) ? active : [...new Set([chosen, lit])].filter((i) => i >= 0);
  }

  /** Where a cell's handle is: at its middle, beside the site where that is too near. */
  #grip(i) {
    const { view, frame: { centroids, sites } } = this.figure;
    const [x, y] = [view.x(centroids[2 * i]), view.y(centroids[2 * i + 1])];
    const [dx, dy] = [x - view.x(sites[2 * i]), y - view.y(sites[2 * i + 1])];
    const far = Math.hypot(dx, dy);
    if (far >= APART) return [x, y];
    return [x + (far > 1 ? dx / far : 0) * (APART - far), y + (far > 1 ? dy / far : 1) * (APART - far)];
  }

  #handles() {
    const { figure } = this;
    const { context: c, frame, palette } = figure;
    const { chosen, lit } = this.state();
    for (const i of this.#handled()) {
      if (frame.cellOffsets[i + 1] - frame.cellOffsets[i] < 3) continue;
      const [x, y] = this.#grip(i);
      const bold = i === chosen || i === lit;
      const r = 8.5;
      if (bold) {
        c.beginPath();
        c.arc(x, y, r, 0, 2 * Math.PI);
        c.fillStyle = palette.raised;
        c.fill();
      }
      c.strokeStyle = bold ? palette.ink : palette.ink3;
      c.lineWidth = bold ? 1.75 : 1.25;
      if (bold) c.stroke();
      c.beginPath();
      for (const s of [1, -1]) {
        c.moveTo(x - 0.36 * r, y - s * 0.22 * r);
        c.lineTo(x, y - s * 0.62 * r);
        c.lineTo(x + 0.36 * r, y - s * 0.22 * r);
      }
      c.stroke();
    }
  }

  #place(event) {
    return pixel(event, this.canvas);
  }

  /** The cell under the pointer; else a site without one that is near it. */
  #under(event) {
    const { figure } = this;
    if (!figure.view) return -1;
    const [px, py] = this.#place(event);
    const near = figure.hit(px, py, 10);
    if (near >= 0 && figure.frame.cellOffsets[near + 1] - figure.frame.cellOffsets[near] < 3) return near;
    return top(figure.frame, ...figure.view.point(px, py));
  }

  /** The cell whose handle is under the finger. */
  #handleAt(event) {
    const { figure } = this;
    if (!figure.view) return -1;
    const [px, py] = this.#place(event);
    let [best, least] = [-1, REACH];
    for (const i of this.#handled()) {
      const [x, y] = this.#grip(i);
      const d = Math.hypot(x - px, y - py);
      if (d < least) [best, least] = [i, d];
    }
    return best;
  }

  /** A height for each pixel, so that the borders of the cell keep pace with the pointer. */
  #pace(site) {
    const { shape, unit } = this.state();
    const { distance } = around(shape, site);
    return (distance || unit / this.figure.view.extent) / this.figure.view.scale;
  }

  #pointers() {
    const { canvas, actions, box } = this;
    const cursor = (name) => { box.dataset.cursor = name; };
    const begin = (event, site) => {
      actions.choose(site);
      if (!this.state().byHand || !actions.grab(site)) return;
      canvas.setPointerCapture(event.pointerId);
      this.#held = { id: event.pointerId, y: event.clientY, pace: this.#pace(site) / enlargement(), moved: false };
      cursor('lift');
    };
    on(canvas, 'pointerdown', (event) => {
      if (event.button !== 0 || this.#held) return;
      const finger = event.pointerType !== 'mouse';
      const site = finger ? this.#handleAt(event) : this.#under(event);
      if (site >= 0) begin(event, site);
      else this.#press = { id: event.pointerId, x: event.clientX, y: event.clientY };
    });
    on(canvas, 'pointermove', (event) => {
      const held = this.#held;
      if (held && event.pointerId === held.id) {
        const up = held.y - event.clientY;
        if (!held.moved && Math.abs(up) < 1.5) return;
        held.moved = true;
        actions.to(up * held.pace);
        return;
      }
      if (this.#press && Math.hypot(event.clientX - this.#press.x, event.clientY - this.#press.y) > STEADY) this.#press = null;
      if (event.pointerType === 'touch' || event.buttons) return;
      const site = this.#under(event);
      cursor(site >= 0 && this.state().byHand ? 'lift' : '');
      actions.hover(site);
    });
    on(canvas, 'pointerup pointercancel', (event) => {
      if (this.#press?.id === event.pointerId) {
        if (event.type === 'pointerup') actions.choose(this.#under(event));
        this.#press = null;
        return;
      }
      if (this.#held?.id !== event.pointerId) return;
      this.#held = null;
      actions.release();
    });
    on(canvas, 'pointerleave', () => actions.hover(-1));
    // The page scrolls under a finger unless it is on a handle.
    on(canvas, 'touchstart', (event) => {
      if (event.touches.length === 1 && this.#handleAt(event.touches[0]) >= 0) event.preventDefault();
    }, { passive: false });
  }
}
