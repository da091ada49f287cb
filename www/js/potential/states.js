// What stands in the place of the parts while there is nothing to see.

import { $, on, setText } from '../dom.js';
import { scientific, sentence, whole } from '../format.js';

export function states(section, session, say) {
  const { plane } = session;
  const place = $('#potential-state', section);
  const text = $('#potential-state-text', section);
  const progress = $('#potential-progress', section);
  const button = (name) => $(`#potential-${name}`, section);
  let solving = false;

  function show() {
    const { state, error } = session;
    const count = plane.frame?.count ?? 0;
    section.dataset.state = state;
    place.dataset.state = solving ? 'solving' : state;
    place.hidden = state === 'ready';
    if (state === 'loading') setText(text, 'Loading the scene…');
    if (state === 'empty') setText(text, 'No points: the potential of nothing is nothing. Add a point, or choose a target.');
    if (state === 'large') setText(text, `${whole(count)} points. Above 10,000 the page solves when you ask.`);
    if (state === 'failed') setText(text, `${sentence(error?.message || 'The mathematics of this scene could not be loaded.')} Your points are still here.`);
    progress.hidden = state !== 'loading' && !solving;
    button('solve').hidden = state !== 'large' || solving;
    button('cancel').hidden = !solving;
    button('add').hidden = state !== 'empty';
    button('retry').hidden = state !== 'failed';
  }
  session.addEventListener('shape', ({ detail: shape }) => {
    document.documentElement.dataset.potentialReady = session.serial;
    if (session.serial === 1) say(`${whole(shape.count - shape.hidden.length)} cells, residual ${scientific(shape.residual)}.`);
  });
  on(button('solve'), 'click', async () => {
    solving = true;
    setText(text, `Solving ${whole(plane.frame.count)} points…`);
    show();
    try {
      await plane.solve();
    } finally {
      solving = false;
      show();
    }
  });
  on(button('cancel'), 'click', () => plane.engine.cancel());
  on(button('retry'), 'click', () => session.open());
  on(button('add'), 'click', () => {
    const [x0, y0, x1, y1] = plane.frame.bounds;
    plane.add((x0 + x1) / 2, (y0 + y1) / 2);
  });
  plane.addEventListener('progress', ({ detail: { iteration, residual } }) => {
    if (solving && iteration !== undefined) setText(text, `Solving: step ${iteration}, residual ${scientific(residual)}`);
  });
  for (const type of ['state', 'shape']) session.addEventListener(type, show);
  plane.addEventListener('frame', show);
  show();
}
