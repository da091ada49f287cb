// The figure under Monte Carlo: samples in the colour of their cell, the exact cells faint beneath.

import { paintBase } from '../figure/painter.js';

const COLOURS = 8;

/** The colours of samples, from the style sheet: those of the cells, dark enough for dots. */
function dots() {
  const style = getComputedStyle(document.documentElement);
  return Array.from({ length: COLOURS }, (_, k) => style.getPropertyValue(`--dot-${k}`).trim());
}

/** Paints the run's samples on the figure as its base; returns how to take them away. */
export function mosaic(figure, run) {
  function paint(c, scene) {
    const { frame, show, view, palette } = scene;
    // Cells without their fill: borders alone stand under the samples.
    const bare = { ...palette, cells: palette.cells.map(() => palette.raised), cellLine: palette.line2 };
    paintBase(c, { ...scene, palette: bare, show: { ...show, singular: false, dual: false, arrows: false } });
    const { positions, winners } = run;
    if (positions) samples(c, { positions, winners, frame, view, palette });
    paintBase(c, { ...scene, frame: { ...frame, domain: [] }, show: { ...show, cells: false } });
  }

  function samples(c, { positions, winners, frame, view, palette }) {
    const { left, top, scale } = view;
    const n = positions.length / 2;
    const size = Math.min(5, Math.max(1.5, (0.55 * view.size) / Math.sqrt(n)));
    const colours = dots();
    const draw = (colour, wanted) => {
      c.fillStyle = colour;
      for (let k = 0; k < n; k += 1) {
        if (winners && frame.colours[winners[k]] % COLOURS !== wanted) continue;
        c.fillRect(left + scale * positions[2 * k] - size / 2, top - scale * positions[2 * k + 1] - size / 2, size, size);
      }
    };
    if (winners) colours.forEach(draw);
    else {
      c.globalAlpha = 0.5;
      draw(palette.noise);
      c.globalAlpha = 1;
    }
  }

  figure.setLayer(paint);
  const repaint = () => figure.repaint();
  run.addEventListener('begin', repaint);
  run.addEventListener('progress', (event) => {
    if (event.detail.winners.length || event.detail.positions.length) repaint();
  });
  return paint;
}
