// The experiment's two pictures: all samples, and one mode magnified.

import { square } from '../dom.js';
import { View } from './view.js';

/** Sizes a canvas to its place and clears it; returns the context in CSS pixels. */
function prepare(canvas, palette) {
  const size = canvas.clientWidth;
  if (!size) return null;
  const ratio = Math.min(3, devicePixelRatio || 1);
  const pixels = Math.round(size * ratio);
  square(canvas, pixels);
  const c = canvas.getContext('2d');
  c.setTransform(ratio, 0, 0, ratio, 0, 0);
  c.fillStyle = palette.raised;
  c.fillRect(0, 0, size, size);
  return { c, size };
}

function dots(c, view, points, radius, colour, alpha) {
  c.beginPath();
  for (let k = 0; k < points.length; k += 2) {
    const x = view.x(points[k]);
    const y = view.y(points[k + 1]);
    if (x < -9 || y < -9 || x > view.size + 9 || y > view.size + 9) continue;
    c.moveTo(x + radius, y);
    c.arc(x, y, radius, 0, 2 * Math.PI);
  }
  c.globalAlpha = alpha;
  c.fillStyle = colour;
  c.fill();
  c.globalAlpha = 1;
}

/** Hollow diamonds, so that real and generated differ in shape too. */
function diamonds(c, view, points, radius, colour) {
  c.beginPath();
  for (let k = 0; k < points.length; k += 2) {
    const x = view.x(points[k]);
    const y = view.y(points[k + 1]);
    if (x < -9 || y < -9 || x > view.size + 9 || y > view.size + 9) continue;
    // From the middle of an edge and back by a line: closePath takes time in proportion to all of the path so far.
    c.moveTo(x - radius / 2, y - radius / 2);
    c.lineTo(x, y - radius);
    c.lineTo(x + radius, y);
    c.lineTo(x, y + radius);
    c.lineTo(x - radius, y);
    c.lineTo(x - radius / 2, y - radius / 2);
  }
  c.strokeStyle = colour;
  c.lineWidth = Math.max(1, radius / 2.6);
  c.stroke();
}

function rings(c, view, modes, colour) {
  c.beginPath();
  for (let k = 0; k < modes.length; k += 3) {
    const r = Math.max(2, 3 * modes[k + 2] * view.scale);
    c.moveTo(view.x(modes[k]) + r, view.y(modes[k + 1]));
    c.arc(view.x(modes[k]), view.y(modes[k + 1]), r, 0, 2 * Math.PI);
  }
  c.strokeStyle = colour;
  c.lineWidth = 1;
  c.stroke();
}

function boundsOf(modes) {
  let low = Infinity;
  let high = -Infinity;
  let wide = 0;
  for (let k = 0; k < modes.length; k += 3) {
    low = Math.min(low, modes[k], modes[k + 1]);
    high = Math.max(high, modes[k], modes[k + 1]);
    wide = Math.max(wide, modes[k + 2]);
  }
  const pad = Math.max(5 * wide, 0.09 * (high - low || 1));
  return [low - pad, low - pad, high + pad, high + pad];
}

/** Everything; the chosen mode is framed. Returns how to find a mode under a pixel. */
export function paintAll(canvas, result, { palette, shown, mode }) {
  const ready = prepare(canvas, palette);
  if (!ready || !result) return null;
  const { c, size } = ready;
  const { modes, real, generated } = result;
  const view = new View(boundsOf(modes), size);
  rings(c, view, modes, palette.line2);
  const r = size / 340;
  if (shown.real) diamonds(c, view, real, 1.6 * r, palette.real);
  if (shown.generated) dots(c, view, generated, 0.8 * r, palette.generated, 0.5);
  const half = Math.max(9, 4.5 * modes[3 * mode + 2] * view.scale);
  c.strokeStyle = palette.ink;
  c.lineWidth = 1.25;
  c.strokeRect(view.x(modes[3 * mode]) - half, view.y(modes[3 * mode + 1]) - half, 2 * half, 2 * half);
  return {
    nearest(px, py) {
      let best = 0;
      let least = Infinity;
      for (let k = 0; k < modes.length / 3; k += 1) {
        const d = Math.hypot(view.x(modes[3 * k]) - px, view.y(modes[3 * k + 1]) - py);
        if (d < least) {
          least = d;
          best = k;
        }
      }
      return best;
    },
  };
}

/** One mode, magnified, with its circle of three standard deviations. */
export function paintMode(canvas, result, { palette, shown, mode }) {
  const ready = prepare(canvas, palette);
  if (!ready || !result) return;
  const { c, size } = ready;
  const { modes, real, generated } = result;
  const [x, y, sigma] = modes.slice(3 * mode, 3 * mode + 3);
  const half = 4.5 * sigma;
  const view = new View([x - half, y - half, x + half, y + half], size);
  rings(c, view, modes, palette.ink3);
  c.strokeStyle = palette.ink3;
  c.beginPath();
  c.moveTo(view.x(x) - 4, view.y(y));
  c.lineTo(view.x(x) + 4, view.y(y));
  c.moveTo(view.x(x), view.y(y) - 4);
  c.lineTo(view.x(x), view.y(y) + 4);
  c.stroke();
  let near = 0;
  for (let k = 0; k < real.length; k += 2) near += Math.hypot(real[k] - x, real[k + 1] - y) < half;
  // Smaller marks where there are more of them, so that the generated stay in sight.
  const small = Math.min(1, Math.max(0.4, Math.sqrt(60 / (near || 1))));
  if (shown.real) diamonds(c, view, real, (small * size) / 85, palette.real);
  if (shown.generated) dots(c, view, generated, (Math.max(0.7, small) * size) / 160, palette.generated, 0.75);
}
