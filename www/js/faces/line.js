// A line through the cube: a filmstrip along it, what the map does under it, and where it tears.

import { $, announce, on, reducedMotion, setText } from '../dom.js';
import { fixed, plain, whole } from '../format.js';
import { mixture } from './mixture.js';
import { draw, picture, rows } from './picture.js';
import { plots } from './plots.js';
import { shelf } from './shelf.js';

/** Pictures of the strip (every second one on narrow screens), and places of the plot: a whole
 * number of steps from picture to picture. */
const FRAMES = 11;
const STEPS = 22 * (FRAMES - 1) + 1;
const DURATION = 9000;

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
const HTML = `
<div class="faces-choose"><div id="faces-line-shelf"></div><button type="button" class="primary" id="faces-find">Find a crossing</button></div>
<figure class="faces-film" id="faces-film">
  <div class="faces-strip-live" id="faces-strip-live" role="group" aria-label="Pictures along the line"></div>
  <svg id="faces-plot" role="img" aria-label="How far the map moves along the line: not drawn yet" aria-describedby="faces-crossings"></svg>
</figure>
<div class="transport-bar">
  <button type="button" class="icon-button primary" id="faces-walk" aria-label="Walk along the line" aria-pressed="false">${icon('play')}</button>
  <label class="t-slider faces-t"><span class="symbol">t</span><input type="range" id="faces-t" min="0" max="${STEPS - 1}" step="1" value="0" aria-label="Place t on the line, from 0 at A to 1 at B"><output aria-live="off" id="faces-t-out" for="faces-t">0.00</output></label>
  <button type="button" id="faces-next-crossing">Next tear</button>
</div>
<p class="fine faces-lines-2" id="faces-crossings" role="status">–</p>
<section class="faces-card faces-card-wide" id="faces-line-card" aria-label="The picture at t"></section>`;

