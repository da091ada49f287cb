// Paints a model (see solid.js) through a lens on a surface: a canvas context, the SVG writer, or
// pixels (raster.js).

import { above, areas, batches, sorted, tiled } from './layers.js';

/** What is computed once a model and kept with it. */
const kept = new WeakMap();
function prepared(model) {
  let found = kept.get(model);
  if (!found) {
    const { faces } = model;
    const count = faces.offsets.length - 1;
    found = { count, sequence: tiled(faces.points, faces.offsets), screen: new Float64Array((2 * faces.points.length) / 3), area: new Float64Array(count), rank: null };
    kept.set(model, found);
  }
  return found;
}

function path(c, screen, from, to) {
  c.moveTo(screen[2 * from], screen[2 * from + 1]);
  for (let k = from + 1; k < to; k += 1) c.lineTo(screen[2 * k], screen[2 * k + 1]);
  c.closePath();
}

function trace(c, lens, points) {
  c.beginPath();
  for (let k = 0; k < points.length; k += 3) c[k ? 'lineTo' : 'moveTo'](...lens.at(points[k], points[k + 1], points[k + 2]));
  c.closePath();
}

/** Strokes those segments of a set that are wanted. */
function segments(c, lens, line, wanted) {
  const [a, b, g, d] = lens.x;
  const [e, f, h, i] = lens.y;
  const { ends } = line;
  c.beginPath();
  let any = false;
  for (let k = 0, j = 0; j < ends.length; k += 1, j += 6) {
    if (wanted && !wanted(k)) continue;
    c.moveTo(a * ends[j] + b * ends[j + 1] + g * ends[j + 2] + d, e * ends[j] + f * ends[j + 1] + h * ends[j + 2] + i);
    c.lineTo(a * ends[j + 3] + b * ends[j + 4] + g * ends[j + 5] + d, e * ends[j + 3] + f * ends[j + 4] + h * ends[j + 5] + i);
    any = true;
  }
  if (!any) return;
  c.globalAlpha = line.alpha ?? 1;
  if (line.casing) {
    c.strokeStyle = line.casing.colour;
    c.lineWidth = line.casing.width;
    c.stroke();
  }
  c.setLineDash(line.dash ?? []);
  c.strokeStyle = line.colour;
  c.lineWidth = line.width;
  c.stroke();
  c.setLineDash([]);
  if (line.core) {
    c.strokeStyle = line.core.colour;
    c.lineWidth = line.core.width;
    c.stroke();
  }
  c.globalAlpha = 1;
}

/** The faces and the lines between them. */
function surface(c, model, lens) {
  const { faces, palette, under, order } = model;
  const { count, sequence, screen, area } = prepared(model);
  lens.all(faces.points, screen);
  areas(screen, faces.offsets, area);
  const lines = (model.lines ?? []).filter((line) => line.faces);
  const fill = (list, colour, side) => {
    if (!side[colour]) return;
    c.beginPath();
    for (const i of list) path(c, screen, faces.offsets[i], faces.offsets[i + 1]);
    c.fillStyle = side[colour];
    c.fill();
  };
  if (order === 'convex' || order === 'concave') {
    const sides = [[palette, (i) => area[i] > 0], [under ?? palette, (i) => area[i] < 0]];
    if (order === 'concave') sides.reverse();
    const layer = (i) => (i >= 0 && area[i] < 0) !== (order === 'concave');
    sides.forEach(([side, wanted], nearer) => {
      batches(sequence, wanted, faces.colours, (list, colour) => fill(list, colour, side));
      // A line between the layers is drawn with the nearer.
      for (const line of lines) {
        segments(c, lens, line, (k) => {
          const [a, b] = [line.faces[2 * k], line.faces[2 * k + 1]];
          return Number((a >= 0 && layer(a)) || (b >= 0 && layer(b))) === nearer;
        });
      }
    });
    return;
  }
  const around = beside(lines);
  const rank = new Uint32Array(count);
  prepared(model).rank = rank;
  const list = sorted(order, lens.towards, count);
  list.forEach((i, k) => { rank[i] = k; });
  for (const i of list) {
    if (area[i] === 0) continue;
    fill([i], faces.colours[i], area[i] > 0 ? palette : under ?? palette);
    lines.forEach((line, l) => {
      const mine = around[l].get(i)?.filter((k) => {
        const other = line.faces[2 * k] === i ? line.faces[2 * k + 1] : line.faces[2 * k];
        return other < 0 || rank[other] < rank[i];
      });
      if (mine?.length) segments(c, lens, { ...line, ends: mine.flatMap((k) => [...line.ends.slice(6 * k, 6 * k + 6)]) });
    });
  }
}

/** For each set of lines the segments at each face. */
function beside(lines) {
  return lines.map((line) => {
    let found = kept.get(line);
    if (found) return found;
    found = new Map();
    line.faces.forEach((i, k) => {
      if (i < 0) return;
      if (found.has(i)) found.get(i).push(k >> 1);
      else found.set(i, [k >> 1]);
    });
    kept.set(line, found);
    return found;
  });
}

/** What lies flat under the surface, lifted to its height once. */
function laid(under) {
  let found = kept.get(under);
  if (found) return found;
  const { z, faces, lines = [], outline } = under;
  const lift = (points) => {
    const out = new Float64Array((3 * points.length) / 2);
    for (let k = 0, j = 0; k < points.length; k += 2, j += 3) {
      out[j] = points[k];
      out[j + 1] = points[k + 1];
      out[j + 2] = z;
    }
    return out;
  };
  const count = faces ? faces.offsets.length - 1 : 0;
  found = {
    border: outline && lift(outline),
    points: faces && lift(faces.points),
    screen: faces && new Float64Array(faces.points.length),
    all: Uint32Array.from({ length: count }, (_, i) => i),
    lines: lines.map((line) => ({ ...line, ends: lift(line.ends) })),
  };
  kept.set(under, found);
  return found;
}

