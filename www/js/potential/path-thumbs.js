// The row of shapes: each thumbnail is a path that was really solved, with few points, at its end; the
// scene's, whose points may be few and apart, on its way.

import { readPalette } from '../figure/palette.js';
import { Brush, motion } from './path-stage.js';

const SIZE = 60;
const COUNT = 300;

export function thumbnails(buttons, session) {
  const brush = new Brush();
  const known = new Map();
  let running = false;

  function paint(button, moved) {
    const canvas = button.querySelector('canvas');
    const pixels = Math.round(SIZE * Math.min(3, devicePixelRatio || 1));
    canvas.width = canvas.height = pixels;
    const dark = document.documentElement.dataset.theme === 'dark';
    brush.paint(canvas.getContext('2d'), moved, { pixels, size: SIZE, t: button.dataset.shape === 'scene' ? 0.5 : 1, show: {}, trails: [], palette: readPalette(), dark, ground: false });
  }
  /** Solves and draws what is not drawn yet, once the figure stands. */
  async function draw() {
    if (running) return;
    running = true;
    try {
      for (const button of buttons) {
        const { shape } = button.dataset;
        const key = shape === 'scene' ? `scene ${session.serial}` : shape;
        if (!known.has(key)) {
          const solved = await session.maths.shape({ shape, count: COUNT, source: 'disk', seed: 0 });
          // The figure asked in between: it goes first, and the thumbnails come after it.
          if (!solved) break;
          known.set(key, motion(solved, 'disk'));
        }
        paint(button, known.get(key));
      }
    } catch { /* a thumbnail that cannot be drawn leaves its name */ } finally {
      running = false;
    }
  }
  return { draw };
}
