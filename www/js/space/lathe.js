// The lathe: a profile drawn by hand, mirrored, which Rust revolves into a solid.

import { $, on, s } from '../dom.js';

const WIDE = 63;
const BOX = { width: 160, height: 170, top: 8 };
const REACH = 70;

/** `changed(profile)` hears the finished stroke. */
export function lathe(changed) {
  const svg = $('#space-lathe');
  svg.setAttribute('viewBox', `0 0 ${BOX.width} ${BOX.height}`);
  const body = s('path', { class: 'body' });
  const axis = s('line', { class: 'axis', x1: BOX.width / 2, x2: BOX.width / 2, y1: 0, y2: BOX.height });
  const knob = s('g', { class: 'knob' }, s('circle', { r: 4 }), s('circle', { r: 4 }));
  svg.append(body, axis, knob);
  let profile = [];
  let at = 0;
  let stroke = null;

  const y = (k) => BOX.height - BOX.top - ((BOX.height - 2 * BOX.top) * k) / (profile.length - 1);
  const dx = (r) => (REACH * r) / WIDE;
  function paint() {
    const side = (sign) => profile.map((r, k) => `${(BOX.width / 2 + sign * dx(r)).toFixed(1)} ${y(k).toFixed(1)}`);
    body.setAttribute('d', `M${side(1).join('L')}L${side(-1).reverse().join('L')}Z`);
    const [right, left] = knob.children;
    right.setAttribute('cx', BOX.width / 2 + dx(profile[at]));
    left.setAttribute('cx', BOX.width / 2 - dx(profile[at]));
    for (const circle of [right, left]) circle.setAttribute('cy', y(at));
    svg.setAttribute('aria-valuenow', profile[at]);
    svg.setAttribute('aria-valuetext', `Height ${at + 1} of ${profile.length}, radius ${Math.round((100 * profile[at]) / WIDE)} percent`);
  }

  function place(event) {
    const r = svg.getBoundingClientRect();
    const px = ((event.clientX - r.left) * BOX.width) / r.width;
    const py = ((event.clientY - r.top) * BOX.height) / r.height;
    const k = Math.round(((BOX.height - BOX.top - py) * (profile.length - 1)) / (BOX.height - 2 * BOX.top));
    return {
      k: Math.min(profile.length - 1, Math.max(0, k)),
      r: Math.min(WIDE, Math.max(0, Math.round((Math.abs(px - BOX.width / 2) * WIDE) / REACH))),
    };
  }
  on(svg, 'pointerdown', (event) => {
    if (event.button !== 0) return;
    svg.setPointerCapture(event.pointerId);
    stroke = place(event);
    at = stroke.k;
    profile[at] = stroke.r;
    paint();
  });
  on(svg, 'pointermove', (event) => {
    if (!stroke) return;
    const now = place(event);
    // Heights that a quick hand skipped follow the line of the stroke.
    const steps = Math.max(1, Math.abs(now.k - stroke.k));
    for (let n = 1; n <= steps; n += 1) {
      const k = Math.round(stroke.k + ((now.k - stroke.k) * n) / steps);
      profile[k] = Math.round(stroke.r + ((now.r - stroke.r) * n) / steps);
    }
    stroke = now;
    at = now.k;
    paint();
  });
  on(svg, 'pointerup pointercancel', () => {
    if (stroke) changed([...profile]);
    stroke = null;
  });
  on(svg, 'keydown', (event) => {
    const [up, wide] = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 2], ArrowLeft: [0, -2] }[event.key] ?? [0, 0];
    if (!up && !wide) return;
    event.preventDefault();
    at = Math.min(profile.length - 1, Math.max(0, at + up));
    profile[at] = Math.min(WIDE, Math.max(0, profile[at] + wide));
    paint();
    if (wide) changed([...profile]);
  });
  return {
    show(value) {
      if (stroke) return;
      profile = [...value];
      at = Math.min(at, profile.length - 1);
      paint();
    },
  };
}
