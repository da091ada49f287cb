// What the network's part draws: the source with its linear regions, and the target with the
// network's image. Sizes are in CSS pixels.

import { blend, readPalette } from '../figure/palette.js';
import { CLEAR, inked, sign } from '../figure/signs.js';
import { siteRadius } from '../figure/painter.js';

/** Slopes are coloured on a scale of powers of ten, so far to either side of 1. */
const DECADES = 1;
const SHADES = 24;
/** The share of the mass from which a region carries a sign. */
const LARGE = 0.006;

/** The colours, from the style sheets. */
export function inks() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const [low, middle, high] = ['--net-low', '--net-middle', '--net-high'].map(read);
  const shade = (k) => (k < SHADES ? blend(low, middle, k / SHADES) : blend(middle, high, (k - SHADES) / SHADES));
  return { ...readPalette(), piece: read('--net-piece'), wall: read('--net-wall'), between: read('--net-between'), place: read('--net-place'), shades: low ? Array.from({ length: 2 * SHADES + 1 }, (_, k) => shade(k)) : [] };
}

/**
 * A polygon goes back to where it began by a line: closePath takes time in proportion to all of the path
 * so far, and a path of thousands of polygons the square of it.
 */
function trace(c, { left, top, scale }, points, from, to, close = true) {
  c.moveTo(left + scale * points[2 * from], top - scale * points[2 * from + 1]);
  for (let k = from + 1; k < to; k += 1) c.lineTo(left + scale * points[2 * k], top - scale * points[2 * k + 1]);
  if (close) c.lineTo(left + scale * points[2 * from], top - scale * points[2 * from + 1]);
}

function polygons(c, view, points, offsets) {
  c.beginPath();
  for (let k = 0; k + 1 < offsets.length; k += 1) trace(c, view, points, offsets[k], offsets[k + 1]);
}

/** Which shade a slope has; 1 keeps lengths in units of both measures’ spread. */
const shadeOf = (slope, unit) => Math.round(SHADES * (1 + Math.min(1, Math.max(-1, Math.log10(Math.max(slope / unit, 1e-9)) / DECADES))));

/** Ω in pieces: `seen` is a frame of the worker, `plane` one of the plane. */
export function paintSource(c, { seen, plane, view, ink, colour, jumps }) {
  c.lineJoin = 'round';
  const { vertices, offsets, slopes } = seen;
  if (colour === 'slope') {
    const bins = Array.from({ length: 2 * SHADES + 1 }, () => []);
    const unit = seen.numbers.scale / spread(plane.domain) || 1;
    slopes.forEach((slope, k) => bins[shadeOf(slope, unit)].push(k));
    bins.forEach((bin, shade) => {
      if (!bin.length) return;
      c.beginPath();
      for (const k of bin) trace(c, view, vertices, offsets[k], offsets[k + 1]);
      c.fillStyle = ink.shades[shade];
      c.fill();
    });
    // Which way of the middle, in the regions that are seen best.
    inked(c, ink.ink, () => slopes.forEach((slope, k) => {
      const t = shadeOf(slope, unit) / SHADES - 1;
      if (seen.masses[k] < LARGE || Math.abs(t) < CLEAR) return;
      const [x, y] = middle(vertices, offsets[k], offsets[k + 1]);
      sign(c, view.x(x), view.y(y), t);
    }));
  } else {
    c.beginPath();
    trace(c, view, plane.domain, 0, plane.domain.length / 2);
    c.fillStyle = ink.piece;
    c.fill();
    polygons(c, view, seen.between, seen.betweenOffsets);
    c.fillStyle = ink.between;
    c.fill();
    // Parts that touch show no seam.
    c.strokeStyle = ink.between;
    c.lineWidth = 0.5;
    c.stroke();
  }
  polygons(c, view, vertices, offsets);
  const gap = view.size / Math.sqrt(slopes.length);
  c.globalAlpha = Math.min(0.45, Math.max(0.25, gap / 50));
  c.strokeStyle = ink.wall;
  c.lineWidth = Math.min(0.8, Math.max(0.35, gap / 30));
  c.stroke();
  c.globalAlpha = 1;
  if (jumps) {
    const { facetEnds: e, facetSingular } = plane;
    c.beginPath();
    for (let f = 0; f < facetSingular.length; f += 1) {
      if (!facetSingular[f]) continue;
      c.moveTo(view.x(e[4 * f]), view.y(e[4 * f + 1]));
      c.lineTo(view.x(e[4 * f + 2]), view.y(e[4 * f + 3]));
    }
    c.lineCap = 'round';
    for (const [colour, width] of [[ink.ground, 4.4], [ink.singular, 2]]) {
      c.strokeStyle = colour;
      c.lineWidth = width;
      c.stroke();
    }
  }
  c.beginPath();
  trace(c, view, plane.domain, 0, plane.domain.length / 2);
  c.strokeStyle = ink.ink2;
  c.lineWidth = 1;
  c.stroke();
}

