// One panel: a square picture of one generator on the shared target. To pointers and keys it is a
// figure whose sites are the modes.

import { h, s, setText } from '../dom.js';
import { fixed, plain, whole } from '../format.js';
import { enlarged, measure } from '../figure/enlarge.js';
import { View } from '../figure/view.js';
import { Dots, Field, arrows, handle, lines } from './paint.js';

/** The shared real layer is drawn by whoever paints; see RealLayer. */
export class Panel {
  #field = new Field();
  #dots = new Dots();
  #stage;
  #picture = null;
  #drawn = null;

  size = 0;
  scale = 1;
  view = null;

  /** `stage` is { target, real, palette, ramp, ask, mark } of all panels, see stage.js. */
  constructor(method, stage) {
    this.#stage = stage;
    this.key = method.key;
    this.canvas = h('canvas', { 'aria-hidden': 'true', width: 8, height: 8, 'data-testid': `coverage-${method.key}` });
    this.box = h('div', { class: 'figure-box' }, this.canvas);
    this.name = h('h2', { text: method.name });
    this.count = h('output', { 'aria-live': 'off', class: 'cov-count', text: '–' });
    this.badge = h('p', { class: 'badge', hidden: true });
    this.notice = h('p', { class: 'notice', role: 'alert', hidden: true });
    this.box.append(this.badge, this.notice);
    this.low = h('output', { 'aria-live': 'off', text: '' });
    this.high = h('output', { 'aria-live': 'off', text: '' });
    this.words = h('output', { 'aria-live': 'off', class: 'cov-losses', text: '' });
    this.legend = h('span', { class: 'cov-legend' }, this.low, h('i', { class: 'cov-ramp' }), this.high);
    this.sample = s('svg', { class: 'cov-key', viewBox: '0 0 24 8', 'aria-hidden': 'true' }, s('line', { class: method.key, x1: 0, x2: 24, y1: 4, y2: 4, 'stroke-dasharray': method.dash }));
    this.head = h('div', { class: 'cov-name' }, this.sample, this.name);
    this.element = h('figure', { class: 'cov-panel', 'data-key': method.key, 'aria-label': method.name },
      h('figcaption', {}, this.head, this.count), this.box,
      h('div', { class: 'cov-foot' }, this.legend, this.words));
    new ResizeObserver(() => this.measure()).observe(this.box);
    enlarged(() => this.measure());
  }

  get frame() { return this.#stage.target.frame; }
  get drag() { return this.#stage.mark.drag; }
  get hover() { return this.#stage.mark.hover; }

  /** Hover and drag are of all panels. */
  set(values) {
    Object.assign(this.#stage.mark, values);
    this.#stage.ask();
  }

  invalidate() {
    this.#stage.ask(this);
  }

  /** The mode nearest to a pixel, within `reach` pixels, else −1. */
  hit(px, py, reach) {
    if (!this.view) return -1;
    const { sites, count } = this.frame;
    let best = -1;
    let least = reach * reach;
    for (let k = 0; k < count; k += 1) {
      const d = (this.view.x(sites[2 * k]) - px) ** 2 + (this.view.y(sites[2 * k + 1]) - py) ** 2;
      if (d < least) {
        least = d;
        best = k;
      }
    }
    return best;
  }

  measure() {
    const { size, ratio, scale } = measure(this.box);
    if (!size) return;
    if (size !== this.size || ratio !== this.ratio) {
      Object.assign(this, { size, ratio, scale });
      this.canvas.width = this.canvas.height = Math.round(size * ratio);
    }
    this.view = new View(this.frame.bounds, size);
    this.#stage.ask(this);
  }

  /**
   * What is shown: { points, count, field?, range?, grid?, samples?, arrows?, under? }. `range` are
   * the field's values at the ends of its colours, else 0 and 1; `under(c, view, palette)` draws
   * behind everything.
   */
  show(picture) {
    this.#picture = picture;
    this.#stage.ask(this);
  }

  /** Draws everything; cheap enough for every frame. */
  draw() {
    const { target, real, palette, ramp, mark } = this.#stage;
    if (!this.size) return;
    if (this.view?.bounds !== target.frame.bounds) this.view = new View(target.frame.bounds, this.size);
    const { view, ratio, size } = this;
    // Marks are a share of the picture, and larger where an embed is.
    const wide = size * this.scale;
    const c = this.canvas.getContext('2d');
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    const picture = this.#picture;
    c.fillStyle = palette.raised;
    c.fillRect(0, 0, size, size);
    if (picture?.field) {
      if (this.#drawn !== picture.field || this.ramp !== ramp) {
        this.#field.set(picture.field, ...(picture.range ?? [0, 1]), ramp);
        this.#drawn = picture.field;
        this.ramp = ramp;
      }
      this.#field.draw(c, size, palette.ink);
    }
    picture?.under?.(c, view, palette);
    if (picture?.grid) lines(c, picture.grid, picture.samples, view, palette);
    real.layer.draw(c, { real: real.points, modes: target.modes, view, wide, ratio, palette, serial: `${target.frame.serial}/${real.serial}` });
    if (picture?.points) {
      const { points, count } = picture;
      this.#dots.draw(c, { points, count, view, ratio, radius: Math.max(1.1, wide / 300), colour: palette.generated, alpha: 0.6 });
    }
    if (picture?.arrows) arrows(c, picture.arrows, view, palette);
    for (const [k, strong] of [[mark.hover, false], [mark.selected, true]]) {
      if (k >= 0 && k < target.count) handle(c, view.x(target.modes[4 * k]), view.y(target.modes[4 * k + 1]), palette, strong);
    }
    this.onpaint?.();
  }

  /** The line under the picture. `ends` are the words at the ends of the field's colours, or null. */
  caption({ ends = null, words = '' }) {
    this.legend.dataset.shown = String(Boolean(ends));
    setText(this.low, ends?.[0] ?? '');
    setText(this.high, ends?.[1] ?? '');
    setText(this.words, words);
  }

  /** How many modes; a sentence for screen readers stands on the figure. */
  counted(modes, of) {
    setText(this.count, of ? `${modes === null ? '–' : whole(modes)} of ${whole(of)} modes` : '');
  }

  /** One line over the picture, with what to do next; null takes it away. */
  tell(text, action) {
    this.notice.hidden = !text;
    if (!text || this.notice.dataset.text === text) return;
    this.notice.dataset.text = text;
    this.notice.replaceChildren(h('span', { text }), ...(action ? [h('button', { type: 'button', text: action.name, onclick: action.run })] : []));
  }

  describe(text) {
    this.element.setAttribute('aria-label', text);
  }
}

/** The field's ends for a loss: [low, high, words]. */
export function scale(loss, field) {
  if (loss !== 'wasserstein') return { range: [0, 1], ends: ['fake', 'real'] };
  // A score has no zero of its own: the colours run evenly about the middle of what is seen.
  let low = Infinity;
  let high = -Infinity;
  for (const v of field) {
    low = Math.min(low, v);
    high = Math.max(high, v);
  }
  return { range: [low, high], ends: [plain(low, 2), plain(high, 2)] };
}

export const losses = ({ discriminator, generator }) => (Number.isFinite(discriminator) || Number.isFinite(generator)
  ? `losses D ${fixed(discriminator, 2)}  G ${fixed(generator, 2)}` : '');

