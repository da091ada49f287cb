// How bars are laid out and painted. Where there is no room for a bar a site, a lens shows the chosen
// one and its neighbours, and all stand behind it sorted, some to a column.

import { few } from './few.js';
import { isEmpty } from './hand.js';

const LEFT = 36;
const RIGHT = 4;
const BETWEEN = 26;
const TOP = 6;
const BOTTOM = 17;
/** Least and largest width a site; in the lens there is room for its number. */
const LEAST = 6;
const MOST = 34;
const lensWidth = (active) => Math.max(22, 8 + 8 * String(active.at(-1) + 1).length);
/** Bars in the lens: at most so many, and no more than this share of the width. */
const MAGNIFIED = 9;
const SHARE = 0.55;

/** The bar of ratio r is as high as r/(1 + r): the target is in the middle, ½ and 2 equally far. */
const height = (ratio) => ratio / (1 + ratio);

/** Which share of the strip's height lies under a pixel, and the ratio of that share. */
export const shareOf = (y, high) => (high - BOTTOM - y) / (high - TOP - BOTTOM);
export const ratioAt = (share) => {
  const f = Math.min(0.97, Math.max(0, share));
  return f / (1 - f);
};

/**
 * Places: `lens` [{ site, x, wide }], `columns` [{ from, to, x, wide }] over `sorted` (null where the
 * lens holds all), and at(x) → { site, off }.
 */
export function arrange(width, { active, sorted, chosen, near }) {
  const room = width - LEFT - RIGHT;
  const few = active.length * LEAST <= room;
  const pitch = few ? Math.min(MOST, room / Math.max(1, active.length)) : lensWidth(active);
  const shown = few ? active : lensOf(Math.floor((SHARE * room) / pitch), sorted, chosen, near);
  const lens = shown.map((site, k) => ({ site, x: LEFT + k * pitch, wide: pitch }));
  const columns = [];
  if (!few) {
    const start = LEFT + lens.length * pitch + BETWEEN;
    const count = Math.max(1, Math.min(active.length, Math.floor(width - RIGHT - start)));
    const wide = (width - RIGHT - start) / count;
    // Whole pixels: parts of them would shade the bars.
    const edge = (k) => Math.round(start + k * wide);
    for (let k = 0; k < count; k += 1) columns.push({ from: Math.floor((k * sorted.length) / count), to: Math.floor(((k + 1) * sorted.length) / count), x: edge(k), wide: edge(k + 1) - edge(k) });
  }
  const at = (x) => {
    const slot = lens.find((one) => x >= one.x && x < one.x + one.wide);
    if (slot) return { site: slot.site, off: Math.abs(x - slot.x - slot.wide / 2) };
    const column = columns.find((one) => x >= one.x && x < one.x + one.wide);
    return column ? { site: sorted[(column.from + column.to) >> 1], off: Infinity } : { site: -1, off: Infinity };
  };
  return { lens, columns: few ? null : columns, at };
}

/** The chosen site with its neighbours; where none is chosen, the worst at either end. */
function lensOf(room, sorted, chosen, near) {
  const most = Math.max(1, Math.min(MAGNIFIED, room));
  if (chosen >= 0) return [chosen, ...near].slice(0, most);
  const low = sorted.slice(0, most >> 1);
  return [...low, ...sorted.slice(low.length - most)];
}

/** Text over, beside and under the bars. */
function letters(c, palette) {
  c.font = '11px system-ui, sans-serif';
  c.fillStyle = palette.ink2;
  c.textBaseline = 'middle';
}

function numbers(c, { lens }, high, palette, { chosen, lit }) {
  letters(c, palette);
  c.textAlign = 'center';
  const digits = String(Math.max(...lens.map(({ site }) => site + 1))).length;
  const every = lens.length ? Math.ceil((6 + 7 * digits) / lens[0].wide) : 1;
  lens.forEach(({ site, x, wide }, k) => {
    const one = site === chosen || site === lit;
    if (!one && (k + 1) % every && k) return;
    // A number that is lit makes its neighbours' room its own.
    const crowded = !one && every > 1 && lens.some((other, m) => m !== k && Math.abs(m - k) < every && (other.site === chosen || other.site === lit));
    if (crowded) return;
    c.fillStyle = one ? palette.ink : palette.ink2;
    c.font = `${one ? '600 ' : ''}11px system-ui, sans-serif`;
    c.fillText(site + 1, x + wide / 2, high - BOTTOM / 2 + 1);
  });
}

const fillOf = (palette, site, { chosen, lit, near }) => (site === chosen ? palette.ink : site === lit ? palette.ink2 : near.includes(site) ? palette.barNear : palette.bar);

function apart(c, plan, { w, high }, palette, words) {
  if (!plan.columns?.length) return;
  const x = plan.columns[0].x - BETWEEN / 2;
  c.fillStyle = palette.line2;
  c.fillRect(x, TOP, 1, high - TOP - BOTTOM);
  letters(c, palette);
  c.textAlign = 'end';
  c.fillText(words, w - RIGHT, high - BOTTOM / 2 + 1);
}

