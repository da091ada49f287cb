// One bar a site, in strips of one arrangement: choose a bar, drag it, walk along them with the keys.
// The strips are canvases; one element with the role of a slider stands over the chosen bar.

import { h, on, setText } from '../dom.js';
import { enlarged, enlargement, measure, pixel } from '../figure/enlarge.js';
import { arrange, paintRatios, paintSigned, ratioAt, shareOf } from './bars-paint.js';

/** How near to the chosen bar a finger takes hold of it, in pixels; elsewhere it scrolls the page. */
const REACH = 24;
const STEADY = 8;

/**
 * `actions`: choose(site), hover(site), grab(site) → whether it may be moved, ratio(site, wᵢ/νᵢ),
 * release(), nudge(site, steps), home(site), balance(site), settle(). `state()` gives { shape,
 * gradient, direction, active, chosen, lit, near, sorted, byHand, moved(site), label(site) }.
 */
export class Bars {
  #held = null;
  #press = null;
  #asked = 0;

  constructor(place, palette, state, actions) {
    this.palette = palette;
    this.state = state;
    this.actions = actions;
    this.strips = ['ratio', 'gradient', 'direction'].map((kind) => {
      const canvas = h('canvas', { 'aria-hidden': 'true' });
      const name = h('button', { type: 'button', class: 'hint', text: NAMES[kind].name, 'data-hint': NAMES[kind].hint });
      const scale = h('span', { class: 'fine', 'data-scale': kind });
      const box = h('div', { class: 'ht-strip', 'data-strip': kind }, h('p', {}, name, scale), canvas);
      return { kind, canvas, scale, box };
    });
    this.knob = h('div', { class: 'ht-knob', id: 'ht-knob', role: 'slider', tabindex: 0, 'aria-orientation': 'vertical', 'aria-label': 'Bars of the sites', 'aria-describedby': 'ht-keys' });
    const keys = h('p', { class: 'hidden-text', id: 'ht-keys', text: 'Left and right go from bar to bar, up and down move the plane, with Shift in larger steps. Home and End go to the first and last bar. Backspace puts the plane back to its start, Enter gives its cell its mass.' });
    const hint = h('p', { class: 'keys-hint ht-keys-hint', 'aria-hidden': 'true' });
    hint.innerHTML = '<kbd>←</kbd> <kbd>→</kbd> choose · <kbd>↑</kbd> <kbd>↓</kbd> move · <kbd>Enter</kbd> fill exactly · <kbd>⌫</kbd> back to its start';
    place.append(...this.strips.map(({ box }) => box), this.knob, keys, hint);
    this.place = place;
    for (const strip of this.strips) {
      this.#pointers(strip);
      new ResizeObserver(() => this.paint()).observe(strip.canvas);
    }
    enlarged(() => this.paint());
    this.#keys();
  }

  get holding() {
    return this.#held !== null;
  }

