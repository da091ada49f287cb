// The line in the page's foot that says what is kept for when there is no network, and the button in
// its head that is there when a new version is.

import { $, $$, announce, on, setText } from '../dom.js';
import { Offline } from '../offline.js';

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const joined = (words) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);

const PROBLEMS = {
  room: 'The browser has no room to keep more, or allows none. The page works on.',
  build: 'The server’s files are of another version than this page: what was not kept before is not there.',
  server: 'The server did not give every file; nothing is lost, and it is tried again at the next visit.',
  offline: 'The connection failed. What was kept stays; press again when it is back.',
};

/** The scenes by the names of the header, in its order; Transport is what the page opens with. */
function scenes(offline) {
  return $$('.scenes a').map(({ hash, textContent }) => ({ id: hash.replace('#scene-', ''), name: textContent }))
    .filter(({ id }) => id === 'transport' || offline.state.scenes[id])
    .map(({ id, name }) => ({ name, kept: id === 'transport' || offline.has(id) }));
}

function words(offline) {
  const rest = offline.missing();
  const all = scenes(offline);
  const kept = all.filter((scene) => scene.kept).map(({ name }) => name);
  const away = navigator.onLine ? 'Without a network you still have' : 'No network. You have';
  const size = megabytes(offline.bytes);
  if (!rest.length) return navigator.onLine ? `All of this page is kept here and works without a network (${size}).` : `No network: all of this page is kept here (${size}).`;
  return `${away} ${joined(kept)} (${size}).`;
}

/** Starts keeping, and shows it. Called when the page is ready. */
export function offline() {
  const kept = new Offline();
  const place = $('#offline');
  const button = (name) => $(`#offline-${name}`);

  function show() {
    const { state, keeping, problem, update } = kept;
    place.hidden = !state && !problem && !update;
    if (update && button('update').hidden) announce('A new version of this page is ready.');
    button('update').hidden = !update;
    const rest = state ? kept.missing() : [];
    const busy = Boolean(keeping);
    button('progress').hidden = !busy;
    button('cancel').hidden = !busy;
    button('keep').hidden = busy || !rest.length || !navigator.onLine;
    if (busy) {
      button('progress').max = keeping.total;
      button('progress').value = keeping.done;
      setText(button('text'), `Keeping ${megabytes(keeping.done)} of ${megabytes(keeping.total)}`);
    } else {
      const told = update ? ' A new version is ready: it begins when you reload by “Update”, or when no page of Brenier is open.' : '';
      setText(button('text'), `${problem ? PROBLEMS[problem.code] ?? problem.message : state ? words(kept) : ''}${told}`.trim());
      setText(button('keep'), `Keep everything for offline, ${megabytes(rest.reduce((sum, { bytes }) => sum + bytes, 0))} more`);
    }
    // A copy on this machine needs none to take away.
    button('stick').hidden = !state || busy || /^(localhost|127\.|\[::1\])/.test(location.hostname);
    place.dataset.state = busy ? 'keeping' : problem ? 'problem' : !state ? 'none' : rest.length ? 'some' : 'all';
  }
  kept.addEventListener('change', show);
  on(window, 'online offline', show);
  on(button('keep'), 'click', async () => {
    const all = kept.keepEverything();
    show();
    // The button that had the focus is gone: it stays with what took its place.
    button('cancel').focus({ preventScroll: true });
    await all;
    const focused = document.activeElement === button('cancel');
    show();
    if (focused) (button('keep').hidden ? place : button('keep')).focus({ preventScroll: true });
    announce(kept.missing().length ? button('text').textContent : 'Everything is kept: the page works without a network.');
  });
  on(button('cancel'), 'click', () => kept.cancel());
  on(button('update'), 'click', async () => {
    const others = await kept.takeOver();
    if (others) setText(button('text'), `${others === 1 ? 'Another page' : `${others} other pages`} of Brenier ${others === 1 ? 'is' : 'are'} open. Close ${others === 1 ? 'it' : 'them'}, then update.`);
  });
  kept.start({ all: true }).then(() => { place.dataset.settled = 'true'; });
}
