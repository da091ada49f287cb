// The cells of a plane as a frame of the plane's own figure, so that both are drawn alike.

import { paintBase } from '../figure/painter.js';

const COLOURS = 8;

/** Colours by which neighbours differ, the same for the same cells: the first that is free. */
function colours({ sites, left, right }) {
  const index = new Map([...sites].map((site, k) => [site, k]));
  const beside = Array.from(sites, () => []);
  left.forEach((site, e) => {
    const [a, b] = [index.get(site), index.get(right[e])];
    beside[a]?.push(b);
    beside[b]?.push(a);
  });
  const chosen = new Uint8Array(sites.length).fill(COLOURS);
  for (let k = 0; k < sites.length; k += 1) {
    const taken = new Set(beside[k].map((j) => chosen[j]));
    // Each begins elsewhere, so that all colours are used.
    for (let c = 0; c < COLOURS; c += 1) {
      const colour = (sites[k] + c) % COLOURS;
      if (!taken.has(colour)) {
        chosen[k] = colour;
        break;
      }
    }
    if (chosen[k] === COLOURS) chosen[k] = sites[k] % COLOURS;
  }
  return chosen;
}

/** A plane as `paintBase` takes a frame. */
export function frameOf(plane) {
  const { polygon, offsets, vertices, edges, singular, sites } = plane;
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < polygon.length; k += 2) {
    bounds[0] = Math.min(bounds[0], polygon[k]);
    bounds[1] = Math.min(bounds[1], polygon[k + 1]);
    bounds[2] = Math.max(bounds[2], polygon[k]);
    bounds[3] = Math.max(bounds[3], polygon[k + 1]);
  }
  const count = sites.length;
  const centroids = new Float64Array(2 * count);
  for (let i = 0; i < count; i += 1) {
    for (let v = offsets[i]; v < offsets[i + 1]; v += 1) {
      centroids[2 * i] += vertices[2 * v] / (offsets[i + 1] - offsets[i]);
      centroids[2 * i + 1] += vertices[2 * v + 1] / (offsets[i + 1] - offsets[i]);
    }
  }
  return { bounds, count, centroids, colours: colours(plane), domain: polygon, cellVertices: vertices, cellOffsets: offsets, facetEnds: edges, facetSingular: singular };
}

/** Draws the cells, the chosen points with their letters, and the point that is moved. */
export function paint(c, { frame, plane, view, palette, at, cell, letters }) {
  paintBase(c, { frame, show: { cells: true, singular: true }, view, palette });
  const k = plane.sites.indexOf(cell);
  if (k >= 0) {
    c.beginPath();
    for (let v = plane.offsets[k]; v < plane.offsets[k + 1]; v += 1) {
      const [x, y] = [view.x(plane.vertices[2 * v]), view.y(plane.vertices[2 * v + 1])];
      if (v === plane.offsets[k]) c.moveTo(x, y);
      else c.lineTo(x, y);
    }
    c.closePath();
    c.globalAlpha = 0.2;
    c.fillStyle = palette.generated;
    c.fill();
    c.globalAlpha = 1;
    c.strokeStyle = palette.ink;
    c.lineWidth = 1.75;
    c.stroke();
  }
  c.font = `600 12px ${getComputedStyle(document.body).fontFamily}`;
  c.textAlign = 'center';
  c.textBaseline = 'middle';
  letters.forEach((letter, i) => {
    const [x, y] = [view.x(plane.chosen[2 * i]), view.y(plane.chosen[2 * i + 1])];
    c.beginPath();
    c.arc(x, y, 9, 0, 2 * Math.PI);
    c.fillStyle = palette.raised;
    c.fill();
    c.strokeStyle = palette.ink;
    c.lineWidth = 1.25;
    c.stroke();
    c.fillStyle = palette.ink;
    c.fillText(letter, x, y + 0.5);
  });
  const [x, y] = [view.x(at[0]), view.y(at[1])];
  c.beginPath();
  c.arc(x, y, 15, 0, 2 * Math.PI);
  c.globalAlpha = 0.16;
  c.fillStyle = palette.ink;
  c.fill();
  c.globalAlpha = 1;
  c.beginPath();
  c.arc(x, y, 7, 0, 2 * Math.PI);
  c.fillStyle = palette.generated;
  c.fill();
  c.strokeStyle = palette.ink;
  c.lineWidth = 2;
  c.stroke();
}
