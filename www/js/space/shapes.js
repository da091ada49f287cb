// The row of shapes, each drawn by the figure's own painter, and the words for them.

import { $, h, on } from '../dom.js';
import { Cloud } from './cloud.js';

export const SHAPES = [
  { shape: 'rabbit', name: 'Rabbit', words: 'a rabbit', yaw: 35 },
  { shape: 'torus', name: 'Torus', words: 'a torus', pitch: 32 },
  { shape: 'trefoil', name: 'Knot', words: 'a trefoil knot', yaw: 15 },
  { shape: 'balls', name: 'Two balls', words: 'two balls' },
  { shape: 'star', name: 'Star', words: 'a star' },
  { shape: 'cube', name: 'Cube', words: 'a cube' },
  { shape: 'grid', name: 'Modes', words: '27 modes', count: 600 },
  { shape: 'letters', name: 'Letters', words: 'letters', yaw: 20 },
  { shape: 'lathe', name: 'Lathe', words: 'what you draw' },
];
export const SOURCES = { ball: 'a solid ball', cube: 'a solid cube', gaussian: 'a Gaussian' };

export const becomes = (shape) => `becomes ${SHAPES.find((s) => s.shape === shape)?.words ?? 'your points'}.`;

export function shapes(session) {
  const row = $('#space-shapes');
  const buttons = SHAPES.map((s) => {
    const canvas = h('canvas', { width: 1, height: 1, 'aria-hidden': 'true' });
    const button = h('button', { type: 'button', class: 'preset', role: 'radio', 'aria-checked': 'false', tabindex: -1, title: s.words, 'data-shape': s.shape }, canvas, h('span', { text: s.name }));
    on(button, 'click', () => session.patch({ shape: s.shape }));
    row.append(button);
    return { ...s, button, canvas };
  });
  on(row, 'keydown', (event) => {
    const now = buttons.findIndex((b) => b.button === document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (now < 0 || !step) return;
    event.preventDefault();
    const next = buttons[(now + step + buttons.length) % buttons.length];
    next.button.focus();
    next.button.click();
  });
  session.addEventListener('space', ({ detail: { shape } }) => {
    const known = buttons.some((b) => b.shape === shape);
    buttons.forEach((b, k) => {
      b.button.setAttribute('aria-checked', String(b.shape === shape));
      b.button.tabIndex = b.shape === shape || (!known && k === 0) ? 0 : -1;
    });
  });

  /** Draws the thumbnails: sites that have arrived. */
  return async function draw() {
    for (const { shape, canvas, count = 1400, yaw = 30, pitch = 20 } of buttons) {
      const scene = await session.maths.scene({ shape, count });
      const cloud = new Cloud(canvas, { bare: true });
      cloud.camera.set({ yaw, pitch, zoom: 1.05 });
      cloud.setScene(scene, 'ball');
      cloud.setSamples(scene.sites);
      cloud.setCells(Uint32Array.from({ length: count }, (_, i) => i), null);
      cloud.set({ t: 1 });
    }
  };
}
