// The source's density: its choice, and the words that hold for it. Cells of a uniform source
// keep their area; those of a Gaussian one keep their mass.

import { $, latest, on, setText } from '../dom.js';
import { plain, sentence } from '../format.js';
import { logScale, twoDigits } from './scale.js';

const SIGMA = logScale(0.2, 2, twoDigits);
const PATH = {
  uniform: ['CPU, exact', 'The path that runs: exact cell areas in double precision, on one thread of the processor. This scene needs no graphics card.'],
  gaussian: ['CPU, to 10⁻¹¹', 'The path that runs: cell masses as integrals of the Gaussian to a relative error of 10⁻¹¹, in double precision, on one thread of the processor. This scene needs no graphics card.'],
};

/** Marks the page with a frame's source, for the words that depend on it, and names the path. */
export function nameSource({ source: { name } }) {
  const path = $('[data-value=path]');
  document.documentElement.dataset.source = name;
  // Monte Carlo names its own path.
  if (document.documentElement.dataset.method) return;
  setText(path, PATH[name][0]);
  if (path.dataset.hint) [, path.dataset.hint] = PATH[name];
}

export function source(session) {
  const name = $('#source');
  const sigma = $('#source-sigma');
  const wrong = $('#source-error');

  const patch = latest(async (value) => {
    wrong.hidden = true;
    try {
      await session.patch(value, { quiet: true });
    } catch (error) {
      wrong.textContent = sentence(error.message);
      wrong.hidden = false;
    }
  });
  on(name, 'change', () => patch({ source: name.value }));
  on(sigma, 'input change', (event) => {
    const value = SIGMA.value(Number(sigma.value));
    setText($('#source-sigma-out'), plain(value, 2));
    if (event.type === 'change' || !session.heavy) patch({ sourceSigma: value });
  });

  session.addEventListener('scenario', (event) => {
    const scene = event.detail;
    name.value = scene.source;
    $('#source-sigma-row').hidden = $('#source-note').hidden = scene.source !== 'gaussian';
    if (document.activeElement !== sigma) sigma.value = SIGMA.position(scene.sourceSigma);
    setText($('#source-sigma-out'), plain(scene.sourceSigma, 2));
  });
  // With the frame, not the scenario, which comes a message later: words and numbers change together.
  session.addEventListener('frame', (event) => nameSource(event.detail));
}
