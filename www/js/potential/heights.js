// The part where heights are moved: by hand, one plane at a time, and by the solvers, step by step.
// One picture serves both: cells, the graph of u over them, one bar a site.

import { $, $$, latest, on, setText } from '../dom.js';
import { sentence, whole } from '../format.js';
import { few } from './few.js';
import { readPalette } from '../figure/palette.js';
import { Bars } from './bars.js';
import { Hand, around, isEmpty, unit } from './hand.js';
import { HeightCells } from './heights-cells.js';
import { SKELETON } from './heights-markup.js';
import { HeightSolid } from './heights-solid.js';
import { legend, numbers } from './heights-numbers.js';
import { heightSteps } from './heights-steps.js';
import { trace } from './steps-plot.js';

export { prose } from './heights-markup.js';

/** With more planes than this a hand has little hope. */
const MANY = 60;
const MANY_WORDS = 'Many planes for one hand. Choose Centres above, or fewer points.';
/** A key's step and the slider's are this part of the unit of heights (see hand.js). */
const FINE = 1 / 400;

export function heights(place, session, { say }) {
  place.innerHTML = SKELETON;
  place.classList.add('ht');
  const part = (id) => $(`#ht-${id}`, place);

  /** What is drawn: a Shape, and in the solver's steps its gradient and direction. */
  let current = { shape: null, gradient: null, direction: null, k: 0 };
  let shownKey = '';
  let sorted = [];
  let near = { of: null, site: -1, list: [] };
  let palette = null;
  let awake = true;
  let sliding = false;
  let nudged = 0;
  let nudging = false;

  const byHand = () => session.settings.step === null;
  const hand = new Hand(session, (shape) => show({ ...current, shape }), (text) => tell(text, true));

  function neighbours() {
    const { shape } = current;
    if (near.of !== shape || near.site !== session.chosen) near = { of: shape, site: session.chosen, list: session.chosen >= 0 ? around(shape, session.chosen).near : [] };
    return near.list;
  }
  let active = [];
  let units = { of: null, value: 1 };
  const unitOf = () => {
    if (units.of !== session.frame) units = { of: session.frame, value: unit(session.frame, session.frame.bounds) };
    return units.value;
  };
  const ratio = (i) => current.shape.cellMasses[i] / current.shape.masses[i];
  const signed = (x) => `${x > 0 ? '+' : ''}${few(x, 3)}`;
  /** What the pictures are of; null before there is anything. */
  const state = () => current.shape && {
    ...current, active, sorted, chosen: session.chosen, lit: session.hovered, near: neighbours(), byHand: byHand(), unit: unitOf(),
    moved: (i) => {
      const now = Number(hand.lift(i).toPrecision(4));
      return { now, most: Math.max(Number((unitOf() / 4).toPrecision(4)), Math.abs(now)) };
    },
    label: (i) => {
      const name = `Plane ${i + 1} of ${whole(current.shape.count)}: its cell has ${few(ratio(i), 3)} of its mass`;
      if (!current.gradient) return `${name}, ${hand.lift(i) ? `moved by ${signed(hand.lift(i))}` : 'not moved'}`;
      return `${name}, gradient ${signed(current.gradient[i])}${current.direction?.length ? `, direction ${signed(current.direction[i])}` : ''}`;
    },
  };

  const choose = (site) => session.choose(site);
  const hover = (site) => session.hover(site);
  const actions = {
    choose, hover,
    grab: (site) => hand.grab(site),
    to: (dh) => attempt(hand.to(dh)),
    ratio: (site, value) => attempt(hand.toRatio(value)),
    release: () => attempt(hand.release()),
    /** Keys and buttons: steps of the fine height, one move until they settle. */
    nudge(site, steps) {
      if (!nudging) {
        if (!hand.grab(site)) return;
        [nudging, nudged] = [true, hand.aim];
      }
      nudged += steps * FINE * unitOf();
      attempt(hand.to(nudged));
    },
    settle() {
      if (!nudging) return;
      nudging = false;
      attempt(hand.release()).then(() => session.chosen >= 0 && say(state().label(session.chosen)));
    },
    home: (site) => attempt(hand.home(site)),
    balance: (site) => attempt(hand.balance(site)),
  };
  const attempt = (promise) => promise.catch((error) => tell(sentence(error.message), true));

  const cells = new HeightCells(part('cells-box'), state, actions);
  const solid = new HeightSolid(part('solid'), part('solid-keys'), session, state, { choose, hover, say });
  const bars = new Bars(part('strips'), () => (palette ??= inks()), state, actions);
  const told = numbers(place);
  const steps = heightSteps(place, session, { hand, tell, say, show });

  /** The page's colours, and those of bars. */
  function inks() {
    const values = getComputedStyle(place);
    const value = (name) => values.getPropertyValue(name).trim();
    return { ...readPalette(), realText: value('--real-text'), up: value('--ht-up'), down: value('--ht-down'), bar: value('--ht-bar'), barNear: value('--ht-near') };
  }
  new MutationObserver(() => {
    palette = null;
    bars.paint();
  }).observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

  /** Says something under the bar; `wrong` where there is something to do. */
  function tell(text, wrong = false) {
    setText(part('told'), text);
    part('told').dataset.wrong = wrong;
  }

  function show(next) {
    current = next;
    const { shape } = current;
    active = [...shape.masses.keys()].filter((i) => shape.masses[i] > 0);
    // Bars that are sorted keep their order while one is moved.
    if (hand.site < 0 || sorted.length !== active.length) sorted = [...active].sort((a, b) => ratio(a) - ratio(b));
    paint();
  }

  function paint() {
    if (!current.shape || !session.frame) return;
    cells.update(session.frame);
    solid.update();
    bars.paint();
    write();
  }

  function light() {
    if (!current.shape) return;
    cells.light();
    solid.light();
    bars.paint();
    write();
  }

  function write() {
    const { shape, k } = current;
    const site = session.chosen;
    const empty = active.filter((i) => isEmpty(shape, i));
    const least = session.shape?.energy ?? NaN;
    const recording = byHand() ? null : steps.recording;
    const before = recording ? recording.energy[k - 1] : hand.tries.at(hand.site >= 0 ? -1 : -2)?.energy;
    told.plane(shape, site, hand.lift(site));
    told.score(shape, {
      least, before, empty: empty.length,
      best: Math.min(shape.residual, ...hand.tries.map(({ residual }) => residual)),
      moves: Math.max(0, hand.tries.length - 1),
      tau: recording && { value: recording.step[k], solver: recording.solver, arrival: recording.arrival[k] },
    });
    for (const id of ['lower', 'slider', 'raise']) part(id).disabled = site < 0;
    if (!sliding) part('slider').value = site < 0 ? 0 : (100 * hand.lift(site)) / (0.25 * unitOf());
    part('slider').setAttribute('aria-valuetext', site < 0 ? 'No plane chosen' : state().label(site));
    part('undo').disabled = hand.tries.length < 2;
    part('reset').disabled = !hand.list.length && hand.site < 0;
    const facts = `${whole(shape.count - empty.length)} cells, residual ${few(shape.residual, 3)}`;
    part('cells').setAttribute('aria-label', `The cells at these heights: ${facts}.`);
    part('solid').setAttribute('aria-label', `The graph of u at these heights: ${facts}.`);
    place.dataset.shown = byHand() ? `hand ${JSON.stringify(hand.list)}` : `${session.settings.solver} ${k}`;
    if (byHand()) {
      if (hand.site < 0) trace(part('trace'), hand.tries, least);
      if (empty.length) tell(emptyWords(empty));
      else if (part('told').dataset.wrong !== 'true' || hand.site >= 0) tell(active.length > MANY ? MANY_WORDS : '');
    } else legend(part('legend'), shape);
  }

  const emptyWords = (empty) => {
    const names = empty.slice(0, 3).map((i) => whole(i + 1)).join(', ');
    return `${empty.length === 1 ? `Plane ${names} is` : `${whole(empty.length)} planes (${names}${empty.length > 3 ? ', …' : ''}) are`} nowhere on top: ${empty.length === 1 ? 'its site gets' : 'their sites get'} no mass. Choose ${empty.length === 1 ? 'it' : 'one'} and raise it.`;
  };

  const follow = latest(async () => {
    const { settings: { from }, serial } = session;
    if (!session.shape || !awake) return;
    place.dataset.mode = byHand() ? 'hand' : 'solver';
    for (const input of $$('[name=ht-who]', place)) input.checked = (input.value === 'hand') === byHand();
    part('from').value = from;
    if (!byHand()) {
      shownKey = '';
      await steps.follow();
      return;
    }
    steps.rest();
    const key = `${serial} ${from} ${JSON.stringify(hand.list)}`;
    if (hand.site >= 0 || key === shownKey) return;
    try {
      const shape = await hand.state();
      if (!shape || !byHand()) return;
      shownKey = key;
      if (hand.site < 0) show({ shape, gradient: null, direction: null, k: 0 });
    } catch (error) {
      tell(`These heights cannot be shown. ${sentence(error.message)} Reset, or choose another start.`, true);
    }
  });
  for (const type of ['hover', 'choice']) session.addEventListener(type, () => awake && light());

  for (const input of $$('[name=ht-who]', place)) on(input, 'change', () => session.patch({ step: input.value === 'hand' ? null : 0 }));
  // Moves are counted from the start: with another start they mean nothing.
  on(part('from'), 'change', () => session.patch({ from: part('from').value, hand: [], ...(byHand() ? {} : { step: 0 }) }));
  on(part('undo'), 'click', () => hand.undo());
  on(part('reset'), 'click', () => hand.reset());
  on(part('finish'), 'click', async () => {
    await session.patch({ solver: 'newton', step: 0 });
    await follow();
    steps.play();
  });
  for (const [id, sign] of [['lower', -1], ['raise', 1]]) {
    on(part(id), 'click', () => {
      actions.nudge(session.chosen, 4 * sign);
      actions.settle();
    });
  }
  const slider = part('slider');
  let from = 0;
  on(slider, 'input', () => {
    if (!sliding) {
      from = hand.lift(session.chosen);
      if (session.chosen < 0 || !hand.grab(session.chosen)) return;
      sliding = true;
    }
    actions.to((Number(slider.value) / 100) * 0.25 * unitOf() - from);
  });
  on(slider, 'change', () => {
    sliding = false;
    actions.release();
  });

  return {
    update: () => follow(),
    rest() {
      awake = false;
      steps.rest();
      actions.settle();
    },
    wake() {
      // Others may have moved the planes of the worker meanwhile.
      awake = true;
      shownKey = '';
      follow();
    },
  };
}
