// Which scene of the plane stands beside the faces, where there is room for two: transport, or
// networks that lose modes. scenes.js shows it.

import { h, on } from '../dom.js';

const SCENES = [['transport', 'Transport'], ['coverage', 'Mode coverage']];

export function beside(plane, place) {
  // An embed has one scene alone.
  if (document.documentElement.classList.contains('embed')) return;
  const buttons = SCENES.map(([scene, name]) => h('button', { type: 'button', 'data-scene-beside': scene, 'aria-pressed': 'false', text: name }));
  const list = h('div', { class: 'faces-tabs faces-beside', role: 'group', 'aria-label': 'In the plane beside' }, ...buttons);
  place.before(list);
  const show = () => buttons.forEach((button) => {
    button.setAttribute('aria-pressed', String(button.dataset.sceneBeside === (plane.scenario?.scene ?? 'transport')));
  });
  on(list, 'click', (event) => {
    const scene = event.target.closest('button')?.dataset.sceneBeside;
    if (scene && plane.scenario && plane.scenario.scene !== scene) plane.patch({ scene });
  });
  plane.addEventListener('scenario', show);
  show();
}
