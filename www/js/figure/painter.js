// Draws a frame on a surface: a canvas context, or the SVG writer. Sizes are in CSS pixels.
// Paths are batched by colour, so that ten thousand cells are a handful of fills.

import { blend } from './palette.js';

/** Cells a fill: more make the browser sort long lists of edges, fewer cost calls. */
const BATCH = 32;
const TILES = 16;
const groups = new WeakMap();

/**
 * Cells in batches of one colour class and, where there are many, of one tile of the plane, so
 * that each fill is small and stays in one place. Kept with the frame.
 */
function batches(frame) {
  let found = groups.get(frame);
  if (found) return found;
  const { colours, centroids, count, bounds } = frame;
  const tiles = count > 1500 ? TILES : 1;
  const [x0, y0, x1, y1] = bounds;
  const bins = new Map();
  for (let i = 0; i < count; i += 1) {
    const tx = Math.min(tiles - 1, Math.max(0, Math.floor((tiles * (centroids[2 * i] - x0)) / (x1 - x0))));
    const ty = Math.min(tiles - 1, Math.max(0, Math.floor((tiles * (centroids[2 * i + 1] - y0)) / (y1 - y0))));
    const key = (colours[i] * tiles + ty) * tiles + tx;
    const bin = bins.get(key);
    if (bin) bin.push(i);
    else bins.set(key, [i]);
  }
  found = [];
  for (const cells of bins.values()) {
    for (let k = 0; k < cells.length; k += BATCH) found.push(cells.slice(k, k + BATCH));
  }
  groups.set(frame, found);
  return found;
}

function polygon(c, view, points, from, to) {
  if (to - from < 3) return;
  const { left, top, scale } = view;
  c.moveTo(left + scale * points[2 * from], top - scale * points[2 * from + 1]);
  for (let k = from + 1; k < to; k += 1) c.lineTo(left + scale * points[2 * k], top - scale * points[2 * k + 1]);
  c.closePath();
}

/** How dark the source's density is drawn where it is largest. */
const SHADE = 0.26;
const REACH = 4;

/** A Gaussian source's density: ink over the cells, under their borders. */
function paintDensity(c, { mean, sigma }, frame, view, palette) {
  const [x, y] = [view.x(mean[0]), view.y(mean[1])];
  const shade = c.createRadialGradient(x, y, 0, x, y, REACH * sigma * view.scale);
  for (let k = 0; k <= 16; k += 1) {
    const alpha = Math.round(255 * SHADE * Math.exp(-0.5 * (REACH * k / 16) ** 2));
    shade.addColorStop(k / 16, `${palette.ink}${alpha.toString(16).padStart(2, '0')}`);
  }
  c.beginPath();
  polygon(c, view, frame.domain, 0, frame.domain.length / 2);
  c.fillStyle = shade;
  c.fill();
}

function segments(c, view, frame, wanted) {
  const { left, top, scale } = view;
  const { facetEnds: e, facetSingular } = frame;
  c.beginPath();
  for (let f = 0; f < facetSingular.length; f += 1) {
    if (wanted >= 0 && facetSingular[f] !== wanted) continue;
    c.moveTo(left + scale * e[4 * f], top - scale * e[4 * f + 1]);
    c.lineTo(left + scale * e[4 * f + 2], top - scale * e[4 * f + 3]);
  }
}

/** Typical spacing of the sites, in pixels: widths and radii follow it. */
const spacing = (frame, view) => view.size / Math.sqrt(Math.max(1, frame.count));

/** What changes only with the frame and the view switches. */
export function paintBase(c, { frame, show, view, palette }) {
  const gap = spacing(frame, view);
  c.lineJoin = 'round';
  c.lineCap = 'round';
  if (frame.domain.length) {
    c.beginPath();
    polygon(c, view, frame.domain, 0, frame.domain.length / 2);
    c.fillStyle = show.cells ? palette.cells[0] : palette.raised;
    c.fill();
  }
  if (show.cells) {
    for (const cells of batches(frame)) {
      c.beginPath();
      for (const i of cells) polygon(c, view, frame.cellVertices, frame.cellOffsets[i], frame.cellOffsets[i + 1]);
      c.fillStyle = palette.cells[frame.colours[cells[0]] % palette.cells.length];
      c.fill();
    }
  }
  if (frame.source?.name === 'gaussian' && frame.domain.length) paintDensity(c, frame.source, frame, view, palette);
  if (show.cells) {
    segments(c, view, frame, -1);
    c.strokeStyle = palette.cellLine;
    c.lineWidth = Math.min(1.5, Math.max(0.4, gap / 14));
    c.lineCap = 'butt';
    c.stroke();
    c.lineCap = 'round';
  }
  if (frame.domain.length) {
    c.beginPath();
    polygon(c, view, frame.domain, 0, frame.domain.length / 2);
    c.strokeStyle = palette.ink2;
    c.lineWidth = 1;
    c.stroke();
  }
  if (show.dual) paintDual(c, frame, view, palette, gap);
  if (show.singular) {
    segments(c, view, frame, 1);
    const width = Math.min(3.2, Math.max(1.6, gap / 7));
    c.strokeStyle = palette.ground;
    c.lineWidth = width + 2.4;
    c.stroke();
    c.strokeStyle = palette.singular;
    c.lineWidth = width;
    c.stroke();
  }
  if (show.arrows) paintArrows(c, frame, view, palette, gap, show.sites);
}

