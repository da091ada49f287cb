// Turning the figure: by mouse and finger on the canvas, by keys on the place that holds the focus.

import { on } from '../dom.js';
import { HOME } from './camera.js';

/** Degrees a pixel, for a figure of 600 pixels. */
const SPEED = 0.3;
const STEP = 5;
const LONG = 15;

/** `moved` hears that the eye moves; `say` tells it to screen readers. */
export function orbit(cloud, canvas, keys, moved, say) {
  const { camera } = cloud;
  const fingers = new Map();
  let track = [];
  let apart = 0;
  // What can be done is said until it has been done.
  const known = () => { canvas.parentElement.querySelector('.turn-hint')?.remove(); };
  for (const place of [canvas, keys]) on(place, 'pointerup wheel keydown', known, { passive: true });
  const pull = () => (SPEED * 600) / Math.max(200, canvas.clientWidth) / Math.sqrt(camera.zoom);
  const distance = () => {
    const [a, b] = [...fingers.values()];
    return Math.hypot(a.x - b.x, a.y - b.y);
  };

  on(canvas, 'pointerdown', (event) => {
    if (event.button !== 0 || fingers.size === 2) return;
    canvas.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    cloud.held = true;
    camera.stop();
    track = [];
    if (fingers.size === 2) apart = distance();
    canvas.dataset.cursor = 'grabbing';
  });
  on(canvas, 'pointermove', (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) return;
    const [dx, dy] = [event.clientX - finger.x, event.clientY - finger.y];
    Object.assign(finger, { x: event.clientX, y: event.clientY });
    if (fingers.size === 2) {
      const now = distance();
      if (apart > 0) camera.magnify(now / apart);
      apart = now;
    } else {
      const [yaw, pitch] = [-dx * pull(), dy * pull()];
      camera.turn(yaw, pitch);
      track.push({ time: event.timeStamp, yaw, pitch });
      if (track.length > 6) track.shift();
    }
    cloud.invalidate();
  });
  on(canvas, 'pointerup pointercancel', (event) => {
    if (!fingers.delete(event.pointerId) || fingers.size) {
      track = [];
      return;
    }
    delete canvas.dataset.cursor;
    // The speed of the last moments; a hand that rested before it let go leaves none.
    const recent = track.filter((m) => event.timeStamp - m.time < 80);
    const time = recent.length > 1 ? Math.max(8, event.timeStamp - recent[0].time) : 0;
    const speed = (key) => (time ? recent.reduce((sum, m) => sum + m[key], 0) / time : 0);
    cloud.release(speed('yaw'), speed('pitch'));
    moved();
  });
  on(canvas, 'wheel', (event) => {
    const lines = event.deltaMode === 1 ? 16 : 1;
    // Where the zoom ends, the page scrolls.
    if (!camera.magnify(Math.exp(-0.0016 * lines * event.deltaY))) return;
    event.preventDefault();
    cloud.invalidate();
    moved();
  }, { passive: false });

  on(keys, 'keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? LONG : STEP;
    const turn = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] }[event.key];
    camera.stop();
    if (turn) camera.turn(...turn);
    else if (event.key === '+' || event.key === '=') camera.magnify(1.15);
    else if (event.key === '-') camera.magnify(1 / 1.15);
    else if (event.key === 'Escape') {
      keys.blur();
      return;
    } else if (event.key === '0' || event.key === 'Home') camera.set(HOME);
    else return;
    event.preventDefault();
    cloud.invalidate();
    moved();
    say(words(camera.view));
  });
}

/** Where the eye is, in words. */
export function words({ yaw, pitch, zoom }) {
  const side = yaw === 0 ? 'from the front' : `${Math.abs(yaw)} degrees to the ${yaw > 0 ? 'right' : 'left'}`;
  return `Seen ${side}, ${Math.abs(pitch)} degrees ${pitch < 0 ? 'below' : 'above'}, magnified ${zoom} times.`;
}
