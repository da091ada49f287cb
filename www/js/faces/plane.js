// A plane through three points of the cube: its cells, and a point to move over them.

import { $, on, reducedMotion, setText } from '../dom.js';
import { percent, plain, whole } from '../format.js';
import { enlarged, measure, pixel } from '../figure/enlarge.js';
import { readPalette } from '../figure/palette.js';
import { View } from '../figure/view.js';
import { mixture } from './mixture.js';
import { frameOf, paint } from './section.js';
import { LETTERS, shelf } from './shelf.js';

const DURATION = 12000;
/** Pictures of the way under reduced motion. */
const STILLS = 12;

const icon = (name) => `<svg class="icon" aria-hidden="true"><use href="#i-${name}"/></svg>`;
const HTML = `
<div class="faces-columns faces-plane-columns">
  <div class="stage">
    <div class="figure-box faces-box" id="faces-box">
      <canvas id="faces-plane" data-testid="faces-plane" aria-hidden="true"></canvas>
      <div class="faces-keys" id="faces-keys" tabindex="0" role="application" aria-roledescription="plane of the cube" aria-label="Cells in the plane through A, B and C" aria-describedby="faces-keys-help"></div>
      <p class="keys-hint" aria-hidden="true"><kbd>←↑↓→</kbd> move, <kbd>Shift</kbd> further, <kbd>A</kbd> <kbd>B</kbd> <kbd>C</kbd> to a corner</p>
    </div>
    <div class="transport-bar">
      <button type="button" class="icon-button primary" id="faces-round" aria-label="Go round the three points" aria-pressed="false">${icon('play')}</button>
      <button type="button" id="faces-home">To the middle</button>
      <button type="button" id="faces-tear">Through a tear</button>
    </div>
    <p class="fine faces-torn"><span id="faces-plane-words">–</span><span id="faces-torn"></span></p>
    <p class="hidden-text" id="faces-keys-help">Arrow keys move the point, with Shift in larger steps. The keys A, B and C take it to the three chosen pictures.</p>
  </div>
  <section class="faces-card" id="faces-plane-card" aria-label="The picture at the point"></section>
</div>
<div class="faces-choose"><div id="faces-plane-shelf"></div></div>`;

