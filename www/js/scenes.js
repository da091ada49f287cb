// Which scene the page shows: the one in the plane, or the one in space, which is fetched when it
// is first opened. The link says which, so that back and forward work.

import { $, h } from './dom.js';

export const inSpace = (hash = location.hash) => /[#&]scene=space(&|$)/.test(hash);
const root = document.documentElement;
let space = null;
let plane = null;

/** The session of the scene that is shown. */
export const shown = () => (root.dataset.scene === 'space' && space?.ready?.session) || plane;

function load(hash) {
  const section = $('#scene-space');
  const style = h('link', { rel: 'stylesheet', href: 'css/space.css' });
  const styled = new Promise((resolve, reject) => Object.assign(style, { onload: resolve, onerror: () => reject(new Error('a style sheet')) }));
  document.head.append(style);
  space = { ready: null };
  space.loading = Promise.all([import('./space/space.js'), styled])
    .then(([module]) => module.space(section, hash))
    .then((ready) => { space.ready = ready; })
    .catch((error) => {
      space = null;
      style.remove();
      section.replaceChildren(h('p', { class: 'space-wait', role: 'alert', text: error.code ? error.message : `The scene could not be loaded (${error.message}). Check the connection and choose it again.` }));
    });
}

/** Shows one scene; `hash` is a link to open in space, else the scene there stays as it was. */
async function show(name, hash) {
  const section = $('#scene-space');
  plane.address.resting = name === 'space';
  if (name !== 'space') {
    delete root.dataset.scene;
    section.hidden = true;
    if (space?.ready) {
      space.ready.rest();
      space.ready.session.address.resting = true;
    }
    return;
  }
  root.dataset.scene = 'space';
  section.hidden = false;
  if (!space) load(hash || 'scene=space');
  else if (space.ready && hash && hash !== space.ready.session.address.link) space.ready.open(hash);
  await space?.loading;
  if (!space?.ready) return;
  const away = root.dataset.scene !== 'space';
  space.ready.session.address.resting = away;
  if (away) space.ready.rest();
  else space.ready.wake();
}

/** Goes to a scene as a person does: the address follows. */
export async function go(name) {
  if ((name === 'space') === (root.dataset.scene === 'space')) {
    // One that could not be loaded is tried again.
    if (name === 'space' && !space) await show(name, location.hash);
    return;
  }
  const link = name === 'space' ? space?.ready?.session.address.link || '#scene=space' : plane.address.link;
  history.pushState(null, '', link || location.pathname + location.search);
  await show(name);
}

/** `session` is the plane's. Resolves to the scene in space where that is the one of the link. */
export function scenes(session) {
  plane = session;
  const follow = () => show(inSpace() ? 'space' : 'plane', inSpace() ? location.hash : '');
  addEventListener('hashchange', follow);
  return inSpace() ? follow().then(() => space?.ready) : Promise.resolve(null);
}
