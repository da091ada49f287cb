// What the critics' section draws: fields in colour, points over them, and curves.

import { s, square } from '../dom.js';
import { measure } from '../figure/enlarge.js';
import { reader, signs } from '../figure/signs.js';
import { plain, whole } from '../format.js';

const rgb = (colour) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));

/** The diverging scale and the colours of points, from the style sheet. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  return { ends: ['--field-low', '--field-middle', '--field-high'].map((name) => rgb(read(name))), real: read('--real'), generated: read('--generated'), ink: read('--ink') };
}

/**
 * Draws a field of n × n values, row 0 at the bottom, on a square canvas: −reach and below is the
 * low end of the scale, reach and above the high one. With `within`, vertices x, y, x, y, … in the
 * square `box`, what is outside them stays empty.
 */
export function field(canvas, values, reach, { ends, ink }, { within, box } = {}) {
  const n = Math.round(Math.sqrt(values.length));
  const image = new ImageData(n, n);
  for (let j = 0; j < n; j += 1) {
    for (let i = 0; i < n; i += 1) {
      const value = values[j * n + i];
      const t = Math.max(-1, Math.min(1, value / (reach || 1)));
      const [from, to] = t < 0 ? [ends[1], ends[0]] : [ends[1], ends[2]];
      const at = 4 * ((n - 1 - j) * n + i);
      for (let c = 0; c < 3; c += 1) image.data[at + c] = from[c] + (to[c] - from[c]) * Math.abs(t);
      image.data[at + 3] = 255;
    }
  }
  const small = new OffscreenCanvas(n, n);
  small.getContext('2d').putImageData(image, 0, 0);
  const side = Math.max(n, Math.round(canvas.clientWidth * Math.min(devicePixelRatio, 2)));
  square(canvas, side);
  const context = canvas.getContext('2d');
  context.clearRect(0, 0, side, side);
  context.imageSmoothingQuality = 'high';
  context.save();
  if (within) {
    const scale = side / (box[2] - box[0]);
    context.beginPath();
    for (let k = 0; k < within.length; k += 2) context.lineTo((within[k] - box[0]) * scale, side - (within[k + 1] - box[1]) * scale);
    context.clip();
  }
  context.drawImage(small, 0, 0, side, side);
  const { size } = measure(canvas);
  const value = reader(values, n, n);
  context.scale(side / size, side / size);
  signs(context, { x: 0, y: 0, width: size, height: size }, (sx, sy) => Math.max(-1, Math.min(1, value(sx, sy) / (reach || 1))), ink);
  context.restore();
  return context;
}

/** Points x, y, x, y, … of a square box over what is drawn. Real ones are rings, generated ones discs. */
export function points(context, places, box, { colour, ring }) {
  const { width } = context.canvas;
  const scale = width / (box[2] - box[0]);
  const r = (width / measure(context.canvas).size) * 1.8;
  context.fillStyle = colour;
  context.strokeStyle = colour;
  context.lineWidth = r * 0.6;
  for (let k = 0; k < places.length; k += 2) {
    context.beginPath();
    context.arc((places[k] - box[0]) * scale, width - (places[k + 1] - box[1]) * scale, r, 0, 2 * Math.PI);
    if (ring) context.stroke();
    else context.fill();
  }
}

/** Walls between cells, thin, where the exact potential has its kinks: ends x, y, x, y of each. */
export function walls(context, ends, box, { ink }) {
  // More would cover the field.
  if (!ends || ends.length > 4 * 300) return;
  const { width } = context.canvas;
  const scale = width / (box[2] - box[0]);
  context.beginPath();
  for (let k = 0; k < ends.length; k += 4) {
    context.moveTo((ends[k] - box[0]) * scale, width - (ends[k + 1] - box[1]) * scale);
    context.lineTo((ends[k + 2] - box[0]) * scale, width - (ends[k + 3] - box[1]) * scale);
  }
  context.strokeStyle = ink;
  context.globalAlpha = 0.35;
  context.lineWidth = (0.75 * width) / measure(context.canvas).size;
  context.stroke();
  context.globalAlpha = 1;
}