function floor(c, under, lens) {
  const { faces, palette, tone, edge } = under;
  const { border, points, screen, all, lines } = laid(under);
  if (border && tone) {
    trace(c, lens, border);
    c.fillStyle = tone;
    c.fill();
  }
  if (faces) {
    const { offsets } = faces;
    lens.all(points, screen);
    batches(all, (i) => offsets[i + 1] - offsets[i] > 2, faces.colours, (list, colour) => {
      if (!palette[colour]) return;
      c.beginPath();
      for (const i of list) path(c, screen, offsets[i], offsets[i + 1]);
      c.fillStyle = palette[colour];
      c.fill();
    });
  }
  for (const line of lines) segments(c, lens, line);
  if (border && edge) {
    trace(c, lens, border);
    c.strokeStyle = edge;
    c.lineWidth = 1;
    c.stroke();
  }
}

/** A translucent polygon, cut where it would go under `low`. */
function sheet(c, { points, fill, line, dash }, lens, low, alpha) {
  const part = above(points, low);
  if (part.length < 9) return;
  trace(c, lens, part);
  c.globalAlpha = alpha;
  c.fillStyle = fill;
  c.fill();
  c.globalAlpha = 1;
  if (!line) return;
  c.strokeStyle = line;
  c.lineWidth = 1.25;
  c.setLineDash(dash ?? []);
  c.stroke();
  c.setLineDash([]);
}

function mark(c, { points, radius, fill, line, width }, lens) {
  for (let k = 0; k < points.length; k += 3) {
    const [x, y] = lens.at(points[k], points[k + 1], points[k + 2]);
    c.beginPath();
    c.arc(x, y, radius, 0, 2 * Math.PI);
    c.fillStyle = fill;
    c.fill();
    if (!line) continue;
    c.strokeStyle = line;
    c.lineWidth = width ?? 1;
    c.stroke();
  }
}

/** The lit face: filled where nothing covers it, else only its outline, broken. */
function lighten(c, model, { screen, area }, i, covered) {
  const { faces: { offsets }, glow } = model;
  if (!(i >= 0) || !glow || offsets[i + 1] - offsets[i] < 3 || !area[i]) return;
  c.beginPath();
  path(c, screen, offsets[i], offsets[i + 1]);
  c.globalAlpha = covered ? 0.18 : 0.72;
  c.fillStyle = glow.fill;
  c.fill();
  c.globalAlpha = 1;
  c.strokeStyle = glow.line;
  c.lineWidth = 1.75;
  c.setLineDash(covered ? [3, 3] : []);
  c.stroke();
  c.setLineDash([]);
}

/** Paints a model. What is lit: { lit: faces, sheets, lines, marks }. */
export function paint(c, model, lens, lights = {}) {
  c.lineJoin = 'round';
  c.lineCap = 'round';
  const { sheets = [], marks = [], lines = [], lit = [] } = lights;
  const low = model.floor?.z ?? model.box[2];
  const high = lens.eye[2] >= 0;
  // Over the domain a plane lies under the surface: what of it can be seen from above is seen beside it.
  if (model.floor && high) floor(c, model.floor, lens);
  const flat = sheets.filter((one) => one.alpha);
  if (high) {
    for (const one of flat) sheet(c, one, lens, -Infinity, one.alpha);
    for (const one of sheets) if (!one.alpha) sheet(c, { ...one, line: null }, lens, low, 0.34);
  }
  surface(c, model, lens);
  for (const one of sheets) if (!one.alpha) sheet(c, { ...one, dash: high ? [5, 4] : null }, lens, low, high ? 0.1 : 0.4);
  if (model.floor && !high) {
    floor(c, model.floor, lens);
    for (const one of flat) sheet(c, one, lens, -Infinity, one.alpha);
  }
  for (const line of model.lines ?? []) if (!line.faces) segments(c, lens, line);
  const state = prepared(model);
  for (const i of lit) lighten(c, model, state, i, covered(model, i));
  for (const line of lines) segments(c, lens, line);
  for (const one of [...(model.marks ?? []), ...marks]) mark(c, one, lens);
}

/** Whether another face stands before the middle of a face. */
function covered(model, i) {
  const { offsets } = model.faces;
  const { screen } = prepared(model);
  const [from, to] = [offsets[i], offsets[i + 1]];
  if (to - from < 3) return false;
  let [x, y] = [0, 0];
  for (let k = from; k < to; k += 1) {
    x += screen[2 * k] / (to - from);
    y += screen[2 * k + 1] / (to - from);
  }
  const front = hit(model, x, y);
  return front >= 0 && front !== i;
}

/** The front face under a pixel of the last picture, or −1; one looks through open ones. */
export function hit(model, x, y) {
  const { faces: { offsets, colours }, order, palette } = model;
  const { count, screen, area, rank } = prepared(model);
  const under = model.under ?? palette;
  const inside = (i) => {
    let odd = false;
    for (let k = offsets[i], j = offsets[i + 1] - 1; k < offsets[i + 1]; j = k, k += 1) {
      const [ax, ay, bx, by] = [screen[2 * j], screen[2 * j + 1], screen[2 * k], screen[2 * k + 1]];
      if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
    }
    return odd;
  };
  const nearer = order === 'concave' ? 1 : -1;
  let best = -1;
  for (let i = 0; i < count; i += 1) {
    if (!area[i] || !(area[i] > 0 ? palette : under)[colours[i]] || !inside(i)) continue;
    if (best < 0) best = i;
    else if (rank ? rank[i] > rank[best] : Math.sign(area[i]) === nearer) best = i;
  }
  return best;
}
