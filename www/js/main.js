// The page.

import { $, on } from './dom.js';
import { scene } from './scene.js';
import { go, scenes } from './scenes.js';
import { theme } from './theme.js';
import { certificate } from './ui/certificate.js';
import { controls } from './ui/controls.js';
import { dialogs } from './ui/dialogs.js';
import { experiment } from './ui/experiment.js';
import { exportsOf } from './ui/exports.js';
import { hints } from './ui/hint.js';
import { offline } from './ui/offline.js';
import { poster } from './ui/poster.js';
import { presets } from './ui/presets.js';
import { source } from './ui/source.js';
import { views } from './ui/views.js';
import { VERSION } from './version.js';

$('#version').textContent = VERSION;
// The hash is the scene's: links within the page move the focus and leave it alone.
on(document, 'click', (event) => {
  const link = event.target.closest?.('a[href^="#"]');
  if (!link) return;
  event.preventDefault();
  const target = link.hash.length > 1 && $(link.hash);
  if (!target) return;
  const scene = link.closest('.scenes');
  if (scene) go(link.hash.replace('#scene-', '').replace('transport', 'plane'));
  target.focus({ preventScroll: Boolean(scene) });
  if (scene) scrollTo(0, 0);
});
const uncover = poster();
theme();
hints();
const { session, figure, over, player, start } = scene();
scenes(session);
certificate(session);
controls(session);
views(session, player);
source(session);
exportsOf(session, figure);
dialogs(session, over);
experiment(session);
const row = presets(session);
const ready = await start();
uncover();
if (ready) {
  await row.draw();
  offline();
}
