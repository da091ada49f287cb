// The figure under Monte Carlo: samples in the colour of their cell, the exact cells in outline.

import { reducedMotion } from '../dom.js';
import { paintBase } from '../figure/painter.js';

const COLOURS = 7;
/** Milliseconds between two pictures where motion is not wanted. */
const STILL = 800;

/** The colours of samples, from the style sheet: those of the cells, dark enough for dots. */
function dots() {
  const style = getComputedStyle(document.documentElement);
  return Array.from({ length: COLOURS }, (_, k) => style.getPropertyValue(`--sample-${k}`).trim());
}

/** Paints the run's samples on the figure as its base; returns how to take them away. */
export function mosaic(figure, run) {
  function paint(c, scene) {
    const { frame, show, view, palette } = scene;
    const { positions, winners } = run;
    if (!positions) {
      paintBase(c, scene);
      return;
    }
    paintBase(c, { ...scene, show: {} });
    samples(c, { positions, winners, frame, view, palette });
    if (show.cells) borders(c, scene);
    // What is shown of the exact map stands above.
    paintBase(c, { ...scene, frame: { ...frame, domain: [] }, show: { ...show, cells: false } });
  }

  function borders(c, { frame: { facetEnds: e }, view, palette }) {
    c.beginPath();
    for (let k = 0; k < e.length; k += 4) {
      c.moveTo(view.x(e[k]), view.y(e[k + 1]));
      c.lineTo(view.x(e[k + 2]), view.y(e[k + 3]));
    }
    c.strokeStyle = palette.ink;
    c.lineWidth = 0.75;
    c.globalAlpha = 0.5;
    c.stroke();
    c.globalAlpha = 1;
  }

  function samples(c, { positions, winners, frame, view, palette }) {
    const { left, top, scale } = view;
    const n = positions.length / 2;
    const size = Math.min(7, Math.max(1.5, (0.72 * view.size) / Math.sqrt(n)));
    const colours = dots();
    // A sample at the border stays within it; the SVG writer has no clip, and needs none.
    if (c.clip) {
      c.save();
      c.beginPath();
      for (let k = 0; k < frame.domain.length; k += 2) c.lineTo(view.x(frame.domain[k]), view.y(frame.domain[k + 1]));
      c.clip();
    }
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
    if (c.clip) c.restore();
  }

  figure.setLayer(paint);
  let due = 0;
  const repaint = () => {
    due = performance.now() + (reducedMotion() ? STILL : 0);
    figure.repaint();
  };
  for (const type of ['begin', 'state']) run.addEventListener(type, repaint);
  run.addEventListener('progress', ({ detail }) => {
    const fresh = detail.winners.length || detail.positions.length;
    if (fresh && (!run.playing || performance.now() >= due)) repaint();
  });
  return paint;
}