export function paintRatios(c, size, plan, state, palette) {
  const { w, high } = size;
  const { shape: { cellMasses, masses }, sorted } = state;
  const ratio = (i) => cellMasses[i] / masses[i];
  const span = high - TOP - BOTTOM;
  const y = (r) => high - BOTTOM - span * height(r);
  letters(c, palette);
  c.textAlign = 'end';
  for (const [r, name] of [[0, '0'], [0.5, '½'], [1, '1'], [2, '2'], [5, '5']]) {
    if (r !== 1) {
      c.fillStyle = palette.line;
      c.fillRect(LEFT, Math.round(y(r)), w - LEFT - RIGHT, 1);
    }
    c.fillStyle = r === 1 ? palette.realText : palette.ink2;
    c.fillText(name, LEFT - 7, y(r));
  }
  for (const { site, x, wide } of plan.lens) {
    const gap = wide > 10 ? 3 : 1;
    c.fillStyle = fillOf(palette, site, state);
    c.fillRect(x + gap / 2, y(ratio(site)), wide - gap, high - BOTTOM - y(ratio(site)));
    if (isEmpty(state.shape, site)) {
      // An empty cell is a mark of its own: a bar of no height would be none.
      c.strokeStyle = palette.singular;
      c.lineWidth = 1.5;
      c.beginPath();
      const [m, s] = [x + wide / 2, Math.min(4, wide / 3)];
      c.moveTo(m - s, y(0) - 2 * s - 1);
      c.lineTo(m + s, y(0) - 1);
      c.moveTo(m + s, y(0) - 2 * s - 1);
      c.lineTo(m - s, y(0) - 1);
      c.stroke();
    }
  }
  for (const { from, to, x, wide } of plan.columns ?? []) {
    const values = sorted.slice(from, to).map(ratio);
    const [low, top] = [Math.min(...values), Math.max(...values)];
    const lit = sorted.slice(from, to).find((i) => i === state.chosen || i === state.lit);
    c.fillStyle = lit === undefined ? palette.bar : palette.ink;
    const thin = lit === undefined ? wide : Math.max(wide, 2);
    c.fillRect(x, y(low), thin, high - BOTTOM - y(low));
    c.globalAlpha = 0.5;
    c.fillRect(x, y(top), thin, y(low) - y(top));
    c.globalAlpha = 1;
  }
  c.fillStyle = palette.real;
  c.fillRect(LEFT, Math.round(y(1)) - 1, w - LEFT - RIGHT, 2);
  numbers(c, plan, high, palette, state);
  apart(c, plan, size, palette, `all ${sorted.length.toLocaleString('en-US')}, sorted`);
}

/** The next of 1, 2, 5 × 10ⁿ. */
function above(x) {
  if (!(x > 0)) return 1;
  const unit = 10 ** Math.floor(Math.log10(x));
  return [1, 2, 5, 10].map((k) => k * unit).find((v) => v >= x * (1 - 1e-12));
}

/** Signed bars about a middle line; returns what the scale is, in words. */
export function paintSigned(c, size, plan, state, values, palette, numbered) {
  const { w, high } = size;
  const { sorted } = state;
  const foot = numbered ? BOTTOM : 4;
  const middle = TOP + (high - TOP - foot) / 2;
  c.fillStyle = palette.line2;
  c.fillRect(LEFT, Math.round(middle), w - LEFT - RIGHT, 1);
  if (numbered) {
    numbers(c, plan, high, palette, state);
    apart(c, plan, size, palette, `all ${sorted.length.toLocaleString('en-US')}, sorted`);
  } else apart(c, plan, { w, high }, palette, '');
  if (!values?.length) return 'none from here';
  let most = 0;
  for (const i of state.active) most = Math.max(most, Math.abs(values[i]));
  const full = above(most);
  const reach = (high - TOP - foot) / 2;
  letters(c, palette);
  c.textAlign = 'end';
  c.fillText('+', LEFT - 7, TOP + 5);
  c.fillText('0', LEFT - 7, middle);
  c.fillText('−', LEFT - 7, high - foot - 5);
  const one = (x, wide, value, colour) => {
    const length = (reach * Math.abs(value)) / full;
    c.fillStyle = colour ?? (value > 0 ? palette.up : palette.down);
    c.fillRect(x, value > 0 ? middle - length : middle + 1, wide, Math.max(0.5, length));
  };
  for (const { site, x, wide } of plan.lens) {
    const gap = wide > 10 ? 3 : 1;
    one(x + gap / 2, wide - gap, values[site]);
    if (site === state.chosen || site === state.lit) {
      c.strokeStyle = palette.ink;
      c.lineWidth = 1;
      c.strokeRect(x + 0.5, TOP - 2.5, wide - 1, high - TOP - foot + 4);
    }
  }
  for (const { from, to, x, wide } of plan.columns ?? []) {
    let [low, top] = [0, 0];
    for (let k = from; k < to; k += 1) {
      low = Math.min(low, values[sorted[k]]);
      top = Math.max(top, values[sorted[k]]);
    }
    if (top > 0) one(x, wide, top);
    if (low < 0) one(x, wide, low);
  }
  return `full height ${few(full, 1)}`;
}
