// Monte Carlo in the transport scene, put together: fetched when such a method is first chosen.

import { h } from '../dom.js';
import { bar } from './bar.js';
import { certificate } from './certificate.js';
import { curves } from './curves.js';
import { mosaic } from './mosaic.js';
import { Run } from './run.js';
import { settings } from './settings.js';

/** The style sheet of what is shown; resolves when it is there. */
function style() {
  return new Promise((resolve, reject) => {
    const link = h('link', { rel: 'stylesheet', href: new URL('../../css/monte-carlo.css', import.meta.url).href, onload: resolve, onerror: () => reject(new Error('css/monte-carlo.css')) });
    document.head.append(link);
  });
}

export async function open({ session, figure, player }) {
  await style();
  const run = new Run(session);
  const layer = mosaic(figure, run);
  bar(run);
  settings(session, run);
  certificate(run);
  curves(session, run);
  player.pause();
  document.documentElement.dataset.methodReady = 'true';
  return {
    run,
    follow(method, seed) {
      player.pause();
      if (figure.layer !== layer) figure.setLayer(layer);
      run.follow(method, seed);
    },
    leave() {
      figure.setLayer(null);
      run.leave();
    },
  };
}
