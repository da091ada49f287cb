// The parts of the scene: one is shown, fetched and made when it is first shown.

import { $, $$, on, setText } from '../dom.js';
import { remedy } from '../remedy.js';
import { style } from '../style.js';
import { PARTS } from './parts.js';

/** `tools` is what each part is handed beside its place and the session. */
export function tabs(section, session, tools) {
  const list = $('.pot-tabs', section);
  const buttons = $$('[role=tab]', list);
  const words = $('#potential-words', section);
  /** By part: { loading, made, module }. */
  const known = {};
  let shown = null;
  let awake = true;

  function load(part) {
    const it = { made: null, module: null };
    const place = $(`#potential-part-${part} > .pot-place`, section);
    const wait = $(`#potential-part-${part} > .pot-wait`, section);
    setText(wait, 'Loading…');
    wait.hidden = false;
    // Nothing is shown without its style: figures measure their place as they are made.
    it.loading = Promise.all([PARTS[part].load(), style(PARTS[part].style)]).then(([module]) => {
      it.module = module;
      it.made = module[part](place, session, tools);
      wait.hidden = true;
    }).catch(async (error) => {
      delete known[part];
      setText(wait, `This part could not be loaded (${error.message}). ${await remedy('choose it again')}`);
    });
    return it;
  }

  async function show() {
    const { part } = session.settings;
    const another = part !== shown;
    if (another) {
      if (shown) known[shown]?.made?.rest?.();
      shown = part;
      $$('#potential-lead span', section).forEach((span, k) => setText(span, PARTS[part].lead[k]));
      section.dataset.part = part;
      for (const button of buttons) {
        const chosen = button.dataset.part === part;
        button.setAttribute('aria-selected', String(chosen));
        button.tabIndex = chosen ? 0 : -1;
      }
      for (const panel of $$('.pot-part', section)) panel.hidden = panel.dataset.part !== part;
      words.replaceChildren();
      delete section.dataset.made;
    }
    if (session.state !== 'ready') return;
    const it = known[part] ??= load(part);
    await it.loading;
    if (shown !== part || session.state !== 'ready' || !it.made) return;
    if (it.module.prose && !words.firstChild) words.innerHTML = it.module.prose;
    if (another && awake) it.made.wake?.();
    it.made.update();
    // What is shown is the newest answer.
    section.dataset.made = part;
    section.dataset.serial = session.serial;
  }

  function choose(part) {
    if (part === session.settings.part) return;
    // A part is a place to come back to; a frame in a deck keeps the deck's own way back.
    if (!document.documentElement.classList.contains('embed')) history.pushState(history.state, '', location.href);
    session.patch({ part });
  }
  on(list, 'click', (event) => {
    const button = event.target.closest('[role=tab]');
    if (!button) return;
    // One that could not be loaded is tried again.
    if (button.dataset.part === session.settings.part) show();
    else choose(button.dataset.part);
  });
  on(list, 'keydown', (event) => {
    const here = buttons.indexOf(event.target);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = event.key === 'Home' ? 0 : event.key === 'End' ? buttons.length - 1 : (here + step + buttons.length) % buttons.length;
    if (here < 0 || !(next >= 0)) return;
    event.preventDefault();
    buttons[next].focus();
    choose(buttons[next].dataset.part);
  });
  for (const type of ['settings', 'state', 'shape']) session.addEventListener(type, show);
  show();
  return {
    rest() {
      awake = false;
      known[shown]?.made?.rest?.();
    },
    wake() {
      awake = true;
      known[shown]?.made?.wake?.();
    },
  };
}
