// The canvas says nothing to a screen reader: labelled buttons stand over its sites, one of
// them in the tab order, and the keys act on the one that has the focus.

import { h, on } from '../dom.js';
import { coordinate, percent } from '../format.js';

/** More sites than this and only these, with the chosen one, have a button at any time. */
const MOST = 600;
const STEP = { fine: 1 / 200, coarse: 1 / 25 };
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/**
 * `actions`: choose(site), move(site, x, y, final), add(x, y, focus), mass(site, factor, final), remove(site).
 * `noun` is what a site is called.
 */
export function proxies(container, figure, actions, noun = 'Point') {
  let buttons = new Map();
  let current = 0;
  let moving = null;
  let massing = -1;
  let seen = '';

  const label = (i) => {
    const { frame, view } = figure;
    return `${noun} ${i + 1} of ${frame.count}, x ${coordinate(frame.sites[2 * i], view.extent)}, y ${coordinate(frame.sites[2 * i + 1], view.extent)}, mass ${percent(frame.masses[i])}`;
  };

  function place(i, button) {
    const { frame, view } = figure;
    const scale = figure.scale ?? 1;
    const x = scale * view.x(frame.sites[2 * i]);
    const y = scale * view.y(frame.sites[2 * i + 1]);
    const key = `${x.toFixed(1)},${y.toFixed(1)},${frame.masses[i].toFixed(6)},${frame.count}`;
    if (button.key === key) return;
    button.key = key;
    button.style.transform = `translate(${x}px, ${y}px)`;
    button.setAttribute('aria-label', label(i));
  }

  function make(i) {
    const button = h('button', { type: 'button', 'data-site': i, tabindex: i === current ? 0 : -1, 'aria-roledescription': noun.toLowerCase() });
    buttons.set(i, button);
    container.append(button);
    return button;
  }

  /** Follows the frame: as many buttons as sites, each over its site. */
  function update() {
    const { frame, view } = figure;
    if (!frame || !view) return;
    const stamp = `${frame.serial}/${view.size}/${figure.scale ?? 1}`;
    if (stamp === seen) return;
    seen = stamp;
    current = Math.min(current, Math.max(0, frame.count - 1));
    const most = Math.min(MOST, frame.count);
    for (const [i, button] of buttons) {
      if (i >= frame.count || (i >= most && i !== current)) {
        button.remove();
        buttons.delete(i);
      }
    }
    for (let i = 0; i < most; i += 1) if (!buttons.has(i)) make(i);
    if (frame.count && !buttons.has(current)) make(current);
    for (const [i, button] of buttons) {
      place(i, button);
      const index = i === current ? 0 : -1;
      if (button.tabIndex !== index) button.tabIndex = index;
    }
  }

  /** Makes a site the one in the tab order, and focuses it when asked. */
  function go(i, focus) {
    const { frame } = figure;
    if (!frame?.count) return;
    const next = Math.min(Math.max(i, 0), frame.count - 1);
    const old = buttons.get(current);
    if (old) old.tabIndex = -1;
    current = next;
    const button = buttons.get(next) ?? make(next);
    place(next, button);
    button.tabIndex = 0;
    if (focus) button.focus({ preventScroll: true });
  }

  const siteOf = (event) => {
    const value = event.target.closest?.('[data-site]')?.dataset.site;
    return value === undefined ? -1 : Number(value);
  };
  on(container, 'focusin', (event) => {
    const site = siteOf(event);
    if (site < 0) return;
    go(site, false);
    actions.choose(site);
  });
  on(container, 'click', (event) => {
    if (siteOf(event) >= 0) actions.choose(siteOf(event));
  });

  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  on(container, 'keydown', (event) => {
    const site = siteOf(event);
    if (site < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const { frame, view } = figure;
    const { key } = event;
    if (ARROWS[key]) {
      const step = (event.shiftKey ? STEP.coarse : STEP.fine) * view.extent;
      const from = moving?.site === site ? moving : { x: frame.sites[2 * site], y: frame.sites[2 * site + 1] };
      const [x, y] = view.clamp([from.x + step * ARROWS[key][0], from.y + step * ARROWS[key][1]]);
      moving = { site, x, y };
      actions.move(site, x, y, false);
    } else if (key === 'n' || key === 'N' || key === 'Insert') {
      // Beside the point, in a direction that turns, so that no two new points meet.
      const [x, y] = [frame.sites[2 * site], frame.sites[2 * site + 1]];
      const [angle, step] = [GOLDEN * frame.count, STEP.coarse * view.extent];
      actions.add(...view.clamp([x + step * Math.cos(angle), y + step * Math.sin(angle)]), true);
    } else if (key === 'Delete' || key === 'Backspace') actions.remove(site);
    else if (key === '+' || key === '=') { massing = site; actions.mass(site, 1.1, false); }
    else if (key === '-' || key === '_') { massing = site; actions.mass(site, 1 / 1.1, false); }
    else if (key === 'PageDown' || key === ']') go((site + 1) % frame.count, true);
    else if (key === 'PageUp' || key === '[') go((site + frame.count - 1) % frame.count, true);
    else if (key === 'Home') go(0, true);
    else if (key === 'End') go(frame.count - 1, true);
    else if (key === 'Escape') {
      event.target.blur();
      actions.choose(-1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // One press, however long, is one step to undo.
  const commit = () => {
    if (moving) actions.move(moving.site, moving.x, moving.y, true);
    if (massing >= 0) actions.mass(massing, 1, true);
    moving = null;
    massing = -1;
  };
  on(container, 'keyup focusout', (event) => {
    if (event.type === 'focusout' || !event.shiftKey || event.key.startsWith('Arrow') || event.key === '+') commit();
  });

  return { update, go, label };
}
