// Which scene of the page is in view, marked in the header.

import { $, $$ } from '../dom.js';

export function tabs() {
  const links = $$('.scenes a');
  const shares = new Map(links.map((link) => [link, 0]));
  const watch = new IntersectionObserver((entries) => {
    for (const { target, intersectionRect } of entries) {
      shares.set(links.find((link) => link.hash === `#${target.id}`), intersectionRect.height);
    }
    const [most] = [...shares].reduce((a, b) => (b[1] > a[1] ? b : a));
    for (const link of links) {
      if (link === most) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
  }, { threshold: [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] });
  for (const link of links) watch.observe($(link.hash));
}
