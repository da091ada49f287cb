// Which scene the page shows. Transport and mode coverage are two views of the plane's scenario,
// which says which; the scene in space has a session of its own. Scenes are fetched when they are
// first opened, and the link says which one is shown, so that back and forward work.

import { $, h } from './dom.js';

export const inSpace = (hash = location.hash) => /[#&]scene=space(&|$)/.test(hash);
const root = document.documentElement;
let plane = null;

const MADE = {
  space: { style: 'css/space.css', make: (section, hash) => import('./space/space.js').then(({ space }) => space(section, hash)) },
  coverage: { style: 'css/coverage.css', make: (section) => import('./coverage/index.js').then(({ coverage }) => coverage(section, plane)) },
};
/** By name: { loading, ready }. */
const fetched = {};

/** The parts of a scene that was opened: { rest, wake }. */
export const opened = (name) => fetched[name]?.ready ?? null;

/** The session of the scene that is shown. */
export const shown = () => (root.dataset.scene === 'space' && fetched.space?.ready?.session) || plane;

function load(name, hash) {
  const section = $(`#scene-${name}`);
  const style = h('link', { rel: 'stylesheet', href: MADE[name].style });
  const styled = new Promise((resolve, reject) => Object.assign(style, { onload: resolve, onerror: () => reject(new Error('a style sheet')) }));
  document.head.append(style);
  const it = { ready: null };
  fetched[name] = it;
  it.loading = styled
    .then(() => MADE[name].make(section, hash))
    .then((ready) => { it.ready = ready; })
    .catch((error) => {
      delete fetched[name];
      style.remove();
      section.replaceChildren(h('p', { class: 'space-wait', role: 'alert', text: error.code ? error.message : `The scene could not be loaded (${error.message}). Check the connection and choose it again.` }));
    });
}

/** Shows one scene; `hash` is a link to open in space, else the scene there stays as it was. */
async function show(name, hash) {
  plane.address.resting = name === 'space';
  if (name === 'plane') delete root.dataset.scene;
  else root.dataset.scene = name;
  for (const link of document.querySelectorAll('.scenes a')) {
    if (link.hash === `#scene-${name === 'plane' ? 'transport' : name}`) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
  $('.skip')?.setAttribute('href', name === 'plane' ? '#figure-box' : `#scene-${name}`);
  for (const other of Object.keys(MADE)) {
    const section = $(`#scene-${other}`);
    if (section) section.hidden = other !== name;
    if (other !== name) fetched[other]?.ready?.rest();
  }
  if (fetched.space?.ready) fetched.space.ready.session.address.resting = name !== 'space';
  if (name === 'plane') return;
  const it = fetched[name];
  if (!it) load(name, hash || 'scene=space');
  else if (name === 'space' && it.ready && hash && hash !== it.ready.session.address.link) it.ready.open(hash);
  await fetched[name]?.loading;
  const made = fetched[name]?.ready;
  if (!made) return;
  const away = root.dataset.scene !== name;
  if (name === 'space') made.session.address.resting = away;
  if (away) made.rest();
  else made.wake();
}

const now = () => root.dataset.scene || 'plane';

/** Goes to a scene as a person does: the address follows. */
export async function go(name) {
  if (name === now()) {
    // One that could not be loaded is tried again.
    if (name !== 'plane' && !fetched[name]) await show(name, location.hash);
    return;
  }
  if (name === 'space') {
    history.pushState(null, '', fetched.space?.ready?.session.address.link || '#scene=space');
    await show('space');
    return;
  }
  // Before the solver has answered there is no scenario to change.
  if (!plane.scenario) await new Promise((resolve) => { plane.addEventListener('scenario', resolve, { once: true }); });
  history.pushState(null, '', now() === 'space' ? plane.address.link || location.pathname + location.search : location.href);
  const scene = name === 'plane' ? 'transport' : name;
  const showing = show(name);
  if (plane.scenario.scene !== scene) await plane.patch({ scene });
  await showing;
}

/** `session` is the plane's. Resolves to the scene in space where that is the one of the link. */
export function scenes(session) {
  plane = session;
  const ofPlane = () => (session.scenario?.scene === 'coverage' && $('#scene-coverage') ? 'coverage' : 'plane');
  const follow = () => show(inSpace() ? 'space' : ofPlane(), inSpace() ? location.hash : '');
  addEventListener('hashchange', follow);
  session.addEventListener('scenario', () => {
    if (!inSpace() && now() !== 'space' && now() !== ofPlane()) show(ofPlane());
  });
  return inSpace() ? follow().then(() => fetched.space?.ready) : Promise.resolve(null);
}
