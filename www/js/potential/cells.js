// The plane beside the solids: cells and points. A point is dragged and everything follows; any
// cell can be pointed at.

import { on } from '../dom.js';
import { coordinate, percent } from '../format.js';
import { pixel } from '../figure/enlarge.js';
import { Figure } from '../figure/figure.js';
import { interact } from '../figure/interact.js';
import { proxies } from '../figure/proxies.js';
import { inside } from './graphs.js';

const SHOW = { cells: true, sites: true, singular: true, dual: false, arrows: false, samples: false };

/** The site whose plane is on top at a place of Ω, or −1 outside. */
export function top({ sites, heights, count, domain, cellOffsets }, x, y) {
  if (!inside(domain, x, y)) return -1;
  let best = -1;
  let most = -Infinity;
  for (let i = 0; i < count; i += 1) {
    const value = x * sites[2 * i] + y * sites[2 * i + 1] + heights[i];
    if (value > most && cellOffsets[i + 1] > cellOffsets[i]) {
      most = value;
      best = i;
    }
  }
  return best;
}

/** Fills `box`, which holds a canvas and the places of the points. `say` tells screen readers. */
export function cells(box, session, say) {
  const { plane } = session;
  const canvas = box.querySelector('canvas');
  const figure = new Figure(canvas);
  /** The cell under the pointer: a click on it chooses it. */
  let under = -1;

  const actions = {
    choose: (site) => session.choose(site >= 0 ? site : under),
    grab: (site) => stand.go(site, true),
    touched: () => {},
    add: async (x, y, focus = false) => {
      const frame = await plane.add(x, y);
      if (!frame) return;
      say(`Point added. There are now ${frame.count}.`);
      if (focus) stand.go(frame.count - 1, true);
    },
    move: async (site, x, y, final) => {
      const frame = await plane.move(site, x, y, final);
      if (final && frame) say(`Point ${site + 1} at x ${coordinate(x, figure.view.extent)}, y ${coordinate(y, figure.view.extent)}: its facet has that slope.`);
      return frame;
    },
    mass: async (site, factor, final) => {
      wanted = wanted?.site === site ? wanted : { site, mass: plane.relativeMass(site) };
      wanted.mass *= factor;
      const { mass } = wanted;
      if (final) wanted = null;
      const frame = await plane.mass(site, mass, final);
      if (final && frame) say(`Point ${site + 1} has ${percent(frame.masses[site])} of the mass.`);
    },
    remove: async (site) => {
      const frame = await plane.remove(site);
      if (!frame) return;
      say(`Point removed. There are now ${frame.count}.`);
      if (frame.count) stand.go(Math.min(site, frame.count - 1), true);
    },
  };
  let wanted = null;
  const stand = proxies(box.querySelector('.proxies'), figure, {
    ...actions,
    // Escape lets go of the point, whatever the pointer is over.
    choose: (site) => session.choose(site),
  });
  const pointing = (event) => {
    const { frame, view } = figure;
    if (!frame || !view) return -1;
    const at = pixel(event, canvas);
    const near = figure.hit(...at, 14);
    return near >= 0 ? near : top(frame, ...view.point(...at));
  };
  // Before the pointers of the figure hear of it, so that they find the cell.
  on(canvas, 'pointerdown pointermove', (event) => {
    under = pointing(event);
    if (event.pointerType !== 'touch' && !figure.drag) session.hover(under);
  });
  on(canvas, 'pointerleave', () => session.hover(-1));
  interact(figure, box, actions);
  figure.onpaint = () => stand.update();

  return {
    figure,
    /** Shows the frame of the newest answer. */
    update() {
      const { frame } = session;
      if (!frame) return;
      figure.setFrame(frame, { ...SHOW, singular: plane.scenario.view.singular });
      figure.set({ selected: session.lit });
    },
    light: () => figure.set({ selected: session.lit }),
    /** The site `by` further, chosen. */
    step(by) {
      const { count } = figure.frame;
      const from = session.chosen >= 0 ? session.chosen : by > 0 ? -1 : 0;
      session.choose((from + by + count) % count);
    },
  };
}
