// Pointers on the figure: drag a site, add one, draw with the brush.

import { on } from '../dom.js';

const REACH = { mouse: 14, pen: 18, touch: 26 };
const LONG_PRESS = 520;
const STEADY = 8;

/** `actions`: grab(site), move(site, x, y, final), choose(site), add(x, y), brush(points), touched(). */
export function interact(figure, box, actions) {
  const { canvas } = figure;
  let held = null;
  let press = null;
  let brushing = false;
  let stroke = null;

  const at = (event) => {
    const r = canvas.getBoundingClientRect();
    return [((event.clientX - r.left) * figure.size) / r.width, ((event.clientY - r.top) * figure.size) / r.height];
  };
  const hit = (event) => figure.hit(...at(event), REACH[event.pointerType] ?? 14);
  const cursor = (name) => { box.dataset.cursor = name; };

  on(canvas, 'pointerdown', (event) => {
    if (event.button !== 0 || held || stroke || !figure.view) return;
    const [px, py] = at(event);
    if (brushing) {
      canvas.setPointerCapture(event.pointerId);
      stroke = { id: event.pointerId, points: [figure.view.clamp(figure.view.point(px, py))], last: [px, py] };
      figure.set({ stroke: stroke.points });
      return;
    }
    const site = hit(event);
    if (site < 0) {
      press = { id: event.pointerId, px, py };
      if (event.pointerType !== 'mouse') {
        press.timer = setTimeout(() => {
          press = null;
          actions.add(...figure.view.clamp(figure.view.point(px, py)));
        }, LONG_PRESS);
      }
      return;
    }
    canvas.setPointerCapture(event.pointerId);
    const x = figure.frame.sites[2 * site];
    const y = figure.frame.sites[2 * site + 1];
    // The site keeps its distance to the pointer, so that taking hold of it moves nothing.
    held = { id: event.pointerId, site, dx: figure.view.x(x) - px, dy: figure.view.y(y) - py, moved: false, px, py };
    cursor('grabbing');
    figure.set({ hover: -1, pulse: -1 });
    actions.touched();
    actions.choose(site);
  });

  on(canvas, 'pointermove', (event) => {
    const [px, py] = at(event);
    if (stroke && event.pointerId === stroke.id) {
      if (Math.hypot(px - stroke.last[0], py - stroke.last[1]) < 10) return;
      stroke.last = [px, py];
      stroke.points.push(figure.view.clamp(figure.view.point(px, py)));
      figure.invalidate();
      return;
    }
    if (held && event.pointerId === held.id) {
      if (!held.moved && Math.hypot(px - held.px, py - held.py) < 1.5) return;
      held.moved = true;
      const [x, y] = figure.view.clamp(figure.view.point(px + held.dx, py + held.dy));
      figure.set({ drag: { site: held.site, x, y } });
      actions.move(held.site, x, y, false);
      return;
    }
    if (press && event.pointerId === press.id && Math.hypot(px - press.px, py - press.py) > STEADY) forget();
    if (event.pointerType === 'touch' || event.buttons || !figure.view) return;
    const site = brushing ? -1 : hit(event);
    cursor(brushing ? 'brush' : site >= 0 ? 'grab' : '');
    if (site !== figure.hover) figure.set({ hover: site });
  });

  const forget = () => {
    clearTimeout(press?.timer);
    press = null;
  };

  on(canvas, 'pointerup pointercancel', (event) => {
    if (stroke && event.pointerId === stroke.id) {
      const { points } = stroke;
      stroke = null;
      figure.set({ stroke: null });
      if (event.type === 'pointerup') actions.brush(points);
      return;
    }
    if (press && event.pointerId === press.id) {
      forget();
      if (event.type === 'pointerup') actions.choose(-1);
      return;
    }
    if (!held || event.pointerId !== held.id) return;
    const { site, moved } = held;
    held = null;
    cursor(event.pointerType === 'mouse' ? 'grab' : '');
    const { drag } = figure;
    if (moved && drag) {
      Promise.resolve(actions.move(site, drag.x, drag.y, true)).finally(() => {
        if (figure.drag === drag) figure.set({ drag: null });
      });
    } else figure.set({ drag: null });
    actions.grab(site);
  });

  on(canvas, 'pointerleave', () => figure.set({ hover: -1 }));
  on(canvas, 'dblclick', (event) => {
    if (brushing || hit(event) >= 0 || !figure.view) return;
    actions.add(...figure.view.clamp(figure.view.point(...at(event))));
  });
  on(canvas, 'contextmenu', (event) => {
    if (held || press) event.preventDefault();
  });
  // The page scrolls under a finger unless the finger holds a site or the brush.
  on(canvas, 'touchstart', (event) => {
    const touch = event.touches[0];
    if (event.touches.length === 1 && (brushing || figure.hit(...at(touch), REACH.touch) >= 0)) event.preventDefault();
  }, { passive: false });

  return {
    setBrush(value) {
      brushing = value;
      cursor(value ? 'brush' : '');
      figure.set({ hover: -1 });
    },
    get busy() { return Boolean(held || stroke); },
  };
}
