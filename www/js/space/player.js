// The slider t and its play button, as in the plane: samples travel to their sites.

import { $, on, reducedMotion, setText } from '../dom.js';
import { fixed } from '../format.js';

const DURATION = 4200;
const ease = (s) => (s < 0.5 ? 4 * s ** 3 : 1 - (2 - 2 * s) ** 3 / 2);
/** Where the easing is at t: its inverse. */
const clock = (t) => (t < 0.5 ? Math.cbrt(t / 4) : 1 - Math.cbrt(2 * (1 - t)) / 2);

export function player(session, cloud, say) {
  const slider = $('#space-t');
  const button = $('#space-play');
  let start = 0;
  let playing = false;

  function show(t) {
    slider.value = t;
    setText($('#space-t-out'), fixed(t, 2));
    cloud.set({ t });
  }
  function state(value) {
    playing = value;
    button.setAttribute('aria-pressed', String(value));
    button.setAttribute('aria-label', value ? 'Pause the transport' : 'Play the transport');
    $('use', button).setAttribute('href', value ? '#i-pause' : '#i-play');
  }
  const keep = () => session.look({ t: cloud.view.t });

  function play() {
    if (playing) return;
    const from = cloud.view.t >= 1 ? 0 : cloud.view.t;
    state(true);
    start = performance.now() - clock(from) * DURATION;
    requestAnimationFrame(tick);
  }
  function tick(now) {
    if (!playing) return;
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
    say(`t is ${fixed(cloud.view.t, 2)}.`);
  }
  on(button, 'click', () => (playing ? pause() : play()));
  on(slider, 'input', () => {
    state(false);
    show(Number(slider.value));
  });
  on(slider, 'change', keep);
  on(document, 'visibilitychange', () => {
    if (document.hidden) pause();
  });
  session.addEventListener('look', ({ detail }) => {
    if (!playing && document.activeElement !== slider) show(detail.t);
  });
  return { play, pause, get playing() { return playing; } };
}
