// The row of targets. Each thumbnail is a frame of the real solver, drawn by the real painter.

import { Engine } from '../engine.js';
import { $, h, on } from '../dom.js';
import { paintBase, paintTop } from '../figure/painter.js';
import { readPalette } from '../figure/palette.js';
import { View } from '../figure/view.js';

const PRESETS = [
  { preset: 'grid', name: 'Grid', long: 'Grid: samples of 25 Gaussians', thumb: { count: 150 } },
  { preset: 'centres', name: 'Centres', long: 'The centres of the grid' },
  { preset: 'ring', name: 'Ring', long: 'Ring: samples of 8 Gaussians', thumb: { count: 64, sigma: 0.04 } },
  { preset: 'clusters', name: 'Clusters', long: 'Two clusters, as in the paper’s figures 8 and 9', thumb: { count: 40 } },
  { preset: 'dumbbell', name: 'Dumbbell', long: 'A dumbbell: connected, not convex, as in the paper’s figure 10', thumb: { count: 90 } },
  { preset: 'spiral', name: 'Spiral', long: 'Points along a spiral', thumb: { count: 80 } },
  { preset: 'random', name: 'Random', long: 'Uniform random points', thumb: { count: 36 } },
  { preset: 'letters', name: 'Letters', long: 'Points that fill letters', thumb: { count: 110 } },
];
const SIZE = 60;

export function presets(session) {
  const row = $('#presets');
  const buttons = PRESETS.map((p) => {
    const canvas = h('canvas', { width: 1, height: 1, 'aria-hidden': 'true' });
    const button = h('button', { type: 'button', class: 'preset', role: 'radio', 'aria-checked': 'false', tabindex: -1, title: p.long, 'data-preset': p.preset }, canvas, h('span', { text: p.name }));
    on(button, 'click', () => choose(p));
    row.append(button);
    return { ...p, button, canvas, frame: null };
  });
  buttons[0].button.tabIndex = 0;

  async function choose({ preset }) {
    session.select(-1);
    await session.patch({ preset });
  }
  on(row, 'keydown', (event) => {
    const now = buttons.findIndex((b) => b.button === document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (now < 0 || !step) return;
    event.preventDefault();
    const next = buttons[(now + step + buttons.length) % buttons.length];
    next.button.focus();
    choose(next);
  });
  session.addEventListener('scenario', (event) => {
    const { preset } = event.detail;
    const known = buttons.some((b) => b.preset === preset);
    buttons.forEach((b, k) => {
      b.button.setAttribute('aria-checked', String(b.preset === preset));
      b.button.tabIndex = b.preset === preset || (!known && k === 0) ? 0 : -1;
    });
  });

  function paint({ canvas, frame }) {
    if (!frame) return;
    const ratio = Math.min(3, devicePixelRatio || 1);
    canvas.width = canvas.height = SIZE * ratio;
    const c = canvas.getContext('2d');
    c.scale(ratio, ratio);
    const scene = { frame, view: new View(frame.bounds, SIZE), palette: readPalette(), show: { cells: true, singular: true, sites: true } };
    paintBase(c, scene);
    paintTop(c, { ...scene, t: 1, drag: null, hover: -1, selected: -1, pulse: null });
  }
  new MutationObserver(() => buttons.forEach(paint)).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

  /** Solves and draws the thumbnails with an engine of their own, once the figure stands. */
  async function draw() {
    const engine = await Engine.load().catch(() => null);
    if (!engine) return; // as where the page was left meanwhile: the names stand
    for (const b of buttons) {
      try {
        b.frame = await engine.set({ preset: b.preset, view: { samples: false }, ...b.thumb });
        paint(b);
      } catch { /* a thumbnail that cannot be drawn leaves its name */ }
    }
    engine.close();
  }
  return { draw };
}
