// How much larger than usual an embed was asked to be. Type follows by its unit; what is drawn on a
// canvas follows here: a figure drawn twice as large is one of half as many pixels, each twice as wide.

const root = document.documentElement;

/** 1 on the page, and in an embed without `scale=`. Read where embed/options.js writes it: no style is computed. */
export const enlargement = () => Number(root.style.getPropertyValue('--scale')) || 1;

/** The width of an element in the pixels of a figure, and how many of the canvas' own each has across. */
export function measure(element, sharpest = 3) {
  const scale = enlargement();
  return { size: element.clientWidth / scale, ratio: Math.min(sharpest, devicePixelRatio || 1) * scale, scale };
}

/** Where a pointer is over an element, in the pixels of a figure. */
export function pixel(event, element) {
  const box = element.getBoundingClientRect();
  const scale = enlargement();
  return [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
}

/** Calls `change` whenever an embed is asked for another scale. */
export function enlarged(change) {
  let before = enlargement();
  new MutationObserver(() => {
    if (enlargement() === before) return;
    before = enlargement();
    change();
  }).observe(root, { attributes: true, attributeFilter: ['style'] });
}
