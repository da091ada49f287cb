// The parts of the scene: one is shown, made when it is first shown.

import { $, $$, h, on } from '../dom.js';
import { PARTS, SETS } from './settings.js';

/** `makers` by part: (place, session, tools) → { update, rest? }. */
export function tabs(session, makers, tools) {
  const list = $('#scene-faces .faces-tabs');
  const buttons = $$('[role=tab]', list);
  const made = {};

  function make(part) {
    const place = $(`#faces-part-${part}`);
    const it = makers[part](place, session, tools);
    // What a part holds has headings: they stand under this one.
    place.prepend(h('h2', { class: 'hidden-text', text: PARTS[part].name }));
    return it;
  }
  function show() {
    const { part, set } = session.settings;
    const [one, other] = $$('#faces-lead span');
    [one.textContent, other.textContent] = PARTS[part].lead(SETS[set].one);
    $('#scene-faces').dataset.part = part;
    for (const button of buttons) {
      const chosen = button.dataset.part === part;
      button.setAttribute('aria-selected', String(chosen));
      button.tabIndex = chosen ? 0 : -1;
      button.hidden = button.dataset.part === 'classes' && set === 'faces';
    }
    for (const panel of $$('.faces-part')) {
      panel.hidden = panel.dataset.part !== part;
      if (panel.hidden) made[panel.dataset.part]?.rest?.();
    }
    if (session.state !== 'ready') return;
    made[part] ??= make(part);
    made[part].update();
  }
  on(list, 'click', (event) => {
    const button = event.target.closest('[role=tab]');
    if (button) session.patch({ part: button.dataset.part });
  });
  on(list, 'keydown', (event) => {
    const open = buttons.filter((button) => !button.hidden);
    const here = open.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? open.length - 1 : (here + step + open.length) % open.length;
    if (here < 0 || !(next >= 0)) return;
    event.preventDefault();
    open[next].focus();
    session.patch({ part: open[next].dataset.part });
  });
  for (const type of ['settings', 'state', 'heights']) session.addEventListener(type, show);
  show();
  return { rest: () => Object.values(made).forEach((part) => part.rest?.()) };
}
