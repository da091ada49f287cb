// Which scene the page shows. Transport, mode coverage and potential are views of the plane's scenario,
// which says which; space and faces have a session, and links, of their own. Scenes are fetched
// when they are first opened, and the link says which one is shown, so that back and forward work.
// On wide screens the plane's scene stays beside the faces: see faces/beside.js.

import { $, h } from './dom.js';
import { remedy } from './remedy.js';
import { style } from './style.js';

/** The scene of its own that a link is of; null where it is the plane's. */
export const apart = (hash = location.hash) => /[#&]scene=(space|faces)(&|$)/.exec(hash)?.[1] ?? null;
const APART = ['space', 'faces'];
const root = document.documentElement;
let plane = null;

const MADE = {
  space: { style: 'css/space.css', make: (section, hash) => import('./space/space.js').then(({ space }) => space(section, hash)) },
  coverage: { style: 'css/coverage.css', make: (section) => import('./coverage/index.js').then(({ coverage }) => coverage(section, plane)) },
  potential: { style: 'css/potential.css', make: (section) => import('./potential/index.js').then(({ potential }) => potential(section, plane)) },
  faces: { style: 'css/faces.css', make: (section, hash) => import('./faces/index.js').then(({ faces }) => faces(section, hash, plane)) },
};
/** By name: { loading, ready }. */
const fetched = {};

/** The parts of a scene that was opened: { rest, wake }. */
export const opened = (name) => fetched[name]?.ready ?? null;

/** Resolves when a scene that is being fetched stands, or could not be loaded. */
export const loading = (name) => fetched[name]?.loading;

let arriving = Promise.resolve();
/** Resolves when the scene that the address last asked for stands, or could not be loaded. */
export const arrived = () => arriving;

/** The session of the scene that is shown. */
export const shown = () => (APART.includes(root.dataset.scene) && opened(root.dataset.scene)?.session) || plane;

function load(name, hash) {
  const section = $(`#scene-${name}`);
  const it = { ready: null };
  fetched[name] = it;
  it.loading = style(MADE[name].style)
    .then(() => MADE[name].make(section, hash))
    .then((ready) => { it.ready = ready; })
    .catch(async (error) => {
      delete fetched[name];
      const text = error.code ? error.message : `The scene could not be loaded (${error.message}). ${await remedy('choose it again')}`;
      // A page has its heading whatever fails.
      const link = $(`.scenes a[href="#scene-${name}"]`);
      section.replaceChildren(...(link ? [h('h1', { class: 'hidden-text', text: link.textContent })] : []), h('p', { class: 'space-wait', role: 'alert', text }));
    });
}

const VIEWS = ['coverage', 'potential'];
/** The view of the plane that its scenario says. */
const ofPlane = () => {
  const scene = plane.scenario?.scene;
  return VIEWS.includes(scene) && $(`#scene-${scene}`) ? scene : 'plane';
};

const wide = matchMedia('(min-width: 80rem)');
/** Beside the faces the plane's scene stands, where there is room; an embed has one alone. */
async function beside() {
  if (now() !== 'faces' || root.classList.contains('embed')) return;
  const both = () => now() === 'faces' && wide.matches && ofPlane() === 'coverage';
  root.dataset.beside = both() ? 'coverage' : 'transport';
  $('#scene-coverage').hidden = !both();
  if (both() && !fetched.coverage) load('coverage');
  await fetched.coverage?.loading;
  if (both()) opened('coverage')?.wake();
  else if (now() === 'faces') opened('coverage')?.rest();
}
wide.addEventListener('change', beside);

/** Shows one scene; `hash` is a link to open where it has its own, else it stays as it was. */
async function show(name, hash) {
  plane.address.resting = APART.includes(name);
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
  for (const other of APART) if (opened(other)) opened(other).session.address.resting = other !== name;
  if (name === 'plane') return;
  if (name === 'faces') beside();
  const own = APART.includes(name);
  const it = fetched[name];
  if (!it) load(name, hash || `scene=${name}`);
  else if (own && it.ready && hash && hash !== it.ready.session.address.link) await it.ready.open(hash);
  await fetched[name]?.loading;
  const made = opened(name);
  if (!made) return;
  const away = root.dataset.scene !== name;
  if (own) made.session.address.resting = away;
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
  if (APART.includes(name)) {
    history.pushState(null, '', opened(name)?.session.address.link || `#scene=${name}`);
    await show(name);
    return;
  }
  // Before the solver has answered there is no scenario to change.
  if (!plane.scenario) await new Promise((resolve) => { plane.addEventListener('scenario', resolve, { once: true }); });
  history.pushState(null, '', APART.includes(now()) ? plane.address.link || location.pathname + location.search : location.href);
  const scene = name === 'plane' ? 'transport' : name;
  const showing = show(name);
  if (plane.scenario.scene !== scene) await plane.patch({ scene });
  await showing;
}

/** `session` is the plane's. Resolves to the scene of its own that the link is of, else to null. */
export function scenes(session) {
  plane = session;
  const follow = () => {
    arriving = show(apart() ?? ofPlane(), apart() ? location.hash : '');
    return arriving;
  };
  addEventListener('hashchange', follow);
  session.addEventListener('scenario', () => {
    if (!apart() && !APART.includes(now()) && now() !== ofPlane()) show(ofPlane());
    else beside();
  });
  const name = apart();
  return name ? follow().then(() => opened(name)) : Promise.resolve(null);
}
