// Points with a trail: spread evenly, until a hand chooses others. They are kept as places in the
// source; a click at any time finds where the point it meets began.

import { $, h, on } from '../dom.js';
import { enlargement, pixel } from '../figure/enlarge.js';
import { coordinate } from '../format.js';

export const MOST = 32;
const GOLDEN = Math.PI * (3 - Math.sqrt(5));
/** Fractions of the plastic number (M. Roberts, 2018): points that spread evenly over a square. */
const PLASTIC = 1.324717957244746;
const REACH = { mouse: 10, pen: 14, touch: 20 };
const STEP = { fine: 1 / 100, coarse: 1 / 12 };

/** `count` points that cover the source evenly. */
export function spread(source, count, [x0, y0, x1, y1]) {
  const [x, y, r] = [(x0 + x1) / 2, (y0 + y1) / 2, (x1 - x0) / 2];
  return Array.from({ length: count }, (_, k) => {
    if (source === 'disk') {
      const [radius, angle] = [0.96 * r * Math.sqrt((k + 0.5) / count), k * GOLDEN];
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    }
    const part = (power) => 2 * ((0.5 + (k + 1) / PLASTIC ** power) % 1) - 1;
    return [x + 0.96 * r * part(1), y + 0.96 * r * part(2)];
  });
}

/**
 * `view()` → the View of the figure or null; `now()` → { points: [[x, y]], trails: [{ from, to }], t };
 * `find(x, y, t)` → { from, to } or null; `change(points)` keeps them; `light(k)` shows one.
 */
export function marks(place, { view, now, find, change, light, say }) {
  const box = $('#path-box', place);
  const canvas = $('#path-figure', place);
  const list = $('#path-marks', place);
  let current = 0;
  let down = null;
  /** The trail that a key moves. */
  let moved = -1;

  const at = (event) => pixel(event, canvas);
  const present = ({ from, to }, t) => [0, 1].map((k) => from[k] + t * (to[k] - from[k]));
  /** The trail whose point is near a pixel, or −1. */
  function hit(px, py, reach) {
    const [{ trails, t }, v] = [now(), view()];
    let [best, least] = [-1, reach];
    trails.forEach((trail, k) => {
      const [x, y] = present(trail, t);
      const distance = Math.hypot(v.x(x) - px, v.y(y) - py);
      if (distance <= least) [best, least] = [k, distance];
    });
    return best;
  }
  function add(from) {
    const { points } = now();
    if (points.length >= MOST) {
      say(`There are ${MOST} trails already. Take one away first.`);
      return;
    }
    current = points.length;
    change([...points, from]);
    say(`Trail added. There are now ${points.length + 1}.`);
  }
  function remove(k) {
    const { points } = now();
    change(points.filter((_, i) => i !== k));
    say(`Trail taken away. There are now ${points.length - 1}.`);
  }
  on(canvas, 'pointerdown', (event) => {
    if (event.button === 0 && view()) down = { id: event.pointerId, x: event.clientX, y: event.clientY };
  });
  on(canvas, 'pointermove', (event) => {
    if (event.pointerType === 'touch' || !view()) return;
    const k = hit(...at(event), REACH.mouse);
    const [x, y] = view().point(...at(event));
    box.dataset.cursor = k >= 0 ? 'grab' : find(x, y, now().t) ? 'brush' : '';
    light(k);
  });
  on(canvas, 'pointerleave', () => light(-1));
  on(canvas, 'pointerup pointercancel', (event) => {
    const was = down;
    down = null;
    // A finger that moved has scrolled the page.
    if (!was || event.type === 'pointercancel' || was.id !== event.pointerId || Math.hypot(event.clientX - was.x, event.clientY - was.y) > 8) return;
    const [px, py] = at(event);
    const k = hit(px, py, REACH[event.pointerType] ?? 10);
    if (k >= 0) {
      remove(k);
      return;
    }
    const found = find(...view().point(px, py), now().t);
    if (found) add(found.from);
    else say('There is nothing of the source here.');
  });

  /** As many buttons as trails, each over its point. */
  function update() {
    const [{ trails, t }, v] = [now(), view()];
    if (!v) return;
    current = Math.min(current, Math.max(0, trails.length - 1));
    while (list.children.length > trails.length) list.lastChild.remove();
    while (list.children.length < trails.length) list.append(h('button', { type: 'button', 'aria-roledescription': 'point' }));
    const scale = enlargement();
    trails.forEach((trail, k) => {
      const button = list.children[k];
      const [x, y] = present(trail, t);
      button.style.transform = `translate(${scale * v.x(x)}px, ${scale * v.y(y)}px)`;
      button.tabIndex = k === current ? 0 : -1;
      const label = `Trail ${k + 1} of ${trails.length}, from x ${coordinate(trail.from[0], v.extent)}, y ${coordinate(trail.from[1], v.extent)} to x ${coordinate(trail.to[0], v.extent)}, y ${coordinate(trail.to[1], v.extent)}`;
      if (button.getAttribute('aria-label') !== label) button.setAttribute('aria-label', label);
    });
  }
  const index = (event) => [...list.children].indexOf(event.target);
  on(list, 'focusin', (event) => {
    current = Math.max(0, index(event));
    light(current);
  });
  on(list, 'focusout', () => light(-1));
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  on(list, 'keydown', (event) => {
    const k = index(event);
    if (k < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const { points } = now();
    const go = (to) => {
      current = (to + points.length) % points.length;
      update();
      list.children[current]?.focus({ preventScroll: true });
    };
    if (ARROWS[event.key]) {
      const step = (event.shiftKey ? STEP.coarse : STEP.fine) * view().extent;
      const to = points[k].map((value, c) => value + step * ARROWS[event.key][c]);
      // A point stays in the source.
      if (find(...to, 0)) {
        change(points.map((point, i) => (i === k ? to : point)));
        moved = k;
      } else say('The source ends here.');
    } else if (event.key === 'n' || event.key === 'N' || event.key === 'Insert') {
      const [angle, step] = [GOLDEN * points.length, STEP.coarse * view().extent];
      const beside = [points[k][0] + step * Math.cos(angle), points[k][1] + step * Math.sin(angle)];
      add(find(...beside, 0) ? beside : [...points[k]]);
      list.children[current]?.focus({ preventScroll: true });
    } else if (event.key === 'Delete' || event.key === 'Backspace') {
      remove(k);
      list.children[Math.min(k, list.children.length - 1)]?.focus({ preventScroll: true });
    } else if (event.key === 'PageDown' || event.key === ']') go(k + 1);
    else if (event.key === 'PageUp' || event.key === '[') go(k - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(points.length - 1);
    else if (event.key === 'Escape') event.target.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // Said once the key is let go: it may have been held for long.
  on(list, 'keyup', (event) => {
    if (moved < 0 || index(event) !== moved) return;
    moved = -1;
    update();
    say(`${event.target.getAttribute('aria-label')}.`);
  });
  return { update };
}
