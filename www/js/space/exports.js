// What a person takes away: the picture, and the plan under the names of the command line.

import { $$, on, save } from '../dom.js';

/** [x, y, z, x, …] as [[x, y, z], …]. */
const rows = (flat) => Array.from({ length: flat.length / 3 }, (_, k) => [...flat.subarray(3 * k, 3 * k + 3)]);

function plan({ space, scene, answer: { dimension, masses, factor, heights, cellMasses, centroids, report } }) {
  return {
    domain: space.source, dimension, sites: rows(scene.sites), masses: [...masses], factor, heights: [...heights],
    cellMasses: [...cellMasses], centroids: rows(centroids), report,
  };
}

export function takeAway(session, cloud) {
  const buttons = $$('[data-space-export]');
  const name = () => `brenier-space-${session.space.shape}`;
  const make = {
    png: async () => save(await cloud.toPng(), `${name()}.png`),
    plan: async () => save(new Blob([JSON.stringify(plan(session))], { type: 'application/json' }), `${name()}.json`),
  };
  for (const button of buttons) {
    on(button, 'click', () => make[button.dataset.spaceExport]().catch((error) => session.emit('problem', error)));
  }
  const whole = buttons.find((button) => button.dataset.spaceExport === 'plan');
  session.addEventListener('state', () => { whole.disabled = !session.answer; });
}
