// The camera of a session: one for all its solids, kept in the link once it rests.

import { Camera } from './camera.js';

/** Milliseconds after which the eye is at rest. */
const REST = 400;
const known = new WeakMap();

export function eye(session) {
  if (known.has(session)) return known.get(session);
  const { yaw, pitch, zoom } = session.settings;
  const camera = new Camera({ yaw, pitch, zoom });
  known.set(session, camera);
  let rest = 0;
  camera.addEventListener('change', ({ detail: moving }) => {
    clearTimeout(rest);
    rest = 0;
    if (moving) return;
    rest = setTimeout(() => {
      rest = 0;
      session.patch(camera.view);
    }, REST);
  });
  session.addEventListener('settings', ({ detail }) => {
    const { view } = camera;
    if (!rest && ['yaw', 'pitch', 'zoom'].some((key) => view[key] !== detail[key])) camera.set(detail, true);
  });
  return camera;
}
