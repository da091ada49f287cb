// Light, dark, or as the system says. first.js applies the choice before the first paint.

import { $, on } from './dom.js';
import { setting } from './storage.js';

const ORDER = ['auto', 'light', 'dark'];
const WORDS = { auto: 'as the system', light: 'light', dark: 'dark' };
const ICONS = { auto: '#i-auto', light: '#i-sun', dark: '#i-moon' };

export function theme() {
  const button = $('#theme');
  const show = () => {
    const choice = document.documentElement.dataset.themeChoice ?? 'auto';
    button.setAttribute('aria-label', `Theme: ${WORDS[choice]}`);
    button.title = `Theme: ${WORDS[choice]}`;
    $('use', button).setAttribute('href', ICONS[choice]);
  };
  on(button, 'click', () => {
    const now = ORDER.indexOf(document.documentElement.dataset.themeChoice ?? 'auto');
    const next = ORDER[(now + 1) % ORDER.length];
    setting('theme', next === 'auto' ? null : next);
    document.dispatchEvent(new Event('brenier:theme'));
    show();
  });
  show();
}
