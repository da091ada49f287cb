// The method's switch. What Monte Carlo needs is fetched when such a method is first chosen.

import { $, on } from '../dom.js';
import { remedy } from '../remedy.js';
import { nameSource } from './source.js';

export const EXACT = 'newton';

/**
 * `parts` are the session, the figure and the player that the scene is made of. Returns how a solve
 * rests while nobody sees it, and wakes.
 */
export function method(parts) {
  const { session } = parts;
  const select = $('#method');
  let solver = null;
  let wanted = EXACT;
  let resting = false;

  async function follow(settings) {
    wanted = settings.name;
    if (select) select.value = wanted;
    const root = document.documentElement;
    if (wanted === EXACT) {
      if (!root.dataset.method) return;
      delete root.dataset.method;
      (await solver)?.leave();
      if (session.frame) nameSource(session.frame);
      return;
    }
    if (!solver) {
      solver = import('../monte-carlo/scene.js').then((module) => module.open(parts));
      solver.catch(async (error) => {
        solver = null;
        session.emit('problem', new Error(`This method could not be loaded (${error.message}). ${await remedy('choose it again')}`));
      });
    }
    try {
      const ready = await solver;
      if (wanted === EXACT) return;
      root.dataset.method = wanted;
      if (resting) ready.run.rest();
      ready.follow(session.scenario.method, session.scenario.seed);
    } catch { /* told above */ }
  }
  if (select) on(select, 'change', () => session.patch({ method: { name: select.value } }));
  session.addEventListener('scenario', (event) => follow(event.detail.method));

  async function rest(value) {
    resting = value;
    const ready = await solver?.catch(() => null);
    if (resting === value) ready?.run[value ? 'rest' : 'wake']();
  }
  on(document, 'visibilitychange', () => rest(document.hidden));
  return { rest: () => rest(true), wake: () => rest(false) };
}
