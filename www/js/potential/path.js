// Displacement interpolation: the source moves to a shape, and opens where the map jumps.

import { $, $$, latest, on, setText, square } from '../dom.js';
import { enlarged, measure } from '../figure/enlarge.js';
import { readPalette } from '../figure/palette.js';
import { View } from '../figure/view.js';
import { whole } from '../format.js';
import { logScale, nice } from '../ui/scale.js';
import { marks, spread } from './path-marks.js';
import { PROSE, SECTION, SHAPES, SOURCES } from './path-markup.js';
import { numbers } from './path-numbers.js';
import { player } from './path-player.js';
import { Brush, extent, motion, pointAt, weave } from './path-stage.js';
import { take } from './path-take.js';
import { thumbnails } from './path-thumbs.js';

export const prose = PROSE;

const COUNT = logScale(100, 4000, nice);
/** Above this, the slider solves when it is let go, not while it moves. */
const LIVE = 1500;
const dark = () => document.documentElement.dataset.theme === 'dark';

export function path(place, session, { say }) {
  place.innerHTML = SECTION;
  const canvas = $('#path-figure', place);
  const [badge, source, count, trails] = ['#path-badge', '#path-source', '#path-count', '#path-trails'].map((id) => $(id, place));
  const boxes = $$('#path-views input', place);
  const shapes = $$('#path-shapes [role=radio]', place);
  const brush = new Brush();
  let moved = null;
  let asked = '';
  let lit = -1;
  let drawn = 0;
  let awake = true;
  let palette = readPalette();

  const list = numbers(place);
  const film = take(place, { scene, say });
  const clock = player(place, {
    show(t) {
      list.time(t);
      draw();
    },
    keep: (t) => session.plane.look({ t }),
    say,
  });
  const points = marks(place, {
    view: () => (moved && canvas.clientWidth ? new View(moved.bounds, measure(canvas).size) : null),
    now: () => ({ points: chosen(), trails: ways(), t: clock.t }),
    find: (x, y, t) => pointAt(moved, t, x, y),
    change: (places) => session.patch(places.length ? { marks: places.map((p) => p.map((v) => Number(v.toFixed(4)))) } : { marks: [], trails: 0 }),
    light(k) {
      if (k === lit) return;
      lit = k;
      draw();
    },
    say,
  });
  const thumbs = thumbnails(shapes, session);

  /** Places in the source that have a trail. */
  function chosen() {
    const { marks: own, trails: many } = session.settings;
    if (!moved) return [];
    return own?.length ? own : spread(moved.source, many, extent(moved.shape.domain));
  }
  /** Trails as they are drawn; a point that a link puts beside the source has none. */
  let known = { moved: null, key: '', ways: [] };
  function ways() {
    const places = chosen();
    const key = JSON.stringify(places);
    if (known.moved !== moved || known.key !== key) known = { moved, key, ways: places.map(([x, y]) => pointAt(moved, 0, x, y)).filter(Boolean) };
    return known.ways;
  }
  const show = () => Object.fromEntries(boxes.map((box) => [box.name, box.checked]));

  function draw() {
    if (drawn) return;
    drawn = requestAnimationFrame(() => {
      drawn = 0;
      const { size, ratio } = measure(canvas);
      if (!moved || !size || !awake) return;
      const pixels = Math.round(size * ratio);
      square(canvas, pixels);
      brush.paint(canvas.getContext('2d'), moved, { pixels, size, t: clock.t, show: show(), trails: ways(), lit, palette, dark: dark(), ground: false });
      points.update();
      Object.assign(canvas.dataset, { t: clock.t, shape: moved.name });
    });
  }
  /** What a film needs, as it is now. */
  function scene() {
    if (!moved) return null;
    const kept = { moved, trails: ways(), show: show(), palette: readPalette(), dark: dark() };
    const ink = new Brush();
    return {
      name: `brenier-path-${session.settings.shape}`,
      turn: clock.turn,
      speed: clock.speed,
      paint: (context, size, t) => ink.paint(context, kept.moved, { ...kept, pixels: size, size: Math.min(size, 600), t }),
    };
  }

  const solve = latest(async (wanted) => {
    badge.hidden = false;
    setText(badge, 'solving…');
    try {
      const woven = weave(wanted.request.source, dark());
      let shape = null;
      // A thumbnail's call may have taken the place of this one.
      while (!shape && wanted.key === asked) shape = await session.maths.shape(wanted.request);
      await woven;
      if (wanted.key !== asked) return;
      // The scene has a source of its own: round ones have many corners.
      moved = motion(shape, wanted.request.shape === 'scene' ? (shape.domain.length > 24 ? 'disk' : 'square') : wanted.request.source);
      moved.name = wanted.request.shape;
      // The scene was solved in the plane, and Rust was given its heights.
      const { iterations, milliseconds, stopped } = session.frame?.report ?? {};
      list.show(moved.name === 'scene' ? { ...shape, report: { ...shape.report, iterations, milliseconds, stopped } } : shape);
      // A task of its own: it reads styles, which the lines above have changed.
      setTimeout(film.update);
      badge.hidden = true;
      thumbs.draw();
    } catch (error) {
      if (wanted.key !== asked) return;
      // The picture stays; what was asked for is tried again when it is chosen again.
      asked = '';
      setText(badge, 'not solved; choose it again');
      session.fail(error);
    }
    draw();
    describe();
  });

  function describe() {
    const { shape } = session.settings;
    const folds = moved ? `, torn along ${whole(moved.shape.facets.length / 2)} facets` : '';
    const from = shape === 'scene' ? 'The scene’s source' : `A ${SOURCES[source.value]}`;
    $('#path-marks', place).setAttribute('aria-label', `${from} on its way to ${SHAPES[shape][1]}${folds}. Points with a trail`);
  }

  function update() {
    const { settings, plane } = session;
    const request = { shape: settings.shape, source: settings.source ?? 'disk', count: settings.count ?? 1000, seed: plane.scenario?.seed ?? 0 };
    // The scene's own target changes with the scene; the others do not.
    const key = JSON.stringify([request, settings.shape === 'scene' ? session.serial : 0]);
    place.closest('.potential').dataset.shape = settings.shape;
    for (const button of shapes) {
      const on = button.dataset.shape === settings.shape;
      button.setAttribute('aria-checked', String(on));
      button.tabIndex = on ? 0 : -1;
    }
    source.value = request.source;
    source.disabled = count.disabled = settings.shape === 'scene';
    if (document.activeElement !== count) count.value = COUNT.position(request.count);
    setText($('#path-count-out', place), whole(settings.shape === 'scene' ? plane.frame?.count : request.count));
    const many = settings.marks?.length || settings.trails;
    trails.value = many;
    setText($('#path-trails-out', place), settings.marks?.length ? `${many}, own` : String(many));
    clock.follow(plane.scenario?.view.t ?? 0);
    if (key !== asked && awake) {
      asked = key;
      solve({ key, request });
    }
    draw();
  }

  const choose = (button) => {
    session.patch({ shape: button.dataset.shape });
    // One that could not be solved is tried again.
    if (!asked) update();
    button.focus();
  };
  for (const button of shapes) on(button, 'click', () => choose(button));
  on($('#path-shapes', place), 'keydown', (event) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = shapes.indexOf(document.activeElement);
    if (here < 0 || !step) return;
    event.preventDefault();
    choose(shapes[(here + step + shapes.length) % shapes.length]);
  });
  on(source, 'change', () => session.patch({ source: source.value }));
  on(count, 'input change', (event) => {
    const value = COUNT.value(Number(count.value));
    setText($('#path-count-out', place), whole(value));
    if (event.type === 'change' || value <= LIVE) session.patch({ count: value });
  });
  on(trails, 'input change', () => session.patch({ trails: Number(trails.value), marks: [] }));
  for (const box of boxes) on(box, 'change', draw);
  for (const id of ['#path-speed', '#path-turn']) on($(id, place), 'change', film.update);
  session.plane.addEventListener('look', ({ detail }) => awake && clock.follow(detail.t));
  session.plane.addEventListener('scenario', ({ detail }) => awake && clock.follow(detail.view.t));
  new ResizeObserver(draw).observe(canvas);
  enlarged(draw);
  new MutationObserver(() => {
    palette = readPalette();
    weave(moved?.source ?? source.value, dark()).then(() => {
      draw();
      thumbs.draw();
    });
  }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

  return {
    update,
    rest() {
      awake = false;
      clock.pause();
    },
    wake() {
      awake = true;
      update();
    },
  };
}
