// The clock of a path: which t is shown when. The player and the films go by the same course.

import { $, on, reducedMotion, setText } from '../dom.js';
import { fixed } from '../format.js';

/** Milliseconds from source to shape at speed 1, and how long a film rests at either end. */
const WAY = 4000;
const REST = 500;

/** The course of a film: { length, at(milliseconds) → t }. `turn`: once, loop or swing. */
export function course(turn, speed) {
  const way = WAY / speed;
  const parts = [[REST, 0, 0], [way, 0, 1], [REST, 1, 1]];
  if (turn === 'swing') parts.push([way, 1, 0]);
  const length = parts.reduce((sum, [time]) => sum + time, 0);
  return {
    length,
    way,
    at(time) {
      let left = time;
      for (const [span, from, to] of parts) {
        if (left < span) return from + ((to - from) * left) / span;
        left -= span;
      }
      return parts.at(-1)[2];
    },
  };
}

/** `show(t)` draws; `keep(t)` hears where it came to rest. */
export function player(place, { show, keep, say }) {
  const [button, slider, speed, turn] = ['#path-play', '#path-t', '#path-speed', '#path-turn'].map((id) => $(id, place));
  let playing = false;
  let start = 0;
  let now = 0;

  function set(t) {
    now = t;
    slider.value = t;
    setText($('#path-t-out', place), fixed(t, 2));
    show(t);
  }
  function state(value) {
    playing = value;
    button.setAttribute('aria-pressed', String(value));
    button.setAttribute('aria-label', value ? 'Pause the path' : 'Play the path');
    $('use', button).setAttribute('href', value ? '#i-pause' : '#i-play');
  }
  /** Sets the clock so that it goes on from here, at whatever speed. */
  function set0() {
    const { way } = course(turn.value, Number(speed.value));
    start = performance.now() - REST - (now >= 1 ? 0 : now) * way;
  }
  function tick(time) {
    if (!playing) return;
    const { length, way, at } = course(turn.value, Number(speed.value));
    const still = reducedMotion();
    const ended = (turn.value === 'once' || still) && time - start >= REST + way;
    const t = ended ? 1 : at(Math.max(0, time - start) % length);
    // Under reduced motion the way is shown in five still pictures.
    set(still ? Math.round(4 * t) / 4 : t);
    if (ended) pause();
    else requestAnimationFrame(tick);
  }
  function play() {
    if (playing) return;
    set0();
    state(true);
    requestAnimationFrame(tick);
  }
  function pause() {
    if (!playing) return;
    state(false);
    keep(now);
    say(`t is ${fixed(now, 2)}.`);
  }
  on(button, 'click', () => (playing ? pause() : play()));
  on(slider, 'input', () => {
    state(false);
    set(Number(slider.value));
  });
  on(slider, 'change', () => keep(now));
  on(speed, 'change', set0);
  on(turn, 'change', set0);
  on(document, 'visibilitychange', () => {
    if (document.hidden) pause();
  });
  new IntersectionObserver((entries) => {
    if (!entries.at(-1).isIntersecting) pause();
  }).observe($('#path-box', place));
  return {
    play,
    pause,
    /** From outside: a link or an undo. */
    follow(t) {
      if (!playing && document.activeElement !== slider && t !== now) set(t);
    },
    get t() { return now; },
    get turn() { return turn.value; },
    get speed() { return Number(speed.value); },
  };
}
