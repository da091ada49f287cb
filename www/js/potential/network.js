// Why a network cannot: a ReLU network fitted to the exact map of the scene, its linear regions in
// the source, its image in the target, and the mass that it leaves between the modes.

import { $, h, on, reducedMotion, setText, square } from '../dom.js';
import { enlarged, measure, pixel } from '../figure/enlarge.js';
import { View } from '../figure/view.js';
import { fixed, plain, sentence, whole } from '../format.js';
import { controls } from './network-controls.js';
import { SECTION } from './network-markup.js';
import { NetworkRun } from './network-maths.js';
import { numbers, share } from './network-numbers.js';
import { inks, middle, paintLit, paintSource, paintTarget, regionAt } from './network-paint.js';

export { PROSE as prose } from './network-markup.js';

/** Lines each way of the grid whose image is shown, and samples. */
const LINES = 24;
const SAMPLES = 1500;
/** Room around the modes' places in the target's picture. */
const MARGIN = 0.14;

/** A box around points x, y, x, y, …, a little larger. */
function around(points, margin = 0) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let k = 0; k < points.length; k += 1) {
    box[k % 2] = Math.min(box[k % 2], points[k]);
    box[2 + (k % 2)] = Math.max(box[2 + (k % 2)], points[k]);
  }
  const room = margin * Math.max(box[2] - box[0], box[3] - box[1]);
  return [box[0] - room, box[1] - room, box[2] + room, box[3] + room];
}

