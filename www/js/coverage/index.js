// Mode coverage: GANs that train beside the transport map, on one target. The scene is the plane's
// own scenario, drawn otherwise.

import { $, h, on } from '../dom.js';
import { remedy } from '../remedy.js';
import { style } from '../style.js';
import { AeOt } from './aeot.js';
import { bar } from './bar.js';
import { curves } from './curves.js';
import { Film } from './film.js';
import { filmBar } from './film-bar.js';
import { SECTION } from './markup.js';
import { Runs } from './runs.js';
import { Stage } from './stage.js';
import { table } from './table.js';
import { Target } from './target.js';

export async function coverage(section, session) {
  section.innerHTML = SECTION;
  const target = new Target(session);
  const runs = new Runs(session, target);
  const aeot = new AeOt(session, target);
  const film = new Film(session, target);
  const stage = new Stage($('#cov-row', section), { target, runs, aeot, film });
  const parts = { session, runs, aeot, target, film };
  bar(section, parts);
  filmBar(section, film);
  table(section, parts);
  curves(section, parts);
  await target.follow();

  let critics = null;
  const place = $('#critic', section);
  async function fetchCritics() {
    try {
      const [{ critic }] = await Promise.all([import('./critic.js'), style('css/critic.css')]);
      critics = critic(place, session);
    } catch (error) {
      const again = h('button', { type: 'button', text: 'Try again' });
      on(again, 'click', () => {
        place.replaceChildren();
        fetchCritics();
      });
      place.replaceChildren(h('p', { role: 'alert', text: `The critic could not be loaded (${error.message}). ${await remedy('try again')}` }), again);
    }
  }
  const near = new IntersectionObserver((entries) => {
    if (!entries.some((e) => e.isIntersecting)) return;
    near.disconnect();
    fetchCritics();
  }, { rootMargin: '400px' });
  near.observe(place);
  document.documentElement.dataset.coverageReady = 'true';

  let playing = false;
  return {
    /** The scene is left: nothing trains that nobody sees. */
    rest() {
      playing = runs.playing;
      runs.pause();
      film.pause();
      critics?.rest?.();
    },
    wake() {
      stage.theme();
      for (const panel of stage.panels.values()) panel.measure();
      if (playing) runs.play();
      critics?.wake?.();
    },
  };
}
