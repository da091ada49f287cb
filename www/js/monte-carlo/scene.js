// Monte Carlo in the transport scene, put together: fetched when such a method is first chosen.

import { style } from '../style.js';
import { bar } from './bar.js';
import { certificate } from './certificate.js';
import { curves } from './curves.js';
import { mosaic } from './mosaic.js';
import { Run } from './run.js';
import { settings } from './settings.js';

export async function open({ session, figure, player }) {
  await style('css/monte-carlo.css');
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