export function network(place, session, { say }) {
  place.innerHTML = SECTION;
  const run = new NetworkRun();
  const settings = controls(place, session, run);
  const write = numbers($('#network-numbers', place));
  const status = $('#network-status', place);
  const problem = $('#network-problem', place);
  const canvases = Object.fromEntries(['source', 'target'].map((which) => [which, { canvas: $(`[data-testid=network-${which}]`, place), base: document.createElement('canvas'), stale: true }]));
  const keys = $('.net-keys', place);
  let ink = inks();
  /** What the run was started from, the plane's frame of then, its last frame, and what stays. */
  let begun = '';
  let plane = null;
  let seen = null;
  let given = null;
  let bounds = null;
  let lit = -1;
  /** Where a region is pointed at, so that it stays lit while regions come and go: { which, x, y }. */
  let pointed = null;
  let asked = 0;
  let awake = true;
  /** Whether it is to play once it has loaded, and whether it played when the scene was left. */
  let meant = false;
  let resumes = false;

  const shown = () => ({
    colour: $('[name=network-colour]:checked', place).value,
    jumps: $('[name=jumps]', place).checked,
    samples: $('[name=samples]', place).checked,
  });
  const speed = () => Number($('#network-speed', place).value) || null;

  /** Starts anew from the scene and the settings as they are. */
  function begin({ play }) {
    const { frame, settings } = session;
    const { view, seed = 0 } = session.plane.scenario;
    meant = play;
    plane = frame;
    lit = -1;
    pointed = null;
    const { domain, sites, masses, heights, source } = frame;
    const gaussian = source?.name === 'gaussian' ? [...source.mean, source.sigma] : null;
    run.start(
      { domain, gaussian, sites, masses, heights, view, widths: settings.widths, seed },
      { lines: LINES, samples: shown().samples ? SAMPLES : 0, goal: settings.trained, speed: speed(), play },
    );
  }
  function key() {
    const { view: { measure, kappa, theta, scale }, seed } = session.plane.scenario;
    return JSON.stringify([session.serial, session.settings.widths, seed, measure, kappa, theta, scale]);
  }
  /** Starts what the scene has left behind; while a point is dragged it waits for the end. */
  function follow() {
    if (!awake || document.hidden || session.state !== 'ready' || session.plane.held) return;
    if (key() === begun) {
      if (resumes) run.play();
      resumes = false;
      return;
    }
    begun = key();
    const going = run.state === 'running' || resumes || (run.state === 'loading' && meant);
    // One that rests by itself has been seen: what comes after it is shown as well.
    begin({ play: going || (['idle', 'goal'].includes(run.state) && !reducedMotion()) });
    resumes = false;
  }

  /** The picture that was painted anew last: the other one is next. */
  let last = 'target';
  function draw() {
    if (asked) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      if (!seen || !awake) return;
      // A picture that is painted anew takes a frame of its own: two would hold up the page.
      const order = Object.keys(canvases);
      if (last === order[0]) order.reverse();
      let fresh = 0;
      for (const which of order) {
        if (fresh) draw();
        else {
          fresh = paint(which);
          if (fresh) last = which;
        }
      }
    });
  }
  function stale() {
    for (const one of Object.values(canvases)) one.stale = true;
    draw();
  }
  function paint(which) {
    const one = canvases[which];
    const { size, ratio } = measure(one.canvas);
    if (!size) return 0;
    let fresh = 0;
    const pixels = Math.round(size * ratio);
    const view = new View(bounds[which], size);
    const scene = { seen, fixed: given, plane, view, ink, ...shown() };
    if (one.stale || one.base.width !== pixels) {
      one.base.width = one.base.height = pixels;
      const c = one.base.getContext('2d');
      c.scale(ratio, ratio);
      if (which === 'source') paintSource(c, scene);
      else paintTarget(c, scene);
      one.stale = false;
      fresh = 1;
    }
    square(one.canvas, pixels);
    const c = one.canvas.getContext('2d');
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, pixels, pixels);
    c.drawImage(one.base, 0, 0);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintLit(c, { points: which === 'source' ? seen.vertices : seen.images, offsets: seen.offsets, lit, view, ink });
    return fresh;
  }

  /** Below the pictures: what their colours mean, or the region that is lit. */
  function legend() {
    const item = (mark, text) => h('li', {}, mark ? h('i', { 'data-mark': mark }) : null, h('span', { text }));
    const { colour, jumps, samples } = shown();
    const source = [];
    if (seen && lit >= 0) {
      const corners = seen.offsets[lit + 1] - seen.offsets[lit];
      source.push(item('lit', `Region ${whole(lit + 1)} of ${whole(seen.slopes.length)}: ${share(seen.masses[lit])} of the mass, slope ${plain(seen.slopes[lit], 3)}, ${corners} corners`));
    } else {
      if (colour === 'slope') source.push(item('low', 'contracts'), item('middle', 'keeps'), item('high', 'stretches'));
      else source.push(item('between', `lands between the modes${seen ? `: ${share(seen.numbers.between)}` : ''}`));
      if (jumps && plane?.facetSingular.includes(1)) source.push(item('jump', 'the exact map jumps'));
    }
    $('[data-key=source]', place).replaceChildren(...source);
    $('[data-key=target]', place).replaceChildren(item('site', 'sites'), item('place', 'the modes’ places'), item('image', samples ? 'the network’s image, and samples' : 'the network’s image'));
  }
  function light(region, { tell = false } = {}) {
    if (region === lit) return;
    lit = region;
    legend();
    draw();
    if (tell && seen) say(lit < 0 ? 'No region is lit.' : `Region ${lit + 1} of ${seen.slopes.length}: ${share(seen.masses[lit])} of the mass, slope ${plain(seen.slopes[lit], 3)}.`);
  }

  function words() {
    const { state } = run;
    const { steps = 0, seconds = 0, rate = 0 } = seen ?? {};
    const running = state === 'running';
    const far = `step ${whole(steps)} · ${fixed(seconds, 1)} s${running && rate ? ` · ${whole(Math.round(rate))} steps/s` : ''}`;
    setText(status, { idle: '–', loading: 'loading', failed: 'stopped', goal: `${far} · rests, play goes on` }[state] ?? far);
    status.dataset.state = state;
    status.dataset.steps = steps;
    const play = $('#network-play', place);
    const title = running ? 'Pause the network' : 'Train the network';
    play.setAttribute('aria-label', title);
    play.title = title;
    play.setAttribute('aria-pressed', String(running));
    $('use', play).setAttribute('href', running ? '#i-pause' : '#i-play');
    const able = !['idle', 'loading', 'failed'].includes(state);
    for (const button of [play, $('#network-step', place)]) button.disabled = !able;
    $('#network-reset', place).disabled = state === 'idle' || state === 'loading';
  }
  /** For those who do not see the pictures, whenever it rests. */
  function describe() {
    if (!seen) return;
    const { numbers: n } = seen;
    keys.setAttribute('aria-label', `The source in ${whole(n.regions)} linear regions of the network after ${whole(n.steps)} steps; ${share(n.between)} of the mass lands between the modes`);
    if (run.state === 'goal') say(`The network rests after ${whole(n.steps)} steps. ${share(n.between)} of the mass lands between the modes.`);
  }

  run.addEventListener('frame', ({ detail }) => {
    problem.hidden = true;
    if (detail.places) {
      given = { places: detail.places, placeOffsets: detail.placeOffsets };
      bounds = { source: around(plane.domain, 0.02), target: around(detail.places, MARGIN) };
    }
    seen = detail;
    lit = pointed ? regionOf(pointed) : -1;
    let cells = 0;
    for (let i = 0; i < plane.count; i += 1) cells += plane.cellOffsets[i + 1] - plane.cellOffsets[i] > 2 ? 1 : 0;
    write(seen.numbers, { cells });
    words();
    legend();
    stale();
  });
  run.addEventListener('state', () => {
    words();
    describe();
  });
  run.addEventListener('error', ({ detail }) => {
    problem.textContent = `${sentence(detail.message)} Reset to start again.`;
    problem.hidden = false;
  });

  const toggle = () => (run.state === 'running' ? run.pause() : run.play());
  on($('#network-play', place), 'click', toggle);
  on($('#network-step', place), 'click', () => run.step());
  on($('#network-reset', place), 'click', () => begin({ play: run.state === 'running' }));
  on($('#network-speed', place), 'change', () => run.speed(speed()));
  on(document, 'keydown', (event) => {
    if (event.key !== ' ' || event.target !== document.body || !awake || !place.offsetParent || ['idle', 'loading', 'failed'].includes(run.state)) return;
    event.preventDefault();
    toggle();
  });
  on($('#network-views', place), 'change', ({ target }) => {
    if (target.name === 'samples') run.look(target.checked ? SAMPLES : 0);
    legend();
    stale();
  });

  // A region is lit by the pointer, by touch, and by the arrow keys.
  for (const which of ['source', 'target']) {
    const { canvas } = canvases[which];
    const reads = (event) => {
      if (!seen) return;
      const [x, y] = new View(bounds[which], measure(canvas).size).point(...pixel(event, canvas));
      pointed = { which, x, y };
      light(regionOf(pointed));
    };
    on(canvas, 'pointermove', (event) => event.pointerType !== 'touch' && reads(event));
    on(canvas, 'click', reads);
    on(canvas, 'pointerleave', (event) => event.pointerType !== 'touch' && release());
  }
  const regionOf = ({ which, x, y }) => (which === 'source' ? regionAt(seen.vertices, seen.offsets, x, y) : regionAt(seen.images, seen.offsets, x, y, true));
  function release(how) {
    pointed = null;
    light(-1, how);
  }
  on(keys, 'keydown', (event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!seen || event.ctrlKey || event.metaKey || event.altKey || !(by || event.key === 'Escape')) return;
    event.preventDefault();
    if (!by) {
      release({ tell: true });
      return;
    }
    const next = neighbour(by);
    const [x, y] = middle(seen.vertices, seen.offsets[next], seen.offsets[next + 1]);
    pointed = { which: 'source', x, y };
    light(next, { tell: true });
  });
  on(keys, 'blur', () => release());
  /** The region next to the one that is lit, in a direction: the first whose middle is farther there. */
  function neighbour([dx, dy]) {
    const { vertices, offsets } = seen;
    const [x0, y0, x1, y1] = bounds.source;
    const at = (r) => middle(vertices, offsets[r], offsets[r + 1]);
    const from = lit < 0 ? [(x0 + x1) / 2, (y0 + y1) / 2] : at(lit);
    let best = lit;
    let least = Infinity;
    for (let r = 0; r + 1 < offsets.length; r += 1) {
      if (r === lit) continue;
      const [x, y] = at(r);
      const along = (x - from[0]) * dx + (y - from[1]) * dy;
      const across = Math.abs((x - from[0]) * dy) + Math.abs((y - from[1]) * dx);
      if (lit >= 0 && along <= 0) continue;
      const far = lit < 0 ? Math.hypot(along, across) : along + 2 * across;
      if (far < least) [best, least] = [r, far];
    }
    return best;
  }

  function theme() {
    ink = inks();
    stale();
  }
  new MutationObserver(theme).observe(document.documentElement, { attributeFilter: ['data-theme'] });
  for (const { canvas } of Object.values(canvases)) new ResizeObserver(stale).observe(canvas);
  enlarged(stale);
  for (const type of ['frame', 'scenario']) session.plane.addEventListener(type, follow);
  on(document, 'visibilitychange', () => awake && (document.hidden ? rest() : follow()));
  session.addEventListener('state', () => awake && session.state !== 'ready' && rest());
  legend();

  /** Nothing trains that nobody sees. */
  function rest() {
    resumes ||= run.state === 'running' || (run.state === 'loading' && meant);
    meant = false;
    run.pause();
  }
  return {
    update() {
      settings();
      follow();
    },
    rest() {
      awake = false;
      release();
      rest();
    },
    wake() {
      awake = true;
      follow();
      stale();
    },
  };
}
