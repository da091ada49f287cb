// The scene that is shown, driven from outside: a message presses what a person would press, whether
// or not the control is kept in this embed.

import { $, $$ } from '../dom.js';
import { apart, opened } from '../scenes.js';

const root = document.documentElement;
/** Parts of a scene by which its buttons are found: the first that is open counts. */
const WHERE = {
  space: [{ play: '#space-play', slider: '#space-t' }],
  coverage: [{ play: '#cov-play', step: '#cov-step', reset: '#cov-reset' }],
  potential: [
    { part: 'heights', play: '#ht-play', step: '#ht-forward', back: '#ht-back', reset: '#ht-first' },
    { part: 'path', play: '#path-play', slider: '#path-t' },
    { part: 'network', play: '#network-play', step: '#network-step', reset: '#network-reset' },
    { part: 'graph', keys: '#potential-keys-graph' },
    { part: 'critic', keys: '#critic-keys-u' },
  ],
  faces: [
    { part: 'solve', step: '#faces-step', reset: '#faces-reset' },
    { step: '#faces-dice' },
  ],
  plane: [{ play: '#play', slider: '#t' }],
};
const MONTE_CARLO = { play: '#mc-play', step: '#mc-step', reset: '#mc-reset' };
/** A step of the time t, where a scene has no steps of its own. */
const QUARTER = 0.25;

const name = () => root.dataset.scene || 'plane';
const section = () => (name() === 'plane' ? $('main > .stage') : $(`#scene-${name()}`));

/** Where the buttons of what is shown are. */
function place() {
  if (name() === 'plane' && root.dataset.method) return MONTE_CARLO;
  const part = $('[role=tab][aria-selected=true]', section())?.dataset.part;
  return WHERE[name()].find((it) => !it.part || it.part === part) ?? {};
}
const button = (key) => {
  const selector = place()[key];
  const found = selector && $(selector);
  return found && !found.disabled && !found.closest('[inert]') ? found : null;
};

/** Presses play where it does not play yet, or pause; says whether there was such a button. */
function press(wanted) {
  const found = button('play');
  if (!found) return false;
  if ((found.getAttribute('aria-pressed') === 'true') !== wanted) found.click();
  return true;
}

/** One step on, or back where `by` is negative. Past its end the time begins anew. */
function step(by = 1) {
  const times = Math.abs(by);
  const found = button(by < 0 ? 'back' : 'step');
  if (found) {
    for (let k = 0; k < times; k += 1) found.click();
    return true;
  }
  const at = place();
  const slider = at.slider && $(at.slider);
  if (slider && !slider.closest('[inert]')) {
    const now = Math.round(Number(slider.value) / QUARTER);
    const most = 1 / QUARTER;
    const next = now + by;
    slider.value = QUARTER * (by > 0 && now >= most ? Math.min(most, by - 1) : Math.min(most, Math.max(0, next)));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    slider.dispatchEvent(new Event('change', { bubbles: true }));
    return true;
  }
  const keys = at.keys && $(at.keys);
  if (!keys) return false;
  for (let k = 0; k < times; k += 1) keys.dispatchEvent(new KeyboardEvent('keydown', { key: by < 0 ? 'PageUp' : 'PageDown', bubbles: true, cancelable: true }));
  return true;
}

/** The canvases of the scene as they stand beside one another, `size` pixels on the longer side. */
function composed(size) {
  const shown = $$('canvas', section()).map((canvas) => ({ canvas, box: canvas.getBoundingClientRect() }))
    .filter(({ canvas, box }) => canvas.checkVisibility() && box.width > 0 && canvas.width > 0);
  if (!shown.length) return null;
  const edge = (side, best) => best(...shown.map(({ box }) => box[side]));
  const [left, top] = [edge('left', Math.min), edge('top', Math.min)];
  const [width, height] = [edge('right', Math.max) - left, edge('bottom', Math.max) - top];
  const ratio = size / Math.max(width, height);
  const out = document.createElement('canvas');
  out.width = Math.max(1, Math.round(width * ratio));
  out.height = Math.max(1, Math.round(height * ratio));
  const c = out.getContext('2d');
  c.fillStyle = getComputedStyle(root).getPropertyValue('--ground').trim();
  c.fillRect(0, 0, out.width, out.height);
  for (const { canvas, box } of shown) c.drawImage(canvas, (box.left - left) * ratio, (box.top - top) * ratio, box.width * ratio, box.height * ratio);
  return new Promise((done) => { out.toBlob(done, 'image/png'); });
}

/** `session` and `figure` are the plane's; `arrived` resolves when the scene of the address stands. */
export function remote({ session, figure, arrived }) {
  let first = location.hash;

  /** The address tells the scenes apart; scenes.js follows it. */
  async function follow(link) {
    if (location.hash === link) return;
    const told = new Promise((resolve) => { addEventListener('hashchange', resolve, { once: true }); });
    location.hash = link;
    await told;
    await arrived();
  }
  /** What opens the links of a scene, where it stands already: { open, session }. */
  const standing = (scene) => (scene ? opened(scene) : session.engine && { session, open: (link) => session.open(link) });

  /** Opens a link; resolves once the scene has taken it, rejects with what is wrong with it and changes nothing. */
  async function open(hash) {
    const link = hash === '' || hash.startsWith('#') ? hash : `#${hash}`;
    const [from, to] = [apart(), apart(link)];
    const before = location.hash;
    const there = standing(to);
    if (there) {
      await there.open(link);
      if (there.session.refused) throw there.session.refused;
      if (from === to && !to) return;
      // It is not opened once more on arrival, and what is changed next builds on it.
      there.session.address.link = link || '#preset=grid';
      if (from === to) {
        history.replaceState(history.state, '', link);
        return;
      }
    }
    await follow(link || '#preset=grid');
    if (there) return;
    const { refused } = standing(to)?.session ?? { refused: Object.assign(new Error('The scene could not be loaded.'), { code: 'failed' }) };
    if (!refused) return;
    await follow(before);
    throw refused;
  }
  return {
    open: async (hash) => {
      await open(hash);
      first = hash;
    },
    play: () => press(true),
    pause: () => press(false),
    step,
    async reset() {
      button('reset')?.click();
      await open(first || '#');
    },
    png: (size) => (name() === 'plane' && session.frame ? figure.toPng(size) : composed(size)),
    link: () => (apart() ? location.hash : session.address.link || location.hash),
    scene: () => (name() === 'plane' ? 'transport' : name()),
  };
}
