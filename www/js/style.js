// Style sheets that come with what needs them.

import { h } from './dom.js';

const linked = new Map();

/** Links a style sheet, such as `css/potential-heights.css`, once; resolves when it is there. */
export function style(href) {
  if (!linked.has(href)) {
    const link = h('link', { rel: 'stylesheet', href });
    const loaded = new Promise((resolve, reject) => {
      link.onload = resolve;
      link.onerror = () => reject(new Error(href));
    });
    loaded.catch(() => {
      linked.delete(href);
      link.remove();
    });
    linked.set(href, loaded);
    document.head.append(link);
  }
  return linked.get(href);
}
