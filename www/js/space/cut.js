// The cut through the source: where its plane lies, and places on it whose cells are shown, so
// that the cells inside are seen as on a sawn stone.

import { latest } from '../dom.js';
import { axes } from './camera.js';

/** How far the source reaches: half a side, radius, or where a Gaussian's density has gone. */
export const REACH = { cube: 0.5, ball: 1, gaussian: 3 };
/** Places across the section. */
const ACROSS = 100;
/** Radius within which a Gaussian's section is shown: beyond it there are hardly any samples. */
const SEEN = 2.4;

/** The plane of a cut: `eye` is its normal, and what lies beyond `limit` along it is cut away. */
export function plane(source, { cut, cutYaw, cutPitch }) {
  const { right, up, eye } = axes(cutYaw, cutPitch);
  const wide = source === 'cube' ? Math.abs(eye[0]) + Math.abs(eye[1]) + Math.abs(eye[2]) : 1;
  return { right, up, eye, limit: cut > 0 ? wide * REACH[source] * (1 - 2 * cut) : Infinity };
}

/** Places on the section, in a triangular lattice, about the source's mean. */
function places(source, view) {
  const { right, up, eye, limit } = plane(source, view);
  const reach = { cube: Math.sqrt(0.75), ball: 1, gaussian: SEEN }[source];
  const half = source === 'cube' ? reach : Math.sqrt(Math.max(0, reach * reach - limit * limit));
  const step = (2 * REACH[source]) / ACROSS;
  const inside = source === 'cube' ? (p) => Math.max(...p.map(Math.abs)) <= 0.5 : (p) => p[0] ** 2 + p[1] ** 2 + p[2] ** 2 <= reach * reach;
  const found = [];
  const rows = Math.ceil(half / (step * Math.sqrt(0.75)));
  const columns = Math.ceil(half / step);
  for (let j = -rows; j <= rows; j += 1) {
    for (let i = -columns; i <= columns; i += 1) {
      const u = step * (i + (j & 1 ? 0.25 : -0.25));
      const v = step * j * Math.sqrt(0.75);
      const p = [0, 1, 2].map((k) => limit * eye[k] + u * right[k] + v * up[k]);
      if (inside(p)) found.push(...p);
    }
  }
  return { positions: Float32Array.from(found), step };
}

/** Keeps the section of the cloud as the cut and the cells are. */
export function section(session, cloud) {
  const follow = latest(async () => {
    const { space, scene, cells } = session;
    if (!cells || !space.view.cut) {
      cloud.setSection(null);
      return;
    }
    const { positions, step } = places(space.source, space.view);
    const asked = Float64Array.from(positions, (v) => v + scene.centre);
    const winners = await session.maths.cells(scene.sites, cells.heights, asked);
    if (session.cells === cells) cloud.setSection({ positions, winners, step });
  });
  let last = '';
  session.addEventListener('look', ({ detail: { cut, cutYaw, cutPitch } }) => {
    const now = [cut, cutYaw, cutPitch].join();
    if (now !== last) follow();
    last = now;
  });
  session.addEventListener('cells', follow);
}
