// The slider t and its play button: samples travel from where they are drawn to their sites.

import { $, announce, on, reducedMotion, setText } from '../dom.js';
import { fixed } from '../format.js';

const DURATION = 3200;
const ease = (s) => (s < 0.5 ? 4 * s ** 3 : 1 - (2 - 2 * s) ** 3 / 2);

export function playback(session, figure) {
  const slider = $('#t');
  const button = $('#play');
  let start = 0;
  let playing = false;
  let away = false;

  function show(t) {
    slider.value = t;
    setText($('#t-out'), fixed(t, 2));
    figure.set({ t });
  }
  function state(value) {
    playing = value;
    button.setAttribute('aria-pressed', String(value));
    button.setAttribute('aria-label', value ? 'Pause the transport' : 'Play the transport');
    $('use', button).setAttribute('href', value ? '#i-pause' : '#i-play');
  }
  const keep = () => {
    if (session.scenario && session.scenario.view.t !== figure.t) session.look({ t: figure.t });
  };

  /** Where on its way the clock stands for a given t: the inverse of the easing, by bisection. */
  function clock(t) {
    let low = 0;
    let high = 1;
    for (let k = 0; k < 30; k += 1) {
      const mid = (low + high) / 2;
      if (ease(mid) < t) low = mid;
      else high = mid;
    }
    return low;
  }

  async function play() {
    if (playing || !session.frame) return;
    state(true);
    figure.set({ pulse: -1 });
    if (!session.scenario.view.samples) await session.look({ samples: true });
    const from = figure.t >= 1 ? 0 : figure.t;
    start = performance.now() - clock(from) * DURATION;
    requestAnimationFrame(tick);
  }
  function tick(now) {
    if (!playing) return;
    if (away) {
      pause();
      return;
    }
    const s = Math.min(1, Math.max(0, (now - start) / DURATION));
    // Under reduced motion the way is shown in five still pictures.
    show(reducedMotion() ? Math.round(4 * s) / 4 : ease(s));
    if (s < 1) requestAnimationFrame(tick);
    else pause();
  }
  function pause() {
    if (!playing) return;
    state(false);
    keep();
    announce(`t is ${fixed(figure.t, 2)}.`);
  }

  on(button, 'click', () => (playing ? pause() : play()));
  on(slider, 'input', () => {
    state(false);
    show(Number(slider.value));
    if (session.scenario && !session.scenario.view.samples) session.look({ samples: true });
  });
  on(slider, 'change', keep);
  on(document, 'visibilitychange', () => {
    if (document.hidden) pause();
  });
  session.addEventListener('scenario', (event) => {
    if (!playing && document.activeElement !== slider) show(event.detail.view.t);
  });
  return { play, pause, setAway: (value) => { away = value; } };
}