export function line(place, session, { say }) {
  place.innerHTML = HTML;
  const strip = $('#faces-strip-live', place);
  const frames = Array.from({ length: FRAMES }, () => picture(64));
  strip.append(...frames);
  const chooser = shelf($('#faces-line-shelf', place), session, { setting: 'line', names: ['start', 'end'], say });
  const card = mixture($('#faces-line-card', place), session, { title: 'The picture at t', idle: 'It appears with the line.' });
  const svg = $('#faces-plot', place);
  const slider = $('#faces-t', place);
  const play = $('#faces-walk', place);
  let made = null;
  let playing = 0;

  const across = () => getComputedStyle(strip).gridTemplateColumns.split(' ').length;
  const step = (t) => Math.round(t * (STEPS - 1));
  const live = session.newest(async (k) => {
    const { decoder } = session;
    if (!made || !decoder) return;
    const { line: it } = made;
    const pixels = await session.decode(rows(it.samples.codes, decoder.latent, [k]));
    if (made?.line !== it) return;
    card.show(it.samples, k, pixels, { heading: `At t = ${fixed(it.ts[k], 2)}`, alone: true });
  });
  function at(k) {
    slider.value = k;
    setText($('#faces-t-out', place), fixed(k / (STEPS - 1), 2));
    if (!made) return;
    plots(svg, made.line, { cursor: k, frames: across(), threshold: made.threshold });
    live(k);
  }

  /** A tear that lies between two places is said when it is passed, once. */
  function passed(from, to) {
    if (!made || from === to) return;
    const [low, high] = [Math.min(from, to), Math.max(from, to)].map((k) => k / (STEPS - 1));
    const { crossings, singular, jumps } = made.line;
    const torn = [...crossings.keys()].filter((c) => singular[c] && crossings[c] > low && crossings[c] <= high);
    if (torn.length) say(`Crossed the singular set: the map jumps by ${plain(jumps[torn.at(-1)], 3)}.`);
  }
  let before = 0;
  on(slider, 'input', () => {
    stop();
    const k = Number(slider.value);
    at(k);
    passed(before, k);
    before = k;
  });
  on(slider, 'change', () => session.patch({ t: Number(slider.value) / (STEPS - 1) }));
  function stop(keep = false) {
    if (!playing) return;
    cancelAnimationFrame(playing);
    playing = 0;
    show();
    if (keep) session.patch({ t: Number(slider.value) / (STEPS - 1) });
  }
  function show() {
    play.setAttribute('aria-pressed', String(Boolean(playing)));
    play.setAttribute('aria-label', playing ? 'Pause the walk' : 'Walk along the line');
    $('use', play).setAttribute('href', playing ? '#i-pause' : '#i-play');
  }
  on(play, 'click', () => {
    if (playing) {
      stop(true);
      return;
    }
    const from = Number(slider.value) >= STEPS - 1 ? 0 : Number(slider.value) / (STEPS - 1);
    const start = performance.now() - from * DURATION;
    const tick = (now) => {
      const t = Math.min(1, Math.max(0, (now - start) / DURATION));
      // Under reduced motion the way is shown in the pictures of the strip.
      const k = reducedMotion() ? Math.round(t * (FRAMES - 1)) * ((STEPS - 1) / (FRAMES - 1)) : step(t);
      if (k !== Number(slider.value)) {
        at(k);
        passed(before, k);
        before = k;
      }
      if (t < 1) playing = requestAnimationFrame(tick);
      else stop(true);
    };
    playing = requestAnimationFrame(tick);
    show();
  });
  on($('#faces-next-crossing', place), 'click', () => {
    if (!made) return;
    stop();
    const { crossings, singular } = made.line;
    const torn = [...crossings.keys()].filter((c) => singular[c]).map((c) => Math.ceil(crossings[c] * (STEPS - 1)));
    const here = Number(slider.value);
    const next = torn.find((k) => k > here) ?? torn[0];
    if (next === undefined) return;
    at(next);
    passed(next - 1, next);
    before = next;
    session.patch({ t: next / (STEPS - 1) });
  });
  on(svg, 'pointerdown pointermove', (event) => {
    if (!made || (event.type === 'pointermove' && !(event.buttons & 1))) return;
    stop();
    const box = svg.getBoundingClientRect();
    const k = plots.place(event.clientX - box.left, box.width, across(), STEPS);
    at(k);
    passed(before, k);
    before = k;
  });
  on(svg, 'pointerup', () => session.patch({ t: Number(slider.value) / (STEPS - 1) }));
  on($('#faces-find', place), 'click', () => session.patch({ crossing: session.settings.crossing + 1, t: 0 }));
  new ResizeObserver(() => made && at(Number(slider.value))).observe(svg);

  async function ends() {
    const { latents, settings: { crossing, line: chosen, threshold } } = session;
    if (!crossing) {
      const both = await chooser.points(chosen);
      const d = both.length / 2;
      return { from: both.slice(0, d), to: both.slice(d) };
    }
    return latents.findCrossing(crossing, session.at(threshold));
  }
  const key = () => {
    const { set, seed, map, threshold, line: chosen, crossing } = session.settings;
    return [session.heights, set, crossing ? '' : seed, map, threshold, chosen, crossing].join();
  };
  const make = session.newest(async (wanted) => {
    const { decoder, latents, settings: { map, threshold, crossing } } = session;
    if (!decoder) return;
    const at0 = session.at(threshold);
    const found = await ends();
    if (wanted !== key() || decoder !== session.decoder) return;
    if (!found) {
      setText($('#faces-crossings', place), 'No tear on 64 random lines. Lower the threshold, or look again.');
      announce('No crossing was found.');
      return;
    }
    const it = await latents.line({ from: found.from, to: found.to, steps: STEPS, map, at: at0 });
    const { jump } = await latents.threshold(at0);
    const every = (STEPS - 1) / (FRAMES - 1);
    const pixels = await session.decode(rows(it.samples.codes, decoder.latent, frames.map((_, k) => k * every)));
    if (wanted !== key() || decoder !== session.decoder) return;
    made = { key: wanted, line: it, threshold: jump };
    frames.forEach((canvas, k) => {
      draw(canvas, pixels, decoder.side, k);
      canvas.setAttribute('role', 'img');
      canvas.removeAttribute('aria-hidden');
      canvas.setAttribute('aria-label', `At t = ${fixed(k / (FRAMES - 1), 2)}, cell ${whole(it.samples.cells[k * every])}`);
    });
    tell(found);
    strip.dataset.made = wanted;
    const t = session.settings.t || (crossing ? found.t : 0);
    before = step(t);
    at(before);
  });
  function tell(found) {
    const { crossings, singular, jumps, angles } = made.line;
    const torn = [...crossings.keys()].filter((c) => singular[c]);
    const each = torn.slice(0, 3).map((c) => `t = ${fixed(crossings[c], 2)} (jump ${plain(jumps[c], 3)}, angle ${fixed(angles[c], 2)} rad)`);
    const many = torn.length > 3 ? ` and ${torn.length - 3} more` : '';
    const words = torn.length
      ? `${torn.length} of the ${crossings.length} borders crossed ${torn.length === 1 ? 'is' : 'are'} in the singular set: at ${each.join(', ')}${many}.`
      : `None of the ${crossings.length} borders crossed is in the singular set: the map is continuous here. Lower the threshold, or find a crossing.`;
    setText($('#faces-crossings', place), words);
    $('#faces-crossings', place).dataset.torn = torn.length;
    svg.setAttribute('aria-label', `How far the map moves from step to step along the line, and the angle to the next plane at each border. ${words}`);
    $('#faces-next-crossing', place).disabled = !torn.length;
    if (session.settings.crossing && found.t !== undefined) say(`A crossing at t = ${fixed(found.t, 2)}: the map jumps by ${plain(found.jump, 3)}.`);
  }
  return {
    update() {
      if (!session.latents) return null;
      chooser.update();
      if (made?.key === key()) return null;
      stop();
      return make(key());
    },
    rest: () => stop(),
  };
}