/** Root mean square distance from the middle of a polygon's box: the unit of lengths in Ω. */
function spread(domain) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < domain.length; k += 1) {
    box[k % 2] = Math.min(box[k % 2], domain[k]);
    box[2 + (k % 2)] = Math.max(box[2 + (k % 2)], domain[k]);
  }
  return Math.sqrt(((box[2] - box[0]) ** 2 + (box[3] - box[1]) ** 2) / 12);
}

/** The sites, the modes' places, and the network's image of the grid. */
export function paintTarget(c, { seen, fixed, plane, view, ink, samples }) {
  c.lineJoin = 'round';
  polygons(c, view, fixed.places, fixed.placeOffsets);
  c.fillStyle = ink.place;
  c.fill('nonzero');
  const { lines, lineOffsets } = seen;
  c.beginPath();
  for (let k = 0; k + 1 < lineOffsets.length; k += 1) trace(c, view, lines, lineOffsets[k], lineOffsets[k + 1], false);
  c.strokeStyle = ink.generated;
  c.lineWidth = 0.9;
  c.globalAlpha = 0.75;
  c.stroke();
  if (samples) {
    c.globalAlpha = 0.9;
    c.fillStyle = ink.generated;
    c.beginPath();
    for (let k = 0; k < seen.samples.length; k += 2) {
      const [x, y] = [view.x(seen.samples[k]), view.y(seen.samples[k + 1])];
      c.moveTo(x + 1.6, y);
      c.arc(x, y, 1.6, 0, 2 * Math.PI);
    }
    c.fill();
  }
  c.globalAlpha = 1;
  paintSites(c, plane, view, ink);
}

function paintSites(c, plane, view, ink) {
  const { sites, masses, count } = plane;
  c.fillStyle = ink.real;
  c.strokeStyle = ink.siteLine;
  c.lineWidth = 0.6;
  for (let i = 0; i < count; i += 1) {
    if (masses[i] === 0) continue;
    c.beginPath();
    c.arc(view.x(sites[2 * i]), view.y(sites[2 * i + 1]), Math.min(4.5, siteRadius(plane, view, i)), 0, 2 * Math.PI);
    c.fill();
    if (count <= 1500) c.stroke();
  }
}

/** The region that is lit, in the source or as its image. */
export function paintLit(c, { points, offsets, lit, view, ink }) {
  if (lit < 0) return;
  c.beginPath();
  trace(c, view, points, offsets[lit], offsets[lit + 1]);
  c.globalAlpha = 0.45;
  c.fillStyle = ink.generated;
  c.fill();
  c.globalAlpha = 1;
  c.lineJoin = 'round';
  c.strokeStyle = ink.ground;
  c.lineWidth = 4;
  c.stroke();
  c.strokeStyle = ink.ink;
  c.lineWidth = 2;
  c.stroke();
  // Seen also where it is a point or a thread.
  const [x, y] = middle(points, offsets[lit], offsets[lit + 1]);
  c.beginPath();
  c.arc(view.x(x), view.y(y), 3.5, 0, 2 * Math.PI);
  c.fillStyle = ink.ground;
  c.fill();
  c.stroke();
}

/** The mean of a polygon's vertices. */
export function middle(points, from, to) {
  let [x, y] = [0, 0];
  for (let k = from; k < to; k += 1) {
    x += points[2 * k];
    y += points[2 * k + 1];
  }
  return [x / (to - from), y / (to - from)];
}

/** The region that holds a point of the plane, or −1. `turned`: polygons may run either way round. */
export function regionAt(points, offsets, x, y, turned = false) {
  let best = -1;
  let least = Infinity;
  for (let r = 0; r + 1 < offsets.length; r += 1) {
    let [inside, outside, area] = [true, true, 0];
    const [from, to] = [offsets[r], offsets[r + 1]];
    for (let k = from, j = to - 1; k < to; j = k, k += 1) {
      const [ax, ay, bx, by] = [points[2 * j], points[2 * j + 1], points[2 * k], points[2 * k + 1]];
      const cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
      inside &&= cross >= 0;
      outside &&= cross <= 0;
      if (!inside && !(turned && outside)) break;
      area += ax * by - ay * bx;
    }
    if ((inside || (turned && outside)) && Math.abs(area) < least) [best, least] = [r, Math.abs(area)];
  }
  return best;
}
