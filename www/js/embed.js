// The embed: the figure alone, driven by the page around it.

import { $, on, setText } from './dom.js';
import { keys } from './embed/keys.js';
import { changed } from './embed/link.js';
import { messages } from './embed/messages.js';
import { apply, asked, change, origins } from './embed/options.js';
import { remote } from './embed/remote.js';
import { share } from './embed/share.js';
import { scientific } from './format.js';
import { Offline } from './offline.js';
import { scene } from './scene.js';
import { apart, arrived, loading, opened, scenes, shown } from './scenes.js';
import { nameSource } from './ui/source.js';

/** The scenes that are views of the plane's scenario, and those with a session of their own. */
const VIEWS = ['coverage', 'potential'];
const APART = ['space', 'faces'];
const root = document.documentElement;
apply();
share();

const { session, figure, player, solver, start } = scene();
let arriving = null;
const control = remote({ session, figure, arrived: () => arriving });
const links = messages({ allowed: origins(), handle });
const { post } = links;
keys(links);

const now = () => ({ hash: control.link(), scene: control.scene() });

/** A deck that shows the slide starts the figure, one that leaves it stops it. */
function slide(seen) {
  const made = opened(root.dataset.scene);
  player.setAway(!seen);
  if (seen) {
    solver.wake();
    made?.wake();
    if (!root.dataset.scene && session.scenario?.view.samples && !root.dataset.method) player.play();
  } else {
    player.pause();
    solver.rest();
    for (const name of [...VIEWS, ...APART]) opened(name)?.rest();
  }
}

let settle;
/** What comes before the first scene stands waits for it. */
const stands = new Promise((resolve, reject) => { settle = { resolve, reject }; });
stands.catch(() => { /* told to whoever asks */ });

/** Does what a message asks; see messages.js. */
async function handle(message) {
  await stands;
  switch (message.type) {
    case 'slide:start':
    case 'slide:stop':
      slide(message.type === 'slide:start');
      return null;
    case 'set':
      await set(typeof message.state === 'string' ? message.state : changed(control.link(), message.state));
      return null;
    case 'options':
      if (!change(message.options)) throw Object.assign(new Error('An option is not known, or no text or number.'), { code: 'options' });
      return null;
    case 'play':
    case 'pause':
      if (!control[message.type]()) throw Object.assign(new Error('There is nothing to play here.'), { code: 'play' });
      return null;
    case 'step':
      if (!control.step(message.by)) throw Object.assign(new Error('There is no such step here.'), { code: 'step' });
      return null;
    case 'reset':
      await control.reset();
      return null;
    case 'png': {
      const blob = await control.png(message.size ?? 2048);
      if (!blob) throw Object.assign(new Error('There is no picture yet.'), { code: 'png' });
      return { type: 'png', detail: { blob } };
    }
    default:
      return { type: 'state', detail: { ...now(), link: now().hash, carried: shown().address.carried } };
  }
}

new IntersectionObserver((entries) => {
  const away = !entries.at(-1).isIntersecting;
  player.setAway(away);
  if (away) {
    player.pause();
    solver.rest();
  } else solver.wake();
}).observe($('#figure'));

for (const name of [...VIEWS, ...APART]) {
  new IntersectionObserver((entries) => {
    const made = opened(name);
    if (entries.at(-1).isIntersecting) made?.wake();
    else made?.rest();
  }).observe($(`#scene-${name}`));
}

/** Links that are being opened by message, and what went wrong meanwhile. */
let setting = 0;
const meanwhile = [];
const refused = new WeakSet();
function tellProblem({ detail }) {
  if (setting) meanwhile.push(detail);
  else post('error', { code: detail.code ?? '', message: detail.message });
}
/** Opens a link. What is wrong with it is the answer, and told once. */
async function set(link) {
  setting += 1;
  try {
    await control.open(link);
  } catch (error) {
    refused.add(error);
    throw error;
  } finally {
    setting -= 1;
    if (!setting) for (const error of meanwhile.splice(0)) if (!refused.has(error)) tellProblem({ detail: error });
  }
}
/** `state` is the older name of the message, and of its link. */
function tellLink({ detail }) {
  post('state', detail);
  post('state-changed', { ...now(), hash: detail.link, carried: detail.carried });
}
session.addEventListener('frame', (event) => {
  const { report, count, canUndo, canRedo, needsSolve } = event.detail;
  nameSource(event.detail);
  $('#undo').disabled = !canUndo;
  $('#redo').disabled = !canRedo;
  setText($('[data-value=residual]'), report ? scientific(report.residual) : '–');
  post('frame', { count, needsSolve, report: report ? { iterations: report.iterations, residual: report.residual, w2Dual: report.w2Dual, w2Upper: report.w2Upper, stopped: report.stopped, milliseconds: report.milliseconds } : null });
});
session.addEventListener('scenario', (event) => {
  if (!asked() && root.dataset.set !== event.detail.controls) apply(event.detail.controls);
});
session.addEventListener('link', (event) => {
  $('#home').href = `./${event.detail.link}`;
  tellLink(event);
});
session.addEventListener('problem', tellProblem);

const heard = new Set();
/** Scenes with a session of their own tell the same of it, from when they are first opened. */
function hearApart() {
  const made = APART.includes(root.dataset.scene) && opened(root.dataset.scene);
  if (!made || heard.has(made)) return;
  heard.add(made);
  const told = () => {
    const { report, scene: solved } = made.session;
    if (report && solved) post('frame', { count: solved.sites.length / 3, needsSolve: false, report });
  };
  told();
  made.session.addEventListener('state', told);
  made.session.addEventListener('link', tellLink);
  made.session.addEventListener('problem', tellProblem);
}

/** Tells that the first scene stands, or why it does not. */
function settled(well) {
  if (!well) {
    const error = Object.assign(new Error($('#veil-text').textContent || 'The scene could not be loaded.'), { code: 'failed' });
    settle.reject(error);
    tellProblem({ detail: error });
    return;
  }
  hearApart();
  settle.resolve();
  post('ready', now());
  new Offline().start();
}

const following = scenes(session);
// A link may lead to another scene later, whose engine is loaded then.
on(window, 'hashchange', () => {
  arriving = (async () => {
    if (!apart()) {
      if (!session.engine) await start();
      return;
    }
    await arrived();
    hearApart();
  })();
});
const well = Boolean(apart() ? await following : await start());
// A view of the plane's scenario is fetched once that is known.
if (well) await loading(root.dataset.scene);
settled(well);
