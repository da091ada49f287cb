// Pictures on canvases.

import { h, square } from '../dom.js';

/** A canvas for one picture. A label makes it one that is told of. */
export function picture(side, { label, ...more } = {}) {
  return h('canvas', { width: side, height: side, ...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' }), ...more });
}

/** Draws picture k of pixels on a canvas. */
export function draw(canvas, pixels, side, k = 0) {
  square(canvas, side);
  const size = 4 * side * side;
  canvas.getContext('2d').putImageData(new ImageData(pixels.subarray(k * size, (k + 1) * size), side, side), 0, 0);
  canvas.dataset.drawn = 'true';
}

export function clear(canvas) {
  canvas.getContext('2d').clearRect(0, 0, canvas.width, canvas.height);
  delete canvas.dataset.drawn;
}

/** Codes of these rows. */
export function rows(codes, latent, list) {
  const chosen = new Float32Array(list.length * latent);
  list.forEach((k, i) => chosen.set(codes.subarray(k * latent, (k + 1) * latent), i * latent));
  return chosen;
}
