// A field over the domain: its colours, its level lines, the walls at which it has its kinks, the
// map as arrows, and the point that is read.

import { blend, readPalette } from '../figure/palette.js';
import { reader, signs } from '../figure/signs.js';
import { arcs, levels, straight } from './critic-levels.js';

/** Arrows along the longer side of the domain. */
const ARROWS = 13;
const SHADES = 128;

/** '#rrggbb' in the order of a canvas' bytes. */
const packed = (colour) => (0xff000000 | (parseInt(colour.slice(5), 16) << 16) | (parseInt(colour.slice(3, 5), 16) << 8) | parseInt(colour.slice(1, 3), 16)) >>> 0;

/** The colours of the page: `u` runs from low to high, `phi` through a middle at its mean. */
export function inks() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ...readPalette(),
    stops: { u: [read('rise-low'), read('rise-high')], phi: [read('field-low'), read('field-middle'), read('field-high')] },
  };
}

/** Colour at `share` from 0 to 1 of evenly spaced stops. */
function between(stops, share) {
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const k = Math.min(stops.length - 2, Math.floor(at));
  return blend(stops[k], stops[k + 1], at - k);
}

/** Which shade a value has, and the shades: { shade(value), palette, ends: [low, high] }. */
export function shades(stops, [low, high], mean = null) {
  // The middle of a diverging scale is the mean: both sides reach equally far.
  const ends = mean === null ? [low, high] : [mean - Math.max(high - mean, mean - low), mean + Math.max(high - mean, mean - low)];
  const span = ends[1] - ends[0] || 1;
  return {
    ends,
    palette: Array.from({ length: SHADES }, (_, k) => between(stops, k / (SHADES - 1))),
    shade: (value) => Math.round((SHADES - 1) * Math.min(1, Math.max(0, (value - ends[0]) / span))),
  };
}

/**
 * The field as a picture, row 0 of the values at the bottom. Places outside Ω take the value of a
 * neighbour: the picture is cut at Ω's border, and must reach it.
 */
function bitmap(values, columns, rows, { shade, palette }) {
  const image = new ImageData(columns, rows);
  const words = new Uint32Array(image.data.buffer);
  const colours = Uint32Array.from(palette, packed);
  const at = (i, j) => (i < 0 || j < 0 || i >= columns || j >= rows ? NaN : values[j * columns + i]);
  for (let j = 0; j < rows; j += 1) {
    for (let i = 0; i < columns; i += 1) {
      let value = at(i, j);
      for (let r = 1; r <= 2 && Number.isNaN(value); r += 1) {
        for (const [di, dj] of [[-r, 0], [r, 0], [0, -r], [0, r], [-r, -r], [r, r], [-r, r], [r, -r]]) {
          if (Number.isNaN(value)) value = at(i + di, j + dj);
        }
      }
      if (Number.isNaN(value)) continue;
      words[(rows - 1 - j) * columns + i] = colours[shade(value)];
    }
  }
  const canvas = new OffscreenCanvas(columns, rows);
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}

function ring(c, view, points, from = 0, to = points.length / 2) {
  for (let k = from; k < to; k += 1) c[k === from ? 'moveTo' : 'lineTo'](view.x(points[2 * k]), view.y(points[2 * k + 1]));
  c.closePath();
}

/** An arrow with its head at (X, Y). */
function arrow(c, x, y, X, Y, head) {
  const length = Math.hypot(X - x, Y - y);
  if (length < 1) return;
  const [ux, uy] = [(X - x) / length, (Y - y) / length];
  const h = Math.min(head, 0.6 * length);
  c.moveTo(x, y);
  c.lineTo(X, Y);
  c.moveTo(X - h * ux + 0.5 * h * uy, Y - h * uy - 0.5 * h * ux);
  c.lineTo(X, Y);
  c.lineTo(X - h * ux - 0.5 * h * uy, Y - h * uy + 0.5 * h * ux);
}

/** What both fields share, made once for a scene: level lines, and arrows on a lattice of Ω. */
export function details(shape, frame, fields, cellAt) {
  const { sites, domain } = frame;
  const [x0, y0, x1, y1] = fields.bounds;
  const step = Math.max(x1 - x0, y1 - y0) / ARROWS;
  const ways = [];
  for (let y = y0 + step / 2; y < y1; y += step) {
    for (let x = x0 + step / 2; x < x1; x += step) {
      if (!within(domain, x, y)) continue;
      const i = cellAt(x, y);
      ways.push(x, y, sites[2 * i], sites[2 * i + 1]);
    }
  }
  const at = {
    u: levels(...fields.reach.u),
    phi: levels(fields.reach.phi[0] + fields.mean, fields.reach.phi[1] + fields.mean),
  };
  const cells = { ...shape, sites };
  return { levels: at, lines: straight(cells, at.u), arcs: arcs(cells, at.phi), ways };
}

/** Whether a point is in a convex polygon. */
export function within(polygon, x, y) {
  let [left, right] = [false, false];
  for (let k = 0, j = polygon.length - 2; k < polygon.length; j = k, k += 2) {
    const turn = (polygon[k] - polygon[j]) * (y - polygon[j + 1]) - (polygon[k + 1] - polygon[j + 1]) * (x - polygon[j]);
    if (turn > 0) left = true;
    else if (turn < 0) right = true;
  }
  return !(left && right);
}

