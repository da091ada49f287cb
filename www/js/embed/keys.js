// The deck's keys stay the deck's: a key that no handle takes is passed on, and a control that was
// used with the pointer gives them back.

import { on } from '../dom.js';

const REVEAL = { ArrowRight: 'right', ArrowLeft: 'left', ArrowUp: 'up', ArrowDown: 'down', PageDown: 'next', PageUp: 'prev', ' ': 'next' };
/** What a clicker sends: a slider would take them for large steps. */
const CLICKER = ['PageDown', 'PageUp'];

/** Whether an element does something of its own with a key. */
function takes(element, key) {
  if (element.closest('.proxies')) return true;
  if (element.matches('input[type=text], input[type=number], textarea')) return true;
  if (key === 'Tab') return true;
  if (CLICKER.includes(key)) return false;
  if (element.matches('input, select, summary')) return true;
  return element.matches('button, a') && (key === ' ' || key === 'Enter');
}

/** `links` are what messages() returns. */
export function keys({ post, reveal }) {
  if (parent === window) return;
  on(document, 'keydown', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (['Shift', 'Control', 'Alt', 'Meta'].includes(event.key)) return;
    const control = event.target.closest?.('input, button, a, select, textarea, summary');
    if (event.key === 'Escape' && control) {
      control.blur();
      return;
    }
    if (control && takes(control, event.key)) return;
    post('key', { key: event.key, code: event.code, shiftKey: event.shiftKey });
    if (!REVEAL[event.key]) return;
    // A slider leaves a clicker's keys alone; what scrolls a page goes on scrolling it.
    if (control) event.preventDefault();
    reveal(REVEAL[event.key]);
  });
  // After a click on play the next arrow is the deck's. Handles keep the focus: arrows move them.
  on(document, 'click', (event) => {
    const control = event.target.closest?.('button, input[type=range], input[type=checkbox], input[type=radio]');
    if (event.detail > 0 && control && !control.closest('[role=application], dialog')) control.blur();
  });
}
