// What the address of an embed asks for before the `#`, and by message afterwards: which controls are
// kept, light or dark, how large. The address stays what is true: messages change it first.

import { OPTIONS } from './link.js';
import { CONTROLS, SETS } from './names.js';

const root = document.documentElement;
const SCALE = [0.5, 4];
/** Widths in rem below which something leaves: embed.css says what. A screen's rem know no scale. */
const ROOM = [46, 34, 24, 18];

const read = () => new URLSearchParams(location.search);
const names = (text) => (text ?? '').split(',').map((name) => name.trim()).filter((name) => Object.hasOwn(CONTROLS, name));

/** The set of controls that the address asks for; null leaves it to the link. */
export const asked = () => {
  const set = read().get('controls');
  return Object.hasOwn(SETS, set ?? '') ? set : null;
};

/** Shows what the address asks for; `set` is the link's word on controls. */
export function apply(set = root.dataset.set ?? 'few') {
  root.dataset.set = set;
  const query = read();
  const base = asked() ?? set;
  const [show, hide] = [names(query.get('show')), names(query.get('hide'))];
  // A control that the set has not comes from the set of all, and takes none of the others with it.
  const more = show.filter((name) => !SETS[base].includes(name));
  root.dataset.controls = more.length ? 'all' : base;
  const gone = new Set(Object.keys(CONTROLS).filter((name) => !SETS[base].includes(name) && !more.includes(name)));
  for (const name of hide) gone.add(name);
  put('hide', [...gone]);
  put('show', more);
  const scale = Number(query.get('scale'));
  const wanted = scale > 0 ? Math.min(SCALE[1], Math.max(SCALE[0], scale)) : 1;
  if (String(wanted) !== root.style.getPropertyValue('--scale')) {
    root.style.setProperty('--scale', wanted);
    dispatchEvent(new Event('resize'));
  }
  room();
  document.dispatchEvent(new Event('brenier:theme'));
}

function room() {
  const rem = innerWidth / parseFloat(getComputedStyle(root).fontSize);
  put('room', ROOM.filter((least) => rem < least));
}
addEventListener('resize', room);

function put(key, list) {
  if (list.length) root.dataset[key] = list.join(' ');
  else delete root.dataset[key];
}

/** Changes options: values by name, null as it is usual. Says whether all of them were known. */
export function change(options) {
  const known = Object.entries(options).every(([key, value]) => OPTIONS.includes(key) && key !== 'origins' && (value === null || ['string', 'number'].includes(typeof value)));
  if (!known) return false;
  const url = new URL(location.href);
  for (const [key, value] of Object.entries(options)) {
    if (value === null || value === '') url.searchParams.delete(key);
    else url.searchParams.set(key, value);
  }
  history.replaceState(history.state, '', url.search + url.hash || location.pathname);
  apply();
  return true;
}

/** The origins that may speak to this frame; null where any parent may. */
export const origins = () => {
  const list = read().get('origins');
  return list === null ? null : list.split(',').map((word) => word.trim()).filter(Boolean);
};
