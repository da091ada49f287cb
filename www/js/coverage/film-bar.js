// The bar of recorded runs over the panels, and the button that asks for them.

import { $, h, on, setText } from '../dom.js';
import { whole } from '../format.js';

export function filmBar(section, film) {
  const place = $('#cov-recorded', section);
  const record = $('#cov-record', section);
  const play = h('button', { type: 'button', class: 'icon-button primary' });
  const slider = h('input', { type: 'range', min: 0, step: 1, 'aria-label': 'Epoch of the recording' });
  const where = h('output', { 'aria-live': 'off', class: 'cov-epoch' });
  const fresh = h('button', { type: 'button', text: 'Fresh samples', title: 'Other points of the generators that the runs ended with' });
  const retry = h('button', { type: 'button', text: 'Try again' });
  const back = h('button', { type: 'button', text: 'Back to live runs' });
  const words = h('p', { role: 'status' });
  const coming = h('progress', { max: 1, 'aria-label': 'Recorded runs' });
  place.append(words, coming, h('div', { class: 'cov-film' }, play, slider, where, fresh, retry, back));

  on(play, 'click', () => film.toggle());
  on(slider, 'input', () => {
    film.pause();
    film.go(Number(slider.value));
  });
  on(fresh, 'click', () => film.again());
  on(retry, 'click', () => film.retry());
  on(back, 'click', async () => {
    await film.ask(false);
    record.focus();
  });
  on(record, 'click', async () => {
    await film.ask(true);
    place.scrollIntoView({ block: 'nearest' });
    back.focus();
  });

  function icon() {
    const name = film.playing ? 'pause' : 'play';
    if (play.dataset.icon === name) return;
    play.dataset.icon = name;
    play.innerHTML = `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
    play.setAttribute('aria-label', film.playing ? 'Pause the recording' : 'Play the recording');
  }
  function state() {
    const { shown } = film;
    place.hidden = film.state === 'closed';
    section.toggleAttribute('data-recorded', film.state !== 'closed');
    record.hidden = film.state !== 'closed';
    coming.hidden = film.state !== 'loading';
    if (film.progress === null) coming.removeAttribute('value');
    else coming.value = film.progress;
    for (const part of [play, slider, where, fresh]) part.hidden = !shown;
    retry.hidden = film.state !== 'failed';
    setText(words, shown ? film.words : film.error?.message ?? 'Fetching two recorded runs…');
    icon();
  }
  film.addEventListener('state', state);
  film.addEventListener('frame', () => {
    slider.max = film.epochs.length - 1;
    slider.value = film.index;
    const text = `epoch ${whole(film.epoch)} of ${whole(film.runs.gan.about.epochs)}`;
    slider.setAttribute('aria-valuetext', text);
    setText(where, text);
  });
  state();
}
