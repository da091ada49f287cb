// The part "Potential": the plane's cells, the graph of u over them, and its Legendre dual. One site
// is lit in all three.

import { $, $$, on, save, setText } from '../dom.js';
import { percent, plain, whole } from '../format.js';
import { HOME } from './camera.js';
import { cells } from './cells.js';
import { eye } from './eye.js';
import { HTML } from './graph-markup.js';
import { colours, dual, graph as primal } from './graphs.js';
import { lights } from './lights.js';
import { readout } from './readout.js';
import { Solid } from './solid.js';

export { prose } from './graph-markup.js';

/** Pixels from a vertex of the dual within which it is pointed at. */
const REACH = 60;

export function graph(place, session, { say }) {
  place.innerHTML = HTML;
  const box = $('#potential-views', place);
  const camera = eye(session);
  const keys = (name) => $(`#potential-keys-${name}`, place);
  const solid = (name) => new Solid($(`#potential-${name}`, place), { camera, keys: keys(name), say });
  const solids = { graph: solid('graph'), dual: solid('dual') };
  const plane = cells($('#potential-box-cells', place), session, say);
  const numbers = readout($('#potential-readout', place));
  let ink = colours();
  /** What the models on show were made of. */
  let made = '';

  function build() {
    const { shape, frame, settings: { project } } = session;
    const { singular } = session.plane.scenario.view;
    const key = [session.serial, project, singular].join();
    if (made === key) return;
    made = key;
    const options = { ink, domain: frame.domain, project, singular };
    const { held } = session.plane;
    solids.graph.set(primal(shape, options), held);
    solids.dual.set(dual(shape, options), held);
    describe();
    light();
  }

  function describe() {
    const { shape } = session;
    const torn = shape.facetSingular.reduce((n, one) => n + one, 0);
    const broken = shape.triangleBroken.reduce((n, one) => n + one, 0);
    const facets = shape.count - shape.hidden.length;
    const many = (n, word) => `${whole(n)} ${word}${n === 1 ? '' : 's'}`;
    const about = {
      graph: [`${many(facets, 'facet')}, ${whole(torn)} of ${many(shape.facetSingular.length, 'ridge')} singular`, '|yᵢ|'],
      dual: [`${many(shape.triangleBroken.length - solids.dual.model.outside, 'triangle')}, ${whole(broken)} torn`, '|x|'],
    };
    for (const [name, [words, slope]] of Object.entries(about)) {
      const { model } = solids[name];
      const legend = $(`[data-legend=${name}]`, place);
      setText($('.pot-facts', legend), words);
      setText($('.pot-slopes', legend), `slope ${slope} from ${plain(model.slopes[0], 3)} to ${plain(model.slopes[1], 3)}`);
      setText($('.pot-height', legend), `heights × ${plain(model.height, 3)}`);
      keys(name).setAttribute('aria-label', name === 'graph' ? `Graph of the potential: ${words}` : `Graph of its dual: ${words}`);
    }
    setText($('[data-legend=cells] .pot-facts', place), `${many(facets, 'cell')}, ${many(shape.count, 'point')}`);
  }

  /** Lights the site in all three views. */
  function light() {
    const { shape, lit } = session;
    if (!shape || !solids.graph.model) return;
    const { project } = session.settings;
    const two = lights(shape, lit, { ink, models: { graph: solids.graph.model, dual: solids.dual.model }, domain: session.frame.domain, project });
    solids.graph.light(two.graph);
    solids.dual.light(two.dual);
    plane.light();
    numbers.show(shape, lit, plane.figure.view?.extent ?? 1);
  }

  /** The corner of a triangle that is nearest to a place of the dual's picture. */
  function corner(triangle, x, y) {
    const { shape } = session;
    if (triangle < 0) return -1;
    let best = -1;
    let least = REACH;
    for (let k = 0; k < 3; k += 1) {
      const i = shape.triangles[3 * triangle + k];
      const [px, py] = solids.dual.where([shape.sites[2 * i], shape.sites[2 * i + 1], shape.dual[i]]);
      const d = Math.hypot(px - x, py - y);
      if (d < least) {
        least = d;
        best = i;
      }
    }
    return best;
  }
  solids.graph.onhover = (face) => session.hover(face);
  solids.graph.onpick = (face) => session.choose(face);
  solids.dual.onhover = (face, x, y) => session.hover(corner(face, x, y));
  solids.dual.onpick = (face, x, y) => session.choose(corner(face, x, y));
  for (const one of Object.values(solids)) {
    one.ontheme = () => {
      ink = colours();
      made = '';
      if (session.shape && !place.closest('[hidden]')) build();
    };
  }
  for (const name of ['graph', 'dual']) {
    on(keys(name), 'keydown', (event) => {
      const by = { PageDown: 1, PageUp: -1, ']': 1, '[': -1 }[event.key];
      if (by && session.shape) plane.step(by);
      else if (event.key === 'Escape' && session.chosen >= 0) session.choose(-1);
      else return;
      event.preventDefault();
    });
  }
  session.addEventListener('hover', light);
  session.addEventListener('choice', () => {
    light();
    const { shape, chosen } = session;
    if (!place.closest('[hidden]') && chosen >= 0 && document.activeElement?.matches('.pot-keys')) {
      say(`Cell ${chosen + 1} of ${shape.count}: slope ${plain(shape.sites[2 * chosen], 3)}, ${plain(shape.sites[2 * chosen + 1], 3)}, height ${plain(shape.heights[chosen], 3)}, mass ${percent(shape.cellMasses[chosen])}.`);
    }
  });
  // What can be done is said until it has been done.
  camera.addEventListener('change', () => $('.pot-turn', place)?.remove(), { once: true });
  controls(place, session, camera, box);
  takeAway(place, session, solids);

  function update() {
    if (!session.shape || place.closest('[hidden]')) return;
    $('[name=project]', place).checked = session.settings.project;
    $('[name=singular]', place).checked = session.plane.scenario.view.singular;
    plane.update();
    build();
  }
  session.plane.addEventListener('look', update);
  // A hand that lets go leaves the same answer, to be seen sharp.
  session.plane.addEventListener('frame', () => {
    if (!session.plane.held) for (const one of Object.values(solids)) one.rest();
  });
  return {
    update,
    rest: () => session.hover(-1),
    wake() {
      for (const one of Object.values(solids)) one.repaint();
    },
  };
}