/** Paints one field, `which` u or phi, without the point that is read. */
export function paintField(c, { which, scene, view, ink, show, scale }) {
  const { shape, frame, fields, more } = scene;
  const key = `${which} ${ink.stops[which]}`;
  const picture = scene.bitmaps.get(key) ?? bitmap(fields[which], fields.columns, fields.rows, { palette: scale.palette, shade: (value) => scale.shade(which === 'phi' ? value + fields.mean : value) });
  scene.bitmaps.set(key, picture);
  const [x0, y0, x1, y1] = fields.bounds;
  c.lineJoin = c.lineCap = 'round';
  c.save();
  c.beginPath();
  ring(c, view, frame.domain);
  c.clip();
  c.imageSmoothingEnabled = true;
  c.imageSmoothingQuality = 'high';
  // A little larger than Ω, so that no seam shows at its border.
  c.drawImage(picture, view.x(x0), view.y(y1), view.scale * (x1 - x0), view.scale * (y1 - y0));
  if (which === 'phi') {
    const value = reader(fields.phi, fields.columns, fields.rows);
    const [low, high] = scale.ends;
    const [width, height] = [view.scale * (x1 - x0), view.scale * (y1 - y0)];
    signs(c, { x: view.x(x0), y: view.y(y1), width, height }, (sx, sy) => (2 * (value(sx, sy) + fields.mean - low)) / (high - low || 1) - 1, ink.ink);
  }
  if (show.levels) {
    c.beginPath();
    if (which === 'u') {
      for (let k = 0; k < more.lines.length; k += 4) {
        c.moveTo(view.x(more.lines[k]), view.y(more.lines[k + 1]));
        c.lineTo(view.x(more.lines[k + 2]), view.y(more.lines[k + 3]));
      }
    } else {
      for (let k = 0; k < more.arcs.length; k += 5) {
        const [x, y, r, start, end] = more.arcs.subarray(k, k + 5);
        // The screen's y axis points down: angles turn the other way.
        c.moveTo(view.x(x + r * Math.cos(start)), view.y(y + r * Math.sin(start)));
        c.arc(view.x(x), view.y(y), r * view.scale, -start, -end, true);
      }
    }
    c.strokeStyle = ink.ink;
    c.globalAlpha = 0.55;
    c.lineWidth = 0.9;
    c.stroke();
    c.globalAlpha = 1;
  }
  if (show.walls) {
    const { facetEnds: e, facetSingular } = shape;
    for (const flag of [0, 1]) {
      c.beginPath();
      for (let f = 0; f < facetSingular.length; f += 1) {
        if (facetSingular[f] !== flag) continue;
        c.moveTo(view.x(e[4 * f]), view.y(e[4 * f + 1]));
        c.lineTo(view.x(e[4 * f + 2]), view.y(e[4 * f + 3]));
      }
      if (flag) {
        c.strokeStyle = ink.ground;
        c.lineWidth = 4;
        c.stroke();
      }
      c.strokeStyle = flag ? ink.singular : ink.ground;
      c.lineWidth = flag ? 2 : 0.8;
      c.globalAlpha = flag ? 1 : facetSingular.length > 300 ? 0.45 : 0.75;
      c.stroke();
    }
    c.globalAlpha = 1;
  }
  c.restore();
  c.beginPath();
  ring(c, view, frame.domain);
  c.strokeStyle = ink.ink2;
  c.lineWidth = 1;
  c.stroke();
  if (show.arrows) {
    c.beginPath();
    const { ways } = more;
    for (let k = 0; k < ways.length; k += 4) arrow(c, view.x(ways[k]), view.y(ways[k + 1]), view.x(ways[k + 2]), view.y(ways[k + 3]), 6);
    c.strokeStyle = ink.ink;
    c.lineWidth = 1;
    c.globalAlpha = 0.7;
    c.stroke();
    c.globalAlpha = 1;
    sites(c, frame, view, ink);
  }
}

function sites(c, { sites: y, masses, count }, view, ink) {
  const r = Math.min(4, Math.max(1.2, (0.09 * view.size) / Math.sqrt(count)));
  c.beginPath();
  for (let i = 0; i < count; i += 1) {
    if (!masses[i]) continue;
    c.moveTo(view.x(y[2 * i]) + r, view.y(y[2 * i + 1]));
    c.arc(view.x(y[2 * i]), view.y(y[2 * i + 1]), r, 0, 2 * Math.PI);
  }
  c.fillStyle = ink.real;
  c.fill();
}

/** The point that is read, its cell, and where it goes. */
export function paintPoint(c, { scene, view, ink, read }) {
  if (!read) return;
  const { shape, frame } = scene;
  const { x, y, site } = read;
  const [X, Y] = [frame.sites[2 * site], frame.sites[2 * site + 1]];
  const [from, to] = [shape.cellOffsets[site], shape.cellOffsets[site + 1]];
  c.lineJoin = c.lineCap = 'round';
  if (to - from > 2) {
    c.beginPath();
    ring(c, view, shape.cellVertices, from, to);
    c.strokeStyle = ink.ink;
    c.lineWidth = 1.75;
    c.stroke();
  }
  for (const [width, colour] of [[5, ink.ground], [2, ink.ink]]) {
    c.beginPath();
    arrow(c, view.x(x), view.y(y), view.x(X), view.y(Y), 10);
    c.strokeStyle = colour;
    c.lineWidth = width;
    c.stroke();
  }
  c.beginPath();
  c.arc(view.x(X), view.y(Y), 4.5, 0, 2 * Math.PI);
  c.fillStyle = ink.real;
  c.fill();
  c.strokeStyle = ink.ink;
  c.lineWidth = 1.5;
  c.stroke();
  c.beginPath();
  c.arc(view.x(x), view.y(y), 4, 0, 2 * Math.PI);
  c.fillStyle = ink.ground;
  c.fill();
  c.stroke();
}
