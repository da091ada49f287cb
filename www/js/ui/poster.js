// Until the solver has loaded, the default scene stands in its place: drawn beforehand, in the
// colours of the page. Any other scene starts from an empty frame.

import { $ } from '../dom.js';

/** Shows the poster; returns how to take it away. */
export function poster() {
  let gone = false;
  const remove = () => {
    gone = true;
    $('#poster')?.remove();
  };
  if (location.hash.length > 1) return remove;
  fetch(new URL('../../poster.svg', import.meta.url)).then((answer) => (answer.ok ? answer.text() : '')).then((text) => {
    if (gone || !text) return;
    const drawing = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    drawing.id = 'poster';
    drawing.setAttribute('aria-hidden', 'true');
    $('#figure-box').prepend(drawing);
    $('#veil').dataset.poster = 'true';
  }).catch(() => { /* the poster is a courtesy: without it the frame stays empty */ });
  return remove;
}