function paintDual(c, frame, view, palette, gap) {
  const { left, top, scale } = view;
  const { triangles, triangleBroken, sites } = frame;
  for (const broken of [1, 0]) {
    c.beginPath();
    for (let t = 0; t < triangleBroken.length; t += 1) {
      if (triangleBroken[t] !== broken) continue;
      // Back to the first corner by a line: closePath takes time in proportion to all of the path so far.
      for (let k = 0; k < 4; k += 1) {
        const i = triangles[3 * t + (k % 3)];
        const x = left + scale * sites[2 * i];
        const y = top - scale * sites[2 * i + 1];
        if (k === 0) c.moveTo(x, y);
        else c.lineTo(x, y);
      }
    }
    c.lineWidth = Math.min(1.1, Math.max(0.4, gap / 18));
    c.strokeStyle = broken ? palette.ink3 : palette.ink;
    c.setLineDash(broken ? [2, 4] : []);
    if (!broken) {
      c.globalAlpha = 0.09;
      c.fillStyle = palette.ink;
      c.fill();
    }
    c.globalAlpha = broken ? 0.75 : 0.8;
    c.stroke();
  }
  c.setLineDash([]);
  c.globalAlpha = 1;
}

function paintArrows(c, frame, view, palette, gap, sitesShown) {
  const { left, top, scale } = view;
  const { centroids, sites, cellOffsets } = frame;
  const head = Math.min(7, Math.max(2.5, gap / 5));
  c.beginPath();
  for (let i = 0; i < frame.count; i += 1) {
    if (cellOffsets[i + 1] - cellOffsets[i] < 3) continue;
    const x0 = left + scale * centroids[2 * i];
    const y0 = top - scale * centroids[2 * i + 1];
    const dx = left + scale * sites[2 * i] - x0;
    const dy = top - scale * sites[2 * i + 1] - y0;
    const whole = Math.hypot(dx, dy);
    // The head stops at the site's disc, where it can be seen.
    const length = whole - (sitesShown ? siteRadius(frame, view, i) + 1 : 0);
    if (length < 1.5) continue;
    const ux = dx / whole;
    const uy = dy / whole;
    const x1 = x0 + length * ux;
    const y1 = y0 + length * uy;
    c.moveTo(x0, y0);
    c.lineTo(x1, y1);
    if (length < 2 * head) continue;
    c.moveTo(x1 - head * (ux - 0.5 * uy), y1 - head * (uy + 0.5 * ux));
    c.lineTo(x1, y1);
    c.lineTo(x1 - head * (ux + 0.5 * uy), y1 - head * (uy - 0.5 * ux));
  }
  c.globalAlpha = frame.count > 1000 ? 0.4 : 0.6;
  c.strokeStyle = palette.ink;
  c.lineWidth = Math.min(1.2, Math.max(0.5, gap / 20));
  c.stroke();
  c.globalAlpha = 1;
}

/** Radius of each site: its area grows with its mass, within what can be seen and hit. */
export function siteRadius(frame, view, i) {
  const base = Math.min(6.5, Math.max(1.1, spacing(frame, view) * 0.09));
  return base * Math.min(2.2, Math.max(0.6, Math.sqrt(frame.masses[i] * frame.count)));
}

/** Where a site is drawn: under the pointer while it is dragged, before the solve has answered. */
export function sitePosition(frame, drag, i) {
  return drag && drag.site === i ? [drag.x, drag.y] : [frame.sites[2 * i], frame.sites[2 * i + 1]];
}

/** What moves without a new frame: samples at time t, sites, the chosen site. */
export function paintTop(c, { frame, show, view, palette, t, drag, hover, selected, pulse }) {
  c.lineJoin = 'round';
  c.lineCap = 'round';
  const chosen = drag ? drag.site : selected >= 0 ? selected : hover;
  if (chosen >= 0 && chosen < frame.count) paintChosenCell(c, frame, view, palette, chosen, drag);
  if (show.sites) paintSites(c, frame, view, palette, drag);
  if (show.samples && frame.samples) paintSamples(c, frame, view, palette, t);
  if (pulse) paintPulse(c, frame, view, palette, pulse);
  if (hover >= 0 && hover < frame.count && !drag) paintHalo(c, frame, view, palette, hover, null, 0.16);
  if (chosen >= 0 && chosen < frame.count && (drag || chosen === selected)) paintChosenSite(c, frame, view, palette, chosen, drag);
}