/** The colour bar: its ends, and the middle. */
export function scale(svg, { ends }) {
  const stop = ([offset, colour]) => s('stop', { offset, 'stop-color': `rgb(${colour.join(' ')})` });
  const id = `${svg.id}-ramp`;
  svg.setAttribute('viewBox', '0 0 100 8');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.replaceChildren(
    s('linearGradient', { id }, ...[[0, ends[0]], [0.5, ends[1]], [1, ends[2]]].map(stop)),
    s('rect', { width: 100, height: 8, fill: `url(#${id})` }),
  );
}

const BOX = { left: 52, right: 12, top: 14, bottom: 34 };

/** A round number of at least `x` in steps of 1, 2, 5. */
function nice(x) {
  const unit = 10 ** Math.floor(Math.log10(x));
  return unit * [1, 2, 5, 10].find((m) => m * unit >= x * (1 - 1e-9));
}

/**
 * Curves over steps from 0, both scales linear from 0; what is below 0 is cut off. `lines` are
 * { name, points: [[steps, value]], kind }, `level` one { value, name } to be approached.
 */
export function curves(svg, { lines, level, steps }) {
  const W = svg.clientWidth || 400;
  const H = svg.clientHeight || 160;
  svg.setAttribute('viewBox', `0 0 ${W} ${H}`);
  const most = Math.max(100, steps, ...lines.flatMap(({ points: at }) => at.map(([x]) => x)));
  const values = lines.flatMap(({ points: at }) => at.map(([, y]) => y));
  const top = 1.06 * Math.max(level?.value ?? 0, ...values, 1e-300);
  const x = (v) => BOX.left + ((W - BOX.left - BOX.right) * v) / most;
  const y = (v) => BOX.top + (H - BOX.top - BOX.bottom) * (1 - Math.max(0, v) / top);
  const parts = [];
  const rise = nice(top / 4);
  for (let v = 0; v <= top; v += rise) {
    parts.push(s('line', { class: 'grid', x1: BOX.left, x2: W - BOX.right, y1: y(v), y2: y(v) }));
    parts.push(s('text', { x: BOX.left - 6, y: y(v) + 4, 'text-anchor': 'end', text: v ? plain(v, 2).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '') : '0' }));
  }
  const run = nice(most / 5);
  for (let v = 0; v <= most; v += run) parts.push(s('text', { x: x(v), y: H - BOX.bottom + 15, 'text-anchor': 'middle', text: whole(v) }));
  parts.push(s('text', { x: (BOX.left + W - BOX.right) / 2, y: H - 4, 'text-anchor': 'middle', text: 'steps' }));
  parts.push(s('path', { class: 'axis', d: `M${BOX.left} ${BOX.top}V${H - BOX.bottom}H${W - BOX.right}` }));
  if (level) {
    parts.push(s('line', { class: 'level', x1: BOX.left, x2: W - BOX.right, y1: y(level.value), y2: y(level.value) }));
    parts.push(s('text', { class: 'level', x: W - BOX.right, y: y(level.value) - 4, 'text-anchor': 'end', text: level.name }));
  }
  for (const { points: at, kind } of lines) {
    // From where it enters the picture.
    const from = Math.max(0, at.findIndex(([, v]) => v > 0) - 1);
    const d = at.slice(from).map(([a, b], k) => `${k ? 'L' : 'M'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join('');
    if (d) parts.push(s('path', { class: `curve ${kind}`, d: at.length - from > 1 ? d : `${d}h0.1` }));
    const last = at.at(-1);
    if (last) parts.push(s('circle', { class: kind, cx: x(last[0]).toFixed(1), cy: y(last[1]).toFixed(1), r: 3 }));
  }
  svg.replaceChildren(...parts);
}
