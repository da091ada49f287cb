// The solver's half of the part: what is recorded, the player's controls, and what each step says.

import { $, on, setText } from '../dom.js';
import { scientific, sentence, whole } from '../format.js';
import { few } from './few.js';
import { Curves, fall, tries } from './steps-plot.js';
import { Player, Recordings, SOLVERS } from './steps.js';

/** With more sites than this the other solvers run when they are asked to. */
const AUTOMATIC = 600;

/** Why a recording ended, where there is something to say. */
const STOPPED = {
  precision: (r) => `Rounding limits the residual here, near ${scientific(r.precisionLimit, 0)}.`,
  iterations: (r) => `Stopped after ${whole(r.iteration[r.count - 1])} steps, not solved: the residual is still ${few(r.residual[r.count - 1], 2)}.`,
  cancelled: () => 'Cancelled: the steps so far are shown.',
};

/** `show({ shape, gradient, direction, k })` draws a state; `hand` holds the moves that it starts from. */
export function heightSteps(place, session, { hand, tell, say, show }) {
  const part = (id) => $(`#ht-${id}`, place);
  const recordings = new Recordings(session);
  const player = new Player({ show: step, keep: (k) => session.patch({ step: k }), changed: playing });
  const curves = new Curves(place, { go: (x) => recording && player.go(nearest(x)) });
  const asked = () => session.settings.step !== null;
  let recording = null;
  let at = -1;
  let visible = false;
  let again = false;

  /** The recorded state nearest to a number of steps. */
  function nearest(x) {
    const { iteration, count } = recording;
    let best = 0;
    for (let k = 0; k < count; k += 1) if (Math.abs(iteration[k] - x) < Math.abs(iteration[best] - x)) best = k;
    return best;
  }

  /** Tries something a second time, and no third. */
  async function once(task) {
    again = true;
    try {
      await task();
    } finally {
      again = false;
    }
  }

  async function step(k) {
    const { solver } = session.settings;
    let shape;
    try {
      shape = await recordings.state(k, solver);
    } catch (error) {
      player.pause(false);
      // What was recorded may be gone with a scene that was taken anew: it is recorded once more.
      recordings.forget();
      if (again) tell(`${sentence(error.message)} Choose another step.`, true);
      else await once(follow);
      return;
    }
    if (!shape || !asked() || solver !== session.settings.solver || !recording) return;
    at = k;
    show({ shape, gradient: shape.gradient, direction: shape.direction, k });
    const { iteration, count, empty } = recording;
    const [now, last] = [iteration[k], iteration[count - 1]].map(whole);
    part('scrub').max = count - 1;
    part('scrub').value = k;
    part('scrub').setAttribute('aria-valuetext', `Step ${now} of ${last}, residual ${few(shape.residual)}`);
    setText(part('step'), `${now} of ${last}`);
    setText(part('at'), `Step ${now} of ${last}`);
    for (const id of ['first', 'back']) part(id).disabled = k === 0;
    for (const id of ['forward', 'last']) part(id).disabled = k === count - 1;
    part('play').disabled = count < 2;
    tries(part('tries'), recording, k, empty[Math.max(0, k - 1)]);
    fall(part('rows'), part('fall-words'), recording, k);
    curves.set(recordings.all(hand.list), solver, k);
  }

  function playing() {
    const button = part('play');
    button.setAttribute('aria-pressed', String(player.playing));
    button.setAttribute('aria-label', player.playing ? 'Pause' : 'Play the steps');
    $('use', button).setAttribute('href', player.playing ? '#i-pause' : '#i-play');
    say(player.playing ? 'Playing.' : `Step ${player.step}.`);
  }

  /** Where it began and why it ended. */
  function words(it) {
    const moved = hand.list.length;
    const start = moved ? `From your heights: ${moved} ${moved === 1 ? 'plane' : 'planes'} moved. ` : '';
    return `${start}${STOPPED[it.stopped]?.(it) ?? ''}`.trim();
  }
  const refused = (solver, error) => tell(`${SOLVERS[solver].name} cannot go from here. ${sentence(error.message)} Choose another start or another solver.`, true);

  /** Shows what the settings ask for; records it first where it is not recorded yet. */
  async function follow() {
    const { solver, step: wanted } = session.settings;
    const list = hand.list;
    part('solver').value = solver;
    if (!recordings.ready(solver, list)) {
      player.pause(false);
      recording = null;
      tell(`Recording ${SOLVERS[solver].name}…`);
      place.setAttribute('aria-busy', 'true');
    }
    try {
      const found = await recordings.of(solver, list, (iteration, residual) => tell(`Recording ${SOLVERS[solver].name}: step ${whole(iteration)}, residual ${few(residual)}.`));
      if (!found || !asked()) return;
      const same = found === recording && at === Math.min(wanted, found.count - 1);
      recording = found;
      tell(words(found));
      if (!player.playing && !same) {
        player.set(wanted, found.count - 1);
        await step(player.step);
      }
      compare(false);
    } catch (error) {
      curves.set(recordings.all(list), solver, 0);
      refused(solver, error);
    } finally {
      place.removeAttribute('aria-busy');
    }
  }

  /** Runs the other solvers, where few sites make it quick or `wish` asks for it. */
  async function compare(wish) {
    const list = hand.list;
    const button = part('all');
    const missing = () => Object.keys(SOLVERS).filter((name) => !recordings.all(list).some(({ solver }) => solver === name));
    button.hidden = !missing().length;
    if (button.hidden || button.disabled || !asked() || !(wish || (visible && session.shape.count <= AUTOMATIC))) return;
    button.disabled = true;
    const one = () => {
      const [next] = missing();
      setText(button, next ? `Running ${SOLVERS[next].name}…` : 'Run all four');
      if (asked() && recording) curves.set(recordings.all(hand.list), session.settings.solver, Math.max(0, at));
    };
    one();
    try {
      await recordings.compare(list, one, refused);
    } catch (error) {
      session.fail(error);
    } finally {
      button.disabled = false;
      setText(button, 'Run all four');
      button.hidden = !missing().length;
    }
  }

  on(part('solver'), 'change', () => session.patch({ solver: part('solver').value, step: 0 }));
  on(part('first'), 'click', () => player.go(0));
  on(part('back'), 'click', () => player.go(player.step - 1));
  on(part('forward'), 'click', () => player.go(player.step + 1));
  on(part('last'), 'click', () => player.go(player.last));
  const toggle = () => (player.playing ? player.pause() : player.play());
  on(part('play'), 'click', toggle);
  on(document, 'keydown', (event) => {
    if (event.key !== ' ' || event.target !== document.body || !asked() || !place.offsetParent) return;
    event.preventDefault();
    toggle();
  });
  on(part('speed'), 'change', () => { player.speed = Number(part('speed').value); });
  on(part('scrub'), 'input', () => player.go(Number(part('scrub').value), false));
  on(part('scrub'), 'change', () => player.keep(Number(part('scrub').value)));
  on(part('all'), 'click', () => compare(true));
  on(document, 'visibilitychange', () => document.hidden && player.pause());
  // Nothing plays unseen, and nothing is run for a plot that nobody sees.
  new IntersectionObserver((entries) => {
    if (!entries.at(-1).isIntersecting) player.pause();
  }).observe($('.ht-body', place));
  new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting;
    if (visible && recording) compare(false);
  }, { rootMargin: '200px' }).observe($('.ht-compare', place));

  return {
    follow,
    get recording() { return recording; },
    play: () => player.play(),
    /** Nobody looks, or planes are moved by hand. */
    rest() {
      player.pause(asked());
      at = -1;
      recordings.rest();
    },
  };
}
