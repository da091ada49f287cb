// The plane's target, and undo, as they are in the other scenes: few controls in one row.

import { $, latest, on, setText } from '../dom.js';
import { whole } from '../format.js';
import { logScale, nice } from '../ui/scale.js';

const COUNT = logScale(2, 10000, nice);
/** Above this, the slider solves when it is let go, not while it moves. */
const LIVE = 1000;

export function bar(section, { plane }) {
  const part = (name) => $(`#potential-${name}`, section);
  const [target, count, seed] = [part('target'), part('count'), part('seed')];
  const patch = latest((value) => plane.patch(value));

  on(target, 'change', () => {
    plane.select(-1);
    patch({ preset: target.value });
  });
  on(count, 'input change', (event) => {
    const value = COUNT.value(Number(count.value));
    setText(part('count-out'), whole(value));
    if (event.type === 'change' || value <= LIVE) patch({ count: value });
  });
  on(seed, 'change', () => patch({ seed: Math.min(4294967295, Math.max(0, Math.floor(Number(seed.value) || 0))) }));
  on(part('dice'), 'click', () => patch({ seed: Math.floor(Math.random() * 100000) }));
  for (const which of ['undo', 'redo']) on(part(which), 'click', () => plane.step(which));

  plane.addEventListener('frame', show);
  plane.addEventListener('scenario', show);
  function show() {
    const { frame, scenario } = plane;
    if (!frame || !scenario) return;
    const { preset } = scenario;
    // Points of one's own can be chosen only where there are some.
    $('[value=own]', target).disabled = preset !== 'own';
    target.value = preset;
    count.disabled = preset === 'own' || preset === 'centres';
    if (document.activeElement !== count) count.value = COUNT.position(frame.count);
    setText(part('count-out'), whole(frame.count));
    if (document.activeElement !== seed) seed.value = scenario.seed;
    seed.disabled = part('dice').disabled = preset === 'own' || preset === 'centres';
    part('undo').disabled = !frame.canUndo;
    part('redo').disabled = !frame.canRedo;
  }
  show();
}