export function plane(place, session, { say }) {
  place.innerHTML = HTML;
  const box = $('#faces-box', place);
  const canvas = $('#faces-plane', place);
  const keys = $('#faces-keys', place);
  const crossed = $('#faces-torn', place);
  const play = $('#faces-round', place);
  const chooser = shelf($('#faces-plane-shelf', place), session, { setting: 'plane', names: ['first', 'second', 'third'], say });
  const card = mixture($('#faces-plane-card', place), session, { title: 'The picture at the point', idle: 'It follows the point.' });
  let made = null;
  let point = [0, 0];
  let cell = -1;
  let palette = readPalette();
  let asked = 0;
  let playing = 0;
  /** What is to be said once the point rests. */
  let unsaid = null;

  function view() {
    const [x0, y0, x1, y1] = made.frame.bounds;
    const margin = 0.05 * Math.max(x1 - x0, y1 - y0);
    return new View([x0 - margin, y0 - margin, x1 + margin, y1 + margin], measure(box).size);
  }
  function repaint() {
    if (asked) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      const { size, ratio: sharp } = measure(box);
      if (!made || !size) return;
      if (canvas.width !== Math.round(size * sharp)) canvas.width = canvas.height = Math.round(size * sharp);
      const c = canvas.getContext('2d');
      c.setTransform(sharp, 0, 0, sharp, 0, 0);
      c.clearRect(0, 0, size, size);
      paint(c, { ...made, view: view(), palette, at: point, cell, letters: LETTERS });
    });
  }
  new ResizeObserver(repaint).observe(box);
  enlarged(repaint);
  new MutationObserver(() => {
    palette = readPalette();
    repaint();
  }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

  const live = session.newest(async (p) => {
    const { decoder, latents, settings: { map, threshold } } = session;
    if (!made || !decoder) return;
    const it = made;
    const sample = await latents.atPlane(p[0], p[1], map, session.at(threshold));
    const pixels = await session.decode(sample.codes);
    if (made !== it) return;
    card.show(sample, 0, pixels, { heading: 'At the point', alone: true });
    entered(sample.cells[0]);
    keys.dataset.cell = cell;
    keys.dataset.at = p.map((v) => v.toFixed(5)).join();
  });

  /** Another cell: whether the border between them is in the singular set is seen and said. */
  function entered(next) {
    if (next === cell) return;
    const from = cell;
    cell = next;
    repaint();
    if (from < 0) return;
    const { left, right, singular, jumps } = made.plane;
    const border = left.findIndex((a, e) => (a === from && right[e] === next) || (a === next && right[e] === from));
    // A point that moved fast has passed over cells between.
    const torn = border >= 0 ? singular[border] : null;
    const jump = border >= 0 ? ` of ${plain(jumps[border], 3)}` : '';
    const words = torn ? `Crossed the singular set: a jump${jump}` : `Cell ${whole(next)}${border >= 0 ? `: an ordinary border, a step${jump}` : ''}`;
    box.toggleAttribute('data-torn', Boolean(torn));
    setText(crossed, torn ? `▲ ${words}` : words);
    unsaid = torn ? `${words}.` : unsaid ?? `Cell ${whole(next)}.`;
  }
  /** `told`: where the point is said though it is in the cell where it was, as a key moves it. */
  function rested(told = false) {
    const [x0, y0, x1, y1] = made.frame.bounds;
    const at = [(point[0] - x0) / (x1 - x0), (point[1] - y0) / (y1 - y0)].map((v) => Math.min(1, Math.max(0, v)));
    if (unsaid) say(unsaid);
    else if (told) say(`In cell ${whole(cell)} still, ${percent(at[0], 1)} across and ${percent(at[1], 1)} up.`);
    unsaid = null;
    session.patch({ at });
  }

  /** Whether a place is in the part of the plane that the cube holds. */
  function inside([x, y]) {
    const { polygon } = made.plane;
    const n = polygon.length / 2;
    for (let k = 0; k < n; k += 1) {
      const [ax, ay, bx, by] = [polygon[2 * k], polygon[2 * k + 1], polygon[2 * ((k + 1) % n)], polygon[2 * ((k + 1) % n) + 1]];
      if ((bx - ax) * (y - ay) - (by - ay) * (x - ax) < 0) return false;
    }
    return true;
  }
  /** Moves there, or as far towards it from the middle as the cube reaches. */
  function go(p) {
    let to = p;
    if (!inside(p)) {
      const m = middle();
      let [low, high] = [0, 1];
      for (let k = 0; k < 24; k += 1) {
        const t = (low + high) / 2;
        if (inside([m[0] + t * (p[0] - m[0]), m[1] + t * (p[1] - m[1])])) low = t;
        else high = t;
      }
      to = [m[0] + low * (p[0] - m[0]), m[1] + low * (p[1] - m[1])];
    }
    point = to;
    repaint();
    return live(point);
  }
  const corner = (k) => [made.plane.chosen[2 * k], made.plane.chosen[2 * k + 1]];
  const middle = () => [0, 1].map((i) => (corner(0)[i] + corner(1)[i] + corner(2)[i]) / 3);

  let held = false;
  const under = (event) => {
    return view().point(...pixel(event, canvas));
  };
  on(box, 'pointerdown', (event) => {
    if (!made || event.button > 0 || event.target.closest('button')) return;
    event.preventDefault();
    stop();
    held = true;
    box.setPointerCapture(event.pointerId);
    keys.focus({ preventScroll: true });
    go(under(event));
  });
  on(box, 'pointermove', (event) => {
    if (made && held) go(under(event));
  });
  on(box, 'pointerup pointercancel', () => {
    if (held && made) rested();
    held = false;
  });
  on(keys, 'keydown', (event) => {
    if (!made || event.ctrlKey || event.metaKey || event.altKey) return;
    const [x0, y0, x1, y1] = made.frame.bounds;
    const size = Math.max(x1 - x0, y1 - y0) * (event.shiftKey ? 0.05 : 0.01);
    const by = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const c = LETTERS.indexOf(event.key.toUpperCase());
    if (!by && c < 0) return;
    event.preventDefault();
    stop();
    go(by ? [point[0] + by[0] * size, point[1] + by[1] * size] : corner(c)).then(() => rested(true));
  });
  on($('#faces-home', place), 'click', () => {
    if (!made) return;
    stop();
    go(middle()).then(() => rested());
  });
  on($('#faces-tear', place), 'click', () => session.patch({ tear: session.settings.tear + 1, at: null }));
  on(play, 'click', () => {
    if (playing) {
      stop();
      rested();
      return;
    }
    if (!made) return;
    const start = performance.now();
    const tick = (now) => {
      let t = Math.min(1, (now - start) / DURATION);
      if (reducedMotion()) t = Math.round(t * STILLS) / STILLS;
      const k = Math.min(2, Math.floor(3 * t));
      const [a, b] = [corner(k), corner((k + 1) % 3)];
      const s = 3 * t - k;
      const p = [a[0] + s * (b[0] - a[0]), a[1] + s * (b[1] - a[1])];
      if (p.join() !== point.join()) go(p);
      if (now - start < DURATION) playing = requestAnimationFrame(tick);
      else {
        stop();
        rested();
      }
    };
    playing = requestAnimationFrame(tick);
    show();
  });
  function stop() {
    cancelAnimationFrame(playing);
    playing = 0;
    show();
  }
  function show() {
    play.setAttribute('aria-pressed', String(Boolean(playing)));
    play.setAttribute('aria-label', playing ? 'Pause' : 'Go round the three points');
    $('use', play).setAttribute('href', playing ? '#i-pause' : '#i-play');
  }

  /** The map is not part of what is cut: only the picture at the point is another. */
  const cut = () => {
    const { set, seed, threshold, plane: chosen, tear } = session.settings;
    return [session.heights, set, seed, threshold, chosen, tear].join();
  };
  /** Three points, and where the point begins: for a tear just before it. */
  async function through() {
    const { latents, settings: { plane: chosen, threshold, tear } } = session;
    const points = await chooser.points(chosen);
    const found = tear ? await latents.findCrossing(tear, session.at(threshold)) : null;
    if (tear && !found) say('No tear was found on 64 random lines. Lower the threshold.');
    if (!found) return { points, share: null };
    points.set(found.from, 0);
    points.set(found.to, found.from.length);
    return { points, share: found.t };
  }
  let mapped = '';
  const make = session.newest(async (wanted) => {
    const { latents, settings: { set, seed, plane: chosen, threshold, tear, at } } = session;
    if (!latents) return;
    const { points, share } = await through();
    const it = await latents.plane(points, session.at(threshold));
    if (wanted !== cut() || latents !== session.latents) return;
    const same = made && made.chosen === String([set, seed, chosen, tear]);
    made = { key: wanted, chosen: String([set, seed, chosen, tear]), plane: it, frame: frameOf(it) };
    const [x0, y0, x1, y1] = made.frame.bounds;
    if (!same) {
      cell = -1;
      box.removeAttribute('data-torn');
      setText(crossed, '');
      const before = share === null ? null : [0, 1].map((i) => corner(0)[i] + 0.92 * share * (corner(1)[i] - corner(0)[i]));
      point = at ? [x0 + at[0] * (x1 - x0), y0 + at[1] * (y1 - y0)] : before ?? middle();
    }
    const torn = it.singular.reduce((n, one) => n + one, 0);
    setText($('#faces-plane-words', place), `${whole(it.sites.length)} cells, ${whole(torn)} of ${whole(it.singular.length)} borders singular.`);
    keys.setAttribute('aria-label', `${whole(it.sites.length)} cells in the plane through A, B and C; ${whole(torn)} of ${whole(it.singular.length)} borders are in the singular set`);
    await go(point);
    canvas.dataset.made = wanted;
  });
  return {
    update() {
      if (!session.latents) return null;
      chooser.update();
      const { map } = session.settings;
      if (made?.key !== cut()) {
        mapped = map;
        stop();
        return make(cut());
      }
      if (mapped !== map) {
        mapped = map;
        return go(point);
      }
      repaint();
      return null;
    },
    rest: () => stop(),
  };
}
