// What lies over the figure while there is nothing to see yet, and the line that tells what failed.

import { $, h, on } from '../dom.js';
import { scientific, sentence, whole } from '../format.js';

export function states(session) {
  const veil = $('#veil');
  const words = $('#veil-text');
  const progress = $('#veil-progress');
  const notice = $('#notice');
  let solving = false;

  function set(state, text = '') {
    veil.dataset.state = state;
    words.textContent = text;
    progress.hidden = state !== 'loading' && state !== 'solving';
    $('#solve').hidden = state !== 'large';
    $('#add-first').hidden = state !== 'empty';
    $('#cancel').hidden = state !== 'solving';
    $('#retry').hidden = state !== 'failed';
  }

  /** One line under the figure, with what to do next. */
  function tell(text, { kind = 'error', action = null } = {}) {
    notice.dataset.kind = kind;
    notice.replaceChildren(h('span', { text }));
    if (action) notice.append(h('button', { type: 'button', text: action.name, onclick: () => { hush(); action.run(); } }));
    else notice.append(h('button', { type: 'button', class: 'plain', text: 'Close', onclick: hush }));
    notice.hidden = false;
  }
  function hush() {
    notice.hidden = true;
    notice.replaceChildren();
  }

  function follow(frame) {
    if (solving) return;
    if (frame.needsSolve) set('large', `${whole(frame.count)} points. Above 10,000 the page solves when you ask.`);
    else if (!frame.count) set('empty', 'No points. Add one, draw some with the brush, or paste your own.');
    else set('none');
    $('#stale').hidden = true;
  }
  session.addEventListener('frame', (event) => {
    follow(event.detail);
    if (notice.dataset.kind === 'error' && session.pending <= 1) hush();
  });
  session.addEventListener('busy', (event) => {
    $('#stale').hidden = !event.detail || veil.dataset.state !== 'none';
  });
  session.addEventListener('problem', (event) => {
    const error = event.detail;
    if (error.code === 'cancelled') return;
    tell(error.message ? sentence(error.message) : 'The solver stopped without saying why. Your points are still here.');
  });
  session.addEventListener('note', (event) => tell(event.detail, { kind: 'note' }));
  session.addEventListener('progress', (event) => {
    const { iteration, residual } = event.detail ?? {};
    if (solving && iteration !== undefined) words.textContent = `Solving: step ${iteration}, residual ${scientific(residual)}`;
  });

  on($('#solve'), 'click', async () => {
    solving = true;
    set('solving', `Solving ${whole(session.frame.count)} points…`);
    try {
      await session.solve();
    } finally {
      solving = false;
      follow(session.frame);
    }
  });
  on($('#cancel'), 'click', () => session.engine.cancel());
  on(window, 'offline', () => tell('You are offline. Everything here goes on working: it runs in this browser.', { kind: 'note' }));
  on(window, 'online', hush);
  return { set, tell, hush };
}
