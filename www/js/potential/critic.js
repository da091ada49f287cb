// Generator and critic: u and φ = ½|x|² − u side by side, as fields and as graphs, read at one point.

import { $, $$, latest, on, s, setText, square } from '../dom.js';
import { enlarged, measure, pixel } from '../figure/enlarge.js';
import { View } from '../figure/view.js';
import { coordinate, plain } from '../format.js';
import { details, inks, paintField, paintPoint, shades, within } from './critic-field.js';
import { lattice, model } from './critic-lattice.js';
import { SECTION } from './critic-markup.js';
import { numbers } from './critic-numbers.js';
import { eye } from './eye.js';
import { Solid } from './solid.js';

export { PROSE as prose } from './critic-markup.js';

const BOTH = ['u', 'phi'];
/** Values along a side of a field at most. */
const SIDE = 560;
const STEP = { fine: 1 / 100, coarse: 1 / 12 };
const wide = matchMedia('(min-width: 80rem)');

export function critic(place, session, { say }) {
  place.innerHTML = SECTION;
  const camera = eye(session);
  const list = numbers(place);
  const looks = $$('[name=critic-look]', place);
  const boxes = $$('#critic-views input', place);
  const parts = BOTH.map((which) => {
    const root = $(`[data-which=${which}]`, place);
    const [field, graph] = $$('.crit-box', root);
    const solid = new Solid($('canvas', graph), { camera, keys: $('.crit-keys', graph), say });
    return { which, root, field, graph, solid, canvas: $('canvas', field), keys: $('.crit-keys', field), base: document.createElement('canvas'), base0: '', scale: null };
  });
  let ink = inks();
  /** The scene that is painted: shape, frame, fields, more, bitmaps, pieces; null before the first. */
  let scene = null;
  let read = null;
  let held = false;
  let asked = 0;
  /** The answer whose fields were asked for. */
  let wanted = 0;
  let awake = true;
  let made = '';

  const show = () => Object.fromEntries(boxes.map((box) => [box.name, box.checked]));
  /** Both at once needs room: elsewhere it is the field. */
  const look = () => {
    const { look: asks = 'field' } = session.settings;
    return asks === 'both' && !wide.matches ? 'field' : asks;
  };
  /** The site whose plane is on top at a point. */
  function cellAt(x, y, { sites, masses } = session.frame, { heights, cellOffsets } = session.shape) {
    let [best, most] = [0, -Infinity];
    for (let i = 0; i < heights.length; i += 1) {
      const value = x * sites[2 * i] + y * sites[2 * i + 1] + heights[i];
      if (value > most && masses[i] > 0 && cellOffsets[i + 1] > cellOffsets[i]) [best, most] = [i, value];
    }
    return best;
  }

  const load = latest(async (serial) => {
    const side = Math.min(SIDE, Math.max(160, Math.round((parts[0].root.clientWidth || 400) * Math.min(2, devicePixelRatio || 1))));
    const { shape, frame } = session;
    try {
      const fields = await session.maths.fields({ columns: side, rows: side });
      if (!fields || serial !== session.serial) return;
      scene = { serial, shape, frame, fields, more: details(shape, frame, fields, (x, y) => cellAt(x, y, frame, shape)), bitmaps: new Map(), pieces: null };
      list.distance(fields.w2);
      colours();
      if (!read || !within(frame.domain, read.x, read.y)) settle();
      else point(read.x, read.y);
      draw();
      models();
    } catch (error) {
      wanted = 0;
      session.fail(error);
    }
  });

  /** The scales of both functions, and their colours. */
  function colours() {
    if (!scene) return;
    const { reach, mean } = scene.fields;
    const { u, phi } = { u: shades(ink.stops.u, reach.u), phi: shades(ink.stops.phi, reach.phi.map((v) => v + mean), mean) };
    for (const part of parts) {
      part.scale = part.which === 'u' ? u : phi;
      part.base0 = '';
      const svg = $('.crit-scale svg', part.root);
      const id = `critic-ramp-${part.which}`;
      const stops = part.scale.palette.filter((_, k, all) => k % 8 === 0 || k === all.length - 1);
      svg.replaceChildren(s('linearGradient', { id }, ...stops.map((colour, k) => s('stop', { offset: k / (stops.length - 1), 'stop-color': colour }))), s('rect', { width: 100, height: 8, fill: `url(#${id})` }));
      const [low, high] = part.scale.ends;
      const extent = high - low;
      setText($('[data-scale=low]', part.root), coordinate(low, extent));
      setText($('[data-scale=high]', part.root), coordinate(high, extent));
      const [one, two] = scene.more.levels[part.which];
      const every = two === undefined ? '' : `Level lines every ${plain(two - one, 2).replace(/0+$/, '').replace(/\.$/, '')}.`;
      setText($('[data-scale=note]', part.root), part.which === 'u' ? every : `${every} The middle is the mean over μ, ${coordinate(mean, extent)}.`);
    }
    made = '';
  }

  /** The graphs, made when they are first looked at. */
  function models() {
    if (!scene || look() === 'field') return;
    const key = `${scene.serial} ${ink.ground} ${show().walls} ${show().levels}`;
    if (made === key) return;
    made = key;
    const { shape, frame } = scene;
    const { sites } = frame;
    const pieces = scene.pieces ??= lattice(shape, frame.domain);
    const u = (x, y, i) => x * sites[2 * i] + y * sites[2 * i + 1] + shape.heights[i];
    const walls = show().walls ? { ends: shape.facetEnds, facets: shape.facets, singular: shape.facetSingular } : null;
    for (const { which, solid, scale } of parts) {
      const value = which === 'u' ? u : (x, y, i) => (x * x + y * y) / 2 - u(x, y, i);
      solid.set(model(pieces, { value, shade: scale.shade, palette: scale.palette, under: scale.palette, order: which === 'u' ? 'convex' : null, walls, levels: show().levels ? scene.more.levels[which] : [], ink, domain: frame.domain }));
    }
    light();
  }
  function light() {
    if (!scene || !parts[0].solid.model) return;
    for (const { solid, which } of parts) {
      const at = read && which === 'u' ? read.u : (read?.x ** 2 + read?.y ** 2) / 2 - read?.u;
      solid.light({ marks: read ? [{ points: [read.x, read.y, at], radius: 4.5, fill: ink.ground, line: ink.ink, width: 2 }] : [] });
    }
  }

  function draw() {
    if (asked) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      if (!scene || !awake) return;
      // A field that is painted anew takes a frame of its own: two would hold up the page.
      let fresh = 0;
      for (const part of parts) {
        if (part.field.hidden) continue;
        if (fresh) draw();
        else fresh = paint(part);
      }
    });
  }
  function paint(part) {
    const { size, ratio } = measure(part.canvas);
    if (!size) return 0;
    const pixels = Math.round(size * ratio);
    const view = new View(scene.frame.bounds, size);
    let fresh = 0;
    const key = `${scene.serial} ${pixels} ${size} ${ink.ground} ${JSON.stringify(show())}`;
    if (part.base0 !== key) {
      part.base0 = key;
      fresh = 1;
      part.base.width = part.base.height = pixels;
      const c = part.base.getContext('2d');
      c.scale(pixels / size, pixels / size);
      paintField(c, { which: part.which, scene, view, ink, show: show(), scale: part.scale });
    }
    square(part.canvas, pixels);
    const c = part.canvas.getContext('2d');
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, pixels, pixels);
    c.drawImage(part.base, 0, 0);
    c.setTransform(pixels / size, 0, 0, pixels / size, 0, 0);
    paintPoint(c, { scene, view, ink, read });
    return fresh;
  }

  /** Reads both functions at a point of Ω. */
  function point(x, y) {
    const { frame, shape } = scene;
    const site = cellAt(x, y, frame, shape);
    const u = x * frame.sites[2 * site] + y * frame.sites[2 * site + 1] + shape.heights[site];
    read = { x, y, site, u };
    const [x0, y0, x1, y1] = frame.bounds;
    list.point({ ...read, sites: frame.sites, extent: Math.max(x1 - x0, y1 - y0) });
    session.hover(site);
    draw();
    light();
  }
  /** Where it is read while nothing is pointed at: in the chosen cell, else off the middle. */
  function settle() {
    const { frame, shape } = scene;
    const i = session.chosen;
    held = i >= 0;
    if (held && shape.centroids && shape.cellMasses[i] > 0) {
      point(shape.centroids[2 * i], shape.centroids[2 * i + 1]);
      return;
    }
    const [x0, y0, x1, y1] = scene.fields.bounds;
    const at = [x0 + 0.62 * (x1 - x0), y0 + 0.58 * (y1 - y0)];
    point(...(within(frame.domain, ...at) ? at : [(x0 + x1) / 2, (y0 + y1) / 2]));
  }

  for (const { canvas, keys, solid, which } of parts) {
    const at = (event) => new View(scene.frame.bounds, measure(canvas).size).point(...pixel(event, canvas));
    const reads = (event) => {
      if (!scene) return false;
      const [x, y] = at(event);
      if (!within(scene.frame.domain, x, y)) return false;
      point(x, y);
      return true;
    };
    on(canvas, 'pointermove', (event) => {
      if (!held || event.buttons || event.pointerType === 'touch') {
        held = false;
        reads(event);
      }
    });
    // A press lets the point stay, and chooses its cell; a second press lets go.
    on(canvas, 'click', (event) => {
      const before = read?.site;
      const was = held;
      if (!reads(event)) return;
      held = !(was && before === read.site);
      session.choose(held ? read.site : -1);
    });
    on(keys, 'keydown', (event) => {
      if (!scene || event.ctrlKey || event.metaKey || event.altKey) return;
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      if (by) {
        const [x0, y0, x1, y1] = scene.fields.bounds;
        const step = (event.shiftKey ? STEP.coarse : STEP.fine) * Math.max(x1 - x0, y1 - y0);
        const to = [read.x + step * by[0], read.y + step * by[1]];
        if (within(scene.frame.domain, ...to)) point(...to);
        held = true;
        tell();
      } else if (event.key === 'Enter' || event.key === ' ') {
        held = true;
        session.choose(read.site);
      } else if (event.key === 'Escape') {
        held = false;
        session.choose(-1);
        keys.blur();
      } else return;
      event.preventDefault();
    });
    const hits = (face) => {
      if (face < 0 || !solid.model) return;
      point(solid.model.middles[2 * face], solid.model.middles[2 * face + 1]);
    };
    solid.onhover = hits;
    solid.onpick = (face) => {
      hits(face);
      if (face >= 0) session.choose(read.site);
    };
    solid.ontheme = which === 'u' ? theme : null;
  }
  function tell() {
    const { x, y, u, site } = read;
    const extent = Math.max(scene.frame.bounds[2] - scene.frame.bounds[0], scene.frame.bounds[3] - scene.frame.bounds[1]);
    const text = (v) => coordinate(v, extent);
    say(`x ${text(x)}, ${text(y)}, in cell ${site + 1}: u ${text(u)}, φ ${text((x * x + y * y) / 2 - u)}; the map goes to ${text(scene.frame.sites[2 * site])}, ${text(scene.frame.sites[2 * site + 1])}.`);
  }
  function theme() {
    ink = inks();
    colours();
    draw();
    models();
  }

  function describe() {
    const torn = session.shape.facetSingular.reduce((n, one) => n + one, 0);
    const names = { u: 'Brenier’s potential u', phi: 'The critic φ' };
    for (const { which, keys, graph } of parts) {
      keys.setAttribute('aria-label', `${names[which]} over the domain, with kinks at ${session.shape.facetSingular.length} walls, ${torn} of them folds`);
      $('.crit-keys', graph).setAttribute('aria-label', `Graph of ${which === 'u' ? 'u, convex' : 'φ, a bowl on every cell'}`);
    }
  }

  function update() {
    const now = look();
    for (const radio of looks) {
      radio.checked = radio.value === now;
      if (radio.value === 'both') radio.closest('label').hidden = !wide.matches;
    }
    for (const { field, graph } of parts) {
      field.hidden = now === 'graph';
      graph.hidden = now === 'field';
    }
    for (const label of $$('[data-of=field]', place)) label.hidden = now === 'graph';
    if (!session.shape || !awake) return;
    if (wanted !== session.serial) {
      wanted = session.serial;
      describe();
      load(wanted);
    }
    draw();
    models();
  }
  for (const radio of looks) on(radio, 'change', () => session.patch({ look: radio.value }));
  for (const box of boxes) {
    on(box, 'change', () => {
      draw();
      models();
    });
  }
  wide.addEventListener('change', () => awake && update());
  session.addEventListener('choice', () => {
    if (!scene || !awake || place.closest('[hidden]')) return;
    if (session.chosen !== read?.site) settle();
  });
  for (const { canvas } of parts) new ResizeObserver(draw).observe(canvas);
  enlarged(draw);

  return {
    update,
    rest() {
      awake = false;
      session.hover(-1);
    },
    wake() {
      awake = true;
      update();
    },
  };
}