function paintChosenCell(c, frame, view, palette, i, drag) {
  const from = frame.cellOffsets[i];
  const to = frame.cellOffsets[i + 1];
  if (!(to - from >= 3)) return;
  c.beginPath();
  polygon(c, view, frame.cellVertices, from, to);
  c.globalAlpha = 0.22;
  c.fillStyle = palette.real;
  c.fill();
  c.globalAlpha = 1;
  c.strokeStyle = palette.ink;
  c.lineWidth = 1.75;
  c.stroke();
  const [x, y] = sitePosition(frame, drag, i);
  c.beginPath();
  c.moveTo(view.x(frame.centroids[2 * i]), view.y(frame.centroids[2 * i + 1]));
  c.lineTo(view.x(x), view.y(y));
  c.setLineDash([3, 4]);
  c.lineWidth = 1.25;
  c.stroke();
  c.setLineDash([]);
}

function paintSamples(c, frame, view, palette, t) {
  const { left, top, scale } = view;
  const { samples, mapped } = frame;
  const n = samples.length / 2;
  const size = Math.min(4.4, Math.max(1.6, (view.size / Math.sqrt(n)) * 0.17));
  if (t > 0 && t < 1 && n <= 2000) {
    c.beginPath();
    for (let k = 0; k < n; k += 1) {
      c.moveTo(left + scale * samples[2 * k], top - scale * samples[2 * k + 1]);
      c.lineTo(left + scale * (samples[2 * k] + t * (mapped[2 * k] - samples[2 * k])), top - scale * (samples[2 * k + 1] + t * (mapped[2 * k + 1] - samples[2 * k + 1])));
    }
    c.strokeStyle = palette.noise;
    c.lineWidth = 0.6;
    c.globalAlpha = 0.28;
    c.stroke();
  }
  c.globalAlpha = 0.85;
  c.fillStyle = blend(palette.noise, palette.generated, Math.min(1, 1.25 * t));
  for (let k = 0; k < n; k += 1) {
    const x = left + scale * (samples[2 * k] + t * (mapped[2 * k] - samples[2 * k]));
    const y = top - scale * (samples[2 * k + 1] + t * (mapped[2 * k + 1] - samples[2 * k + 1]));
    if (n > 3000) c.fillRect(x - size / 2, y - size / 2, size, size);
    else {
      c.beginPath();
      c.arc(x, y, size / 2, 0, 2 * Math.PI);
      c.fill();
    }
  }
  c.globalAlpha = 1;
}

function paintSites(c, frame, view, palette, drag) {
  const { left, top, scale } = view;
  const { sites, masses, count } = frame;
  const base = Math.min(6.5, Math.max(1.1, spacing(frame, view) * 0.09));
  // Discs that may overlap are drawn one by one, so that each keeps its outline; among more
  // the outline goes, and at last the disc becomes a square.
  const [outlined, round] = [count <= 1500 && base > 1.7, count <= 5000];
  c.fillStyle = palette.real;
  c.strokeStyle = palette.siteLine;
  c.lineWidth = base > 4 ? 1.25 : 0.9;
  for (let i = 0; i < count; i += 1) {
    if (masses[i] === 0 || (drag && drag.site === i)) continue;
    const r = base * Math.min(2.2, Math.max(0.6, Math.sqrt(masses[i] * count)));
    const x = left + scale * sites[2 * i];
    const y = top - scale * sites[2 * i + 1];
    if (round) {
      c.beginPath();
      c.arc(x, y, r, 0, 2 * Math.PI);
      c.fill();
      if (outlined) c.stroke();
    } else c.fillRect(x - r, y - r, 2 * r, 2 * r);
  }
}

function paintHalo(c, frame, view, palette, i, drag, alpha) {
  const [x, y] = sitePosition(frame, drag, i);
  c.beginPath();
  c.arc(view.x(x), view.y(y), 15, 0, 2 * Math.PI);
  c.globalAlpha = alpha;
  c.fillStyle = palette.ink;
  c.fill();
  c.globalAlpha = 1;
}

function paintChosenSite(c, frame, view, palette, i, drag) {
  paintHalo(c, frame, view, palette, i, drag, 0.16);
  const [x, y] = sitePosition(frame, drag, i);
  const r = Math.max(5, siteRadius(frame, view, i));
  c.beginPath();
  c.arc(view.x(x), view.y(y), r, 0, 2 * Math.PI);
  c.fillStyle = palette.real;
  c.fill();
  c.strokeStyle = palette.ink;
  c.lineWidth = 2;
  c.stroke();
}

/** The handle that asks to be dragged: a ring that grows and fades (`phase` from 0 to 1). */
function paintPulse(c, frame, view, palette, { site, phase }) {
  if (site >= frame.count) return;
  const x = view.x(frame.sites[2 * site]);
  const y = view.y(frame.sites[2 * site + 1]);
  c.beginPath();
  c.arc(x, y, 8 + 12 * phase, 0, 2 * Math.PI);
  c.globalAlpha = 0.9 * (1 - phase);
  c.strokeStyle = palette.ink;
  c.lineWidth = 2.5;
  c.stroke();
  c.globalAlpha = 1;
  c.beginPath();
  c.arc(x, y, Math.max(5, siteRadius(frame, view, site)), 0, 2 * Math.PI);
  c.fillStyle = palette.real;
  c.fill();
  c.strokeStyle = palette.ink;
  c.lineWidth = 2;
  c.stroke();
}
