// Takes a path away as a film.

import { $, on, save, setText } from '../dom.js';
import { sentence, whole } from '../format.js';
import { animatedPng, webmPath } from './film.js';
import { course } from './path-player.js';

/** Frames a second, and pixels a side. */
const PNG = { rate: 20, size: 600 };
const WEBM = { rate: 30, size: 720 };
const KINDS = { png: 'Animated PNG', webm: 'WebM' };

/**
 * `scene()` → { name, turn, speed, paint(context, size, t) } or null while there is nothing to take.
 * Returns { update }.
 */
export function take(place, { scene, say }) {
  const [note, film, bar, cancel] = ['#path-film-note', '#path-film', '#path-film-progress', '#path-film-cancel'].map((id) => $(id, place));
  const buttons = { png: $('#path-png', place), webm: $('#path-webm', place) };
  let stop = null;
  let way = { why: null };
  let told = '';

  const frames = ({ turn, speed }, { rate }) => Math.round((course(turn, speed).length * rate) / 1000);
  function update() {
    const now = scene();
    buttons.png.disabled = !now || Boolean(stop);
    buttons.webm.disabled = !now || Boolean(stop) || !way.make;
    if (stop || !now) return;
    const length = (course(now.turn, now.speed).length / 1000).toFixed(1);
    const words = `${length} s, ${now.turn === 'swing' ? 'there and back' : 'from the source to the shape'}: ${whole(frames(now, PNG))} frames of ${PNG.size} pixels as a PNG, ${whole(frames(now, WEBM))} of ${WEBM.size} as a WebM.`;
    setText(note, [told, way.why ?? words].filter(Boolean).join(' '));
  }
  async function make(kind) {
    const now = scene();
    if (!now || stop) return;
    const { rate, size } = kind === 'png' ? PNG : WEBM;
    const count = frames(now, { rate });
    const { at } = course(now.turn, now.speed);
    const controller = new AbortController();
    stop = () => controller.abort();
    told = '';
    film.hidden = false;
    bar.value = 0;
    update();
    setText(note, `${KINDS[kind]}: ${whole(count)} frames…`);
    cancel.focus();
    try {
      const reel = { size, rate, count, paint: (context, k) => now.paint(context, size, at((1000 * k) / rate)) };
      const how = { signal: controller.signal, onProgress: (share) => { bar.value = share; } };
      const blob = await (kind === 'png' ? animatedPng(reel, how) : way.make(reel, how));
      save(blob, `${now.name}.${kind}`);
      told = `Saved ${whole(count)} frames, ${(blob.size / 1e6).toFixed(1)} MB.`;
      say(told);
    } catch (error) {
      told = error.code === 'cancelled' ? 'Cancelled; nothing was saved.' : `The ${KINDS[kind]} could not be made. ${sentence(error.message)}`;
      say(told);
    } finally {
      stop = null;
      film.hidden = true;
      update();
      buttons[kind].focus();
    }
  }
  for (const kind of Object.keys(buttons)) on(buttons[kind], 'click', () => make(kind));
  on(cancel, 'click', () => stop?.());
  webmPath(WEBM.size, WEBM.rate).then((found) => {
    way = found;
    if (way.why) buttons.webm.title = way.why;
    update();
  });
  return { update: () => { told = ''; update(); } };
}
