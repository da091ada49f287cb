// Definitions of numbers: one tip for all, by pointer, by focus and by touch.

import { $, on } from '../dom.js';

export function hints() {
  const tip = $('#tip');
  let owner = null;

  function hide() {
    owner?.removeAttribute('aria-describedby');
    owner = null;
    tip.hidden = true;
  }
  function show(button) {
    if (owner === button) return;
    hide();
    owner = button;
    tip.textContent = button.dataset.hint;
    tip.hidden = false;
    button.setAttribute('aria-describedby', 'tip');
    place();
  }
  function place() {
    const b = owner.getBoundingClientRect();
    const t = tip.getBoundingClientRect();
    const left = Math.min(Math.max(8, b.left), innerWidth - t.width - 8);
    const above = b.top - t.height - 8;
    tip.style.transform = `translate(${left}px, ${above > 8 ? above : b.bottom + 8}px)`;
  }
  const target = (event) => event.target.closest?.('[data-hint]');
  on(document, 'pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const button = target(event);
    if (button) show(button);
    else if (owner && document.activeElement !== owner) hide();
  });
  on(document, 'focusin', (event) => {
    const button = target(event);
    if (button) show(button);
    else hide();
  });
  on(document, 'click', (event) => {
    const button = target(event);
    if (button) show(button);
    else hide();
  });
  on(document, 'keydown', (event) => {
    if (event.key === 'Escape') hide();
  });
  // The focus itself may have scrolled the page to the button: its hint goes along.
  on(window, 'scroll resize', () => {
    if (owner && document.activeElement === owner) place();
    else hide();
  }, { passive: true });
}
