// The embed: the figure alone, and the messages to and from the page around it.

import { $, on, setText } from './dom.js';
import { scientific } from './format.js';
import { Offline } from './offline.js';
import { scene } from './scene.js';
import { apart, opened, scenes } from './scenes.js';
import { nameSource } from './ui/source.js';

/** The scenes that are views of the plane's scenario. */
const VIEWS = ['coverage', 'potential'];
const asked = new URLSearchParams(location.search).get('controls');
if (['all', 'few', 'none'].includes(asked)) document.documentElement.dataset.controls = asked;

const { session, player, solver, start } = scene();

/** Tells the page around what happened here. */
function post(type, detail = {}) {
  if (parent !== window) parent.postMessage({ source: 'brenier', type, ...detail }, '*');
}

// A deck that shows the slide starts the figure, one that leaves it stops it: reveal.js posts
// the bare words, other decks may post { type: 'slide:start' }.
on(window, 'message', (event) => {
  if (event.source !== parent) return;
  const type = typeof event.data === 'string' ? event.data : event.data?.type;
  if (type === 'slide:start') {
    player.setAway(false);
    solver.wake();
    for (const name of VIEWS) opened(name)?.wake();
    if (session.scenario?.view.samples && !document.documentElement.dataset.method) player.play();
  } else if (type === 'slide:stop') {
    player.setAway(true);
    player.pause();
    solver.rest();
    for (const name of VIEWS) opened(name)?.rest();
  } else if (type === 'brenier:open' && typeof event.data.hash === 'string') {
    // The address tells the scenes apart.
    if (apart() || apart(`#${event.data.hash}`)) location.hash = event.data.hash;
    else session.open(event.data.hash);
  }
});

new IntersectionObserver((entries) => {
  const away = !entries.at(-1).isIntersecting;
  player.setAway(away);
  if (away) {
    player.pause();
    solver.rest();
  } else solver.wake();
}).observe($('#figure'));

for (const name of VIEWS) {
  new IntersectionObserver((entries) => {
    const made = opened(name);
    if (entries.at(-1).isIntersecting) made?.wake();
    else made?.rest();
  }).observe($(`#scene-${name}`));
}

// The deck's keys stay the deck's: a key that no point and no control takes is passed on.
on(document, 'keydown', (event) => {
  if (event.defaultPrevented || event.target.closest?.('input, button, a, select, textarea')) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  post('key', { key: event.key, code: event.code, shiftKey: event.shiftKey });
  const reveal = { ArrowRight: 'right', ArrowLeft: 'left', ArrowUp: 'up', ArrowDown: 'down', PageDown: 'next', PageUp: 'prev', ' ': 'next' }[event.key];
  if (reveal && parent !== window) parent.postMessage(JSON.stringify({ method: reveal }), '*');
});

session.addEventListener('frame', (event) => {
  const { report, count, canUndo, canRedo, needsSolve } = event.detail;
  nameSource(event.detail);
  $('#undo').disabled = !canUndo;
  $('#redo').disabled = !canRedo;
  setText($('[data-value=residual]'), report ? scientific(report.residual) : '–');
  post('frame', { count, needsSolve, report: report ? { iterations: report.iterations, residual: report.residual, w2Dual: report.w2Dual, w2Upper: report.w2Upper, stopped: report.stopped, milliseconds: report.milliseconds } : null });
});
session.addEventListener('scenario', (event) => {
  if (!asked) document.documentElement.dataset.controls = event.detail.controls;
});
session.addEventListener('link', (event) => {
  $('#home').href = `./${event.detail.link}`;
  post('state', event.detail);
});
session.addEventListener('problem', (event) => post('error', { code: event.detail.code ?? '', message: event.detail.message }));

if (apart()) openApart(apart());
else {
  scenes(session);
  if (await start()) {
    post('ready', { hash: location.hash });
    new Offline().start();
  }
}

/** A scene with a session of its own: the same messages, of that session. */
async function openApart(name) {
  const made = await scenes(session);
  if (!made) return;
  post('ready', { hash: location.hash });
  new Offline().start();
  const told = () => {
    const { report, scene } = made.session;
    if (report && scene) post('frame', { count: scene.sites.length / 3, needsSolve: false, report });
  };
  told();
  made.session.addEventListener('state', told);
  made.session.addEventListener('link', (event) => post('state', event.detail));
  made.session.addEventListener('problem', (event) => post('error', { code: event.detail.code ?? '', message: event.detail.message }));
  const show = (value) => (value ? made.wake() : made.rest());
  new IntersectionObserver((entries) => show(entries.at(-1).isIntersecting)).observe($(`#scene-${name}`));
  on(window, 'message', (event) => {
    if (event.source !== parent) return;
    const type = typeof event.data === 'string' ? event.data : event.data?.type;
    if (type === 'slide:start' || type === 'slide:stop') show(type === 'slide:start');
  });
}