function controls(place, session, camera, box) {
  on($('[name=project]', place), 'change', (event) => session.patch({ project: event.target.checked }));
  on($('[name=singular]', place), 'change', (event) => session.plane.look({ singular: event.target.checked }));
  const act = {
    in: () => camera.magnify(1.25),
    out: () => camera.magnify(0.8),
    above: () => camera.set({ yaw: 0, pitch: 90 }),
    home: () => camera.set(HOME),
  };
  for (const button of $$('[data-eye]', place)) on(button, 'click', act[button.dataset.eye]);
  // Where there is room for one solid, one is shown.
  const switches = $$('.pot-switch button', place);
  for (const button of switches) {
    on(button, 'click', () => {
      box.dataset.solid = button.dataset.solid;
      for (const other of switches) other.setAttribute('aria-pressed', String(other === button));
    });
  }
}

function takeAway(place, session, solids) {
  for (const button of $$('[data-take]', place)) {
    const [name, kind] = button.dataset.take.split('-');
    on(button, 'click', async () => {
      const title = `Brenier: ${name === 'graph' ? 'the potential' : 'its Legendre dual'} of ${session.shape.count} points. ${session.plane.address.to()}`;
      try {
        save(kind === 'png' ? await solids[name].toPng() : solids[name].toSvg(title), `brenier-${name === 'graph' ? 'potential' : 'dual'}.${kind}`);
      } catch (error) {
        session.fail(error);
      }
    });
  }
}
