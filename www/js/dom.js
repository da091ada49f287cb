// Small helpers over the DOM, so that the modules below read as what they do.

export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** Makes an element; `attributes` may hold `text`, `class`, any attribute, or `on…` listeners. */
export function h(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

const SVG = 'http://www.w3.org/2000/svg';
/** The same for SVG. */
export function s(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === 'text') element.textContent = value;
    else if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((c) => c !== null && c !== undefined));
  return element;
}

export function on(target, types, listener, options) {
  if (target) for (const type of types.split(' ')) target.addEventListener(type, listener, options);
}

/** Writes text only where it changed: numbers change often, layout must not. */
export function setText(element, text) {
  if (element && element.textContent !== text) element.textContent = text;
}

/** Makes a canvas `side` pixels square; one that is stays as it is. A new one is 300 by 150. */
export function square(canvas, side) {
  if (canvas.width !== side || canvas.height !== side) canvas.width = canvas.height = side;
}

export const reducedMotion = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Says something to screen readers. */
export function announce(text) {
  setText($('#live'), text);
}

/** Offers a file to be saved. */
export function save(blob, name) {
  const url = URL.createObjectURL(blob);
  const link = h('a', { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  requestAnimationFrame(() => requestAnimationFrame(() => URL.revokeObjectURL(url)));
}

/**
 * Runs `task` for the newest value only: while one run is under way, a later call replaces
 * any call that waits.
 */
export function latest(task) {
  let running = false;
  let waiting = null;
  return async function run(value) {
    if (running) {
      waiting = { value };
      return;
    }
    running = true;
    try {
      await task(value);
    } finally {
      running = false;
      if (waiting) {
        const next = waiting.value;
        waiting = null;
        run(next);
      }
    }
  };
}
