// The transport scene, wired: what the page and the embed have in common.

import { $, $$, announce, on } from './dom.js';
import { coordinate, percent } from './format.js';
import { Figure } from './figure/figure.js';
import { interact } from './figure/interact.js';
import { proxies } from './figure/proxies.js';
import { method } from './ui/method.js';
import { playback } from './ui/playback.js';
import { states } from './ui/states.js';
import { apart } from './scenes.js';
import { Session } from './state.js';

export function scene() {
  const session = new Session();
  const figure = new Figure($('#figure'));
  const over = states(session);
  const player = playback(session, figure);
  const solver = method({ session, figure, player });

  let touched = false;
  let place = '';
  const touch = () => {
    touched = true;
    figure.set({ pulse: -1 });
  };
  let wanted = null;
  const actions = {
    choose: (site) => session.select(site),
    grab: (site) => stand.go(site, true),
    touched: touch,
    add: async (x, y, focus = false) => {
      touch();
      const frame = await session.add(x, y);
      if (!frame) return;
      announce(`Point added. There are now ${frame.count}.`);
      if (focus) stand.go(frame.count - 1, true);
    },
    brush: async (points) => {
      touch();
      if (await session.brush(points)) announce(`${points.length} points drawn.`);
    },
    move: async (site, x, y, final) => {
      touch();
      const frame = await session.move(site, x, y, final);
      if (final && frame) {
        announce(`Point ${site + 1} at x ${coordinate(x, figure.view.extent)}, y ${coordinate(y, figure.view.extent)}. Its cell keeps ${percent(frame.masses[site])} of the ${frame.source.name === 'gaussian' ? 'mass' : 'area'}.`);
      }
      return frame;
    },
    mass: async (site, factor, final) => {
      touch();
      if (wanted?.site !== site) wanted = { site, mass: session.relativeMass(site) };
      wanted.mass *= factor;
      const { mass } = wanted;
      if (final) wanted = null;
      const frame = await session.mass(site, mass, final);
      if (final && frame) announce(`Point ${site + 1} has ${percent(frame.masses[site])} of the mass.`);
    },
    remove: async (site) => {
      touch();
      const frame = await session.remove(site);
      if (!frame) return;
      announce(`Point removed. There are now ${frame.count}.`);
      if (frame.count) stand.go(Math.min(site, frame.count - 1), true);
      else $('#add-first').focus();
    },
  };
  const stand = proxies($('#proxies'), figure, actions);
  const pointers = interact(figure, $('#figure-box'), actions);
  figure.onpaint = () => stand.update();

  session.addEventListener('frame', (event) => {
    const frame = event.detail;
    figure.setFrame(frame, session.scenario?.view ?? figure.show);
    if (frame.needsSolve) figure.set({ pulse: -1 });
    else if (!touched && frame.count && frame.bounds.join() !== place) figure.set({ pulse: nearest(frame) });
    place = frame.bounds.join();
  });
  session.addEventListener('look', (event) => figure.setShow(event.detail));
  session.addEventListener('scenario', (event) => figure.setShow(event.detail.view));
  session.addEventListener('selection', (event) => figure.set({ selected: event.detail }));

  for (const which of ['undo', 'redo']) on($(`#${which}`), 'click', () => session.step(which));
  on($('#brush'), 'click', () => {
    const value = $('#brush').getAttribute('aria-pressed') !== 'true';
    $('#brush').setAttribute('aria-pressed', String(value));
    pointers.setBrush(value);
  });
  on(document, 'keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
    if (event.target.closest?.('input[type=text], input[type=number], textarea')) return;
    event.preventDefault();
    session.step(event.shiftKey ? 'redo' : 'undo');
  });
  on(window, 'hashchange', () => {
    if (session.engine && !apart() && location.hash !== session.address.link) session.open(location.hash);
  });

  /** What asks something of the engine rests while there is none. */
  const rest = (value) => $$('.side, .transport-bar, .experiment').forEach((part) => { part.inert = value; });

  /** Loads the engine and the linked scene, and marks the page ready after its first picture. */
  async function start() {
    rest(true);
    if (typeof WebAssembly !== 'object' || typeof Worker !== 'function') {
      over.set('unsupported', 'This browser cannot run the solver.');
      if ($('#unsupported')) $('#unsupported').hidden = false;
      return false;
    }
    over.set('loading', 'Loading the solver…');
    try {
      // A link of a scene with its own session is not this scene's.
      await session.start(apart() ? '' : location.hash, {
        onProgress: (share) => {
          if (share > 0) $('#veil-progress').value = share;
        },
      });
    } catch (error) {
      over.set('failed', error.message);
      return false;
    }
    rest(false);
    figure.repaint(true);
    document.documentElement.dataset.ready = 'true';
    return true;
  }
  on($('#add-first'), 'click', () => {
    const [x0, y0, x1, y1] = session.frame.bounds;
    actions.add((x0 + x1) / 2, (y0 + y1) / 2, true);
  });
  on($('#retry'), 'click', () => location.reload());
  return { session, figure, over, player, solver, start };
}

/** The site that invites to be dragged: off the middle, well inside. */
function nearest({ sites, masses, count, bounds }) {
  const [x0, y0, x1, y1] = bounds;
  const x = x0 + 0.62 * (x1 - x0);
  const y = y0 + 0.6 * (y1 - y0);
  let best = 0;
  let least = Infinity;
  for (let i = 0; i < count; i += 1) {
    const d = (sites[2 * i] - x) ** 2 + (sites[2 * i + 1] - y) ** 2;
    if (masses[i] > 0 && d < least) {
      least = d;
      best = i;
    }
  }
  return best;
}