  /** Draws at the next animation frame. */
  paint() {
    this.#asked ||= requestAnimationFrame(() => {
      this.#asked = 0;
      this.#draw();
    });
  }

  #draw() {
    const state = this.state();
    if (!state) return;
    const wide = measure(this.place).size;
    if (!wide) return;
    this.plan = arrange(wide, state);
    for (const { kind, canvas, scale, box } of this.strips) {
      if (!canvas.clientWidth) continue;
      const { size: w, ratio, scale: times } = measure(canvas);
      const high = canvas.clientHeight / times;
      if (canvas.width !== Math.round(w * ratio) || canvas.height !== Math.round(high * ratio)) Object.assign(canvas, { width: Math.round(w * ratio), height: Math.round(high * ratio) });
      const c = canvas.getContext('2d');
      c.setTransform(ratio, 0, 0, ratio, 0, 0);
      c.clearRect(0, 0, w, high);
      const size = { w, high };
      if (kind === 'ratio') paintRatios(c, size, this.plan, state, this.palette());
      else setText(scale, paintSigned(c, size, this.plan, state, state[kind], this.palette(), kind === 'direction'));
      box.dataset.first = kind === (state.byHand ? 'ratio' : 'gradient');
    }
    this.#place(state);
  }

  /** Puts the slider over its bar, and says where its plane stands. */
  #place({ active, chosen, byHand, moved, label }) {
    const site = active.includes(chosen) ? chosen : active[0];
    const slot = this.plan.lens.find((one) => one.site === site) ?? this.plan.lens[0];
    const box = this.strips[byHand ? 0 : 1].canvas;
    const { knob } = this;
    if (!slot) {
      knob.hidden = true;
      return;
    }
    knob.hidden = false;
    knob.dataset.site = slot.site;
    const wide = Math.max(10, slot.wide);
    const scale = enlargement();
    knob.style.transform = `translate(${scale * (slot.x + slot.wide / 2 - wide / 2)}px, ${box.offsetTop}px)`;
    knob.style.width = `${scale * wide}px`;
    knob.style.height = `${this.strips.at(byHand ? 0 : -1).canvas.offsetTop + this.strips.at(byHand ? 0 : -1).canvas.offsetHeight - box.offsetTop}px`;
    const { now, most } = moved(slot.site);
    knob.setAttribute('aria-valuemin', -most);
    knob.setAttribute('aria-valuemax', most);
    knob.setAttribute('aria-valuenow', now);
    knob.setAttribute('aria-valuetext', label(slot.site));
    if (byHand) knob.removeAttribute('aria-readonly');
    else knob.setAttribute('aria-readonly', 'true');
  }

  /** The site under a place of a strip, and how far its bar's middle is. */
  #at(canvas, event) {
    if (!this.plan) return { site: -1, off: Infinity };
    return this.plan.at(pixel(event, canvas)[0]);
  }

  #pointers({ kind, canvas }) {
    const { actions } = this;
    const share = (event) => shareOf(pixel(event, canvas)[1], canvas.clientHeight / enlargement());
    const begin = (event, site) => {
      const { shape, byHand } = this.state() ?? {};
      if (!byHand || kind !== 'ratio' || !actions.grab(site)) return;
      canvas.setPointerCapture(event.pointerId);
      const ratio = shape.cellMasses[site] / shape.masses[site];
      // The bar keeps its distance to the pointer, so that taking hold of it moves nothing.
      this.#held = { id: event.pointerId, site, off: ratio / (1 + ratio) - share(event), y: event.clientY, moved: false };
    };
    on(canvas, 'pointerdown', (event) => {
      if (event.button !== 0 || this.#held) return;
      const { site, off } = this.#at(canvas, event);
      if (site < 0) return;
      const { chosen } = this.state();
      if (event.pointerType !== 'mouse' && (site !== chosen || off > REACH)) {
        this.#press = { id: event.pointerId, site, x: event.clientX, y: event.clientY };
        return;
      }
      actions.choose(site);
      begin(event, site);
    });
    on(canvas, 'pointermove', (event) => {
      const held = this.#held;
      if (held && event.pointerId === held.id) {
        if (!held.moved && Math.abs(event.clientY - held.y) < 1.5) return;
        held.moved = true;
        actions.ratio(held.site, ratioAt(share(event) + held.off));
        return;
      }
      if (this.#press && Math.hypot(event.clientX - this.#press.x, event.clientY - this.#press.y) > STEADY) this.#press = null;
      if (event.pointerType === 'touch' || event.buttons) return;
      const { site } = this.#at(canvas, event);
      canvas.dataset.over = site >= 0;
      actions.hover(site);
    });
    on(canvas, 'pointerup pointercancel', (event) => {
      if (this.#press?.id === event.pointerId) {
        const { site } = this.#press;
        this.#press = null;
        if (event.type === 'pointerup') actions.choose(site);
        return;
      }
      if (this.#held?.id !== event.pointerId) return;
      this.#held = null;
      actions.release();
    });
    on(canvas, 'pointerleave', () => actions.hover(-1));
    // The page scrolls under a finger unless it is on the chosen bar.
    on(canvas, 'touchstart', (event) => {
      const { chosen, byHand } = this.state() ?? {};
      if (!byHand || kind !== 'ratio' || event.touches.length !== 1) return;
      const { site, off } = this.#at(canvas, event.touches[0]);
      if (site === chosen && off <= REACH) event.preventDefault();
    }, { passive: false });
  }

  #keys() {
    const { knob, actions } = this;
    // The chosen one at once, though its bar may not be drawn yet.
    const site = () => {
      const { active, chosen } = this.state();
      return active.includes(chosen) ? chosen : active[0];
    };
    on(knob, 'focus', () => {
      if (this.state()) actions.choose(site());
    });
    on(knob, 'keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !this.state()) return;
      const { active, byHand } = this.state();
      const here = active.indexOf(site());
      const go = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: active.length - 1 }[event.key];
      const lift = { ArrowUp: 1, ArrowDown: -1, PageUp: 8, PageDown: -8 }[event.key];
      if (go !== undefined) actions.choose(active[(go + active.length) % active.length]);
      else if (lift && byHand) actions.nudge(site(), event.shiftKey ? 8 * Math.sign(lift) : lift);
      else if ((event.key === 'Backspace' || event.key === 'Delete') && byHand) actions.home(site());
      else if (event.key === 'Enter' && byHand) actions.balance(site());
      else if (!lift) return;
      event.preventDefault();
      event.stopPropagation();
    });
    // One press, however long, is one move.
    on(knob, 'keyup blur', () => actions.settle());
  }
}

const NAMES = {
  ratio: { name: 'Cell mass over target mass, wᵢ/νᵢ', hint: 'One bar a site. On the line every cell has the mass of its site; half and double stand equally far from it, and a bar of no height is an empty cell.' },
  gradient: { name: 'Gradient wᵢ − νᵢ', hint: 'What is left to mend: a bar up is a cell with too much mass, whose plane should go down.' },
  direction: { name: 'Direction dᵢ', hint: 'Where each plane goes next: the next heights are these plus the step length times the direction.' },
};
