// Until the files are there: the strip made in advance, how far they are, and what went wrong.

import { $, on, setText } from '../dom.js';
import { sentence } from '../format.js';
import { FILES } from './session.js';
import { SETS } from './settings.js';

const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export function loading(session) {
  const place = $('#faces-loading');
  const strip = $('#faces-strip');
  const text = $('#faces-wait-text');
  const bar = $('#faces-progress');
  const retry = $('#faces-retry');
  const live = $('#faces-live-parts');

  function state() {
    const { state: now, error, settings: { set } } = session;
    place.dataset.state = now;
    const source = FILES[set].strip;
    if (strip.src !== source) {
      strip.hidden = false;
      strip.src = source;
      strip.alt = `Twelve generated ${SETS[set].many}, made in advance`;
    }
    place.hidden = now === 'ready';
    live.hidden = now !== 'ready';
    bar.hidden = now === 'failed';
    retry.hidden = now !== 'failed';
    if (now === 'loading') {
      bar.removeAttribute('value');
      setText(text, `Loading the decoder and the codes of ${SETS[set].many}…`);
    }
    if (now === 'failed') setText(text, sentence(error.message));
  }
  session.addEventListener('state', state);
  session.addEventListener('progress', ({ detail: { loaded, total } }) => {
    if (session.state !== 'loading') return;
    if (total) {
      bar.max = total;
      bar.value = loaded;
    }
    if (total && loaded >= total) setText(text, 'Starting the decoder…');
    else setText(text, total ? `Loading ${megabytes(loaded)} of ${megabytes(total)} MB` : `Loading: ${megabytes(loaded)} MB`);
  });
  on(retry, 'click', () => session.load());
  // A strip that is missing leaves the words and the bar.
  on(strip, 'error', () => { strip.hidden = true; });
  state();
}
