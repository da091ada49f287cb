// Turning a solid: by mouse and finger on the canvas, by keys on the place that holds the focus.

import { on } from '../dom.js';
import { pixel } from '../figure/enlarge.js';
import { HOME, words } from './camera.js';

/** Degrees a pixel, for a figure of 400 pixels. */
const SPEED = 0.45;
const STEP = 5;
const LONG = 15;
/** Pixels that a click may stray. */
const STEADY = 4;

/**
 * `solid` hears `point(x, y)` where the pointer is, −1 for away, and `pick(x, y)` where it was
 * pressed and let go; `keys` is the focusable place, `say` tells screen readers.
 */
export function orbit(camera, canvas, keys, { point, pick, say }) {
  const fingers = new Map();
  let apart = 0;
  let press = null;
  const pull = () => (SPEED * 400) / Math.max(200, canvas.clientWidth) / Math.sqrt(camera.zoom);
  const at = (event) => pixel(event, canvas);
  const middle = () => [...fingers.values()].reduce((m, f) => [m[0] + f.x / fingers.size, m[1] + f.y / fingers.size], [0, 0]);
  const distance = () => {
    const [a, b] = [...fingers.values()];
    return b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
  };

  on(canvas, 'pointerdown', (event) => {
    if (event.button !== 0 || fingers.size === 2) return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    press = fingers.size === 1 ? { x: event.clientX, y: event.clientY } : null;
    apart = distance();
  });
  on(canvas, 'pointermove', (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) {
      if (event.pointerType !== 'touch') point(...at(event));
      return;
    }
    if (press && Math.hypot(event.clientX - press.x, event.clientY - press.y) < STEADY) return;
    press = null;
    canvas.dataset.cursor = 'grabbing';
    const before = middle();
    Object.assign(finger, { x: event.clientX, y: event.clientY });
    const after = middle();
    camera.turn(-(after[0] - before[0]) * pull(), (after[1] - before[1]) * pull(), true);
    if (fingers.size < 2) return;
    const now = distance();
    if (apart > 0) camera.magnify(now / apart, true);
    apart = now;
  });
  on(canvas, 'pointerup pointercancel', (event) => {
    if (!fingers.delete(event.pointerId)) return;
    if (press && event.type === 'pointerup') pick(...at(event));
    press = null;
    delete canvas.dataset.cursor;
    if (!fingers.size) camera.settle();
  });
  on(canvas, 'pointerleave', () => { if (!fingers.size) point(-1, -1); });
  // The page scrolls over the figure; with Ctrl, as a pinch on a touchpad says it, the figure grows.
  on(canvas, 'wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    camera.magnify(Math.exp(-0.003 * lines * event.deltaY));
  }, { passive: false });

  on(keys, 'keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? LONG : STEP;
    const turn = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    if (turn) camera.turn(...turn);
    else if (event.key === '+' || event.key === '=') camera.magnify(1.15);
    else if (event.key === '-') camera.magnify(1 / 1.15);
    else if (event.key === '0' || event.key === 'Home') camera.set(HOME);
    else return;
    event.preventDefault();
    say?.(words(camera.view));
  });
}
