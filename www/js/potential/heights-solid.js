// The graph of u beside the cells, at any heights. Its scale stays while planes move; the plane that
// is lit is drawn through the whole of Ω.

import { eye } from './eye.js';
import { colours, graph } from './graphs.js';
import { Solid, fit } from './solid.js';

export class HeightSolid {
  #box = null;
  #kept = '';

  constructor(canvas, keys, session, state, { choose, hover, say }) {
    this.session = session;
    this.state = state;
    this.ink = colours();
    this.solid = new Solid(canvas, { camera: eye(session), keys, say });
    this.solid.onhover = hover;
    this.solid.onpick = choose;
    this.solid.ontheme = () => {
      this.ink = colours();
      this.update();
    };
  }

  update() {
    const { session } = this;
    const { shape } = this.state() ?? {};
    if (!shape || !session.frame) return;
    const model = graph(shape, { ink: this.ink, domain: session.frame.domain });
    // The box only grows, until the scene or the start is another one.
    const key = `${session.serial} ${session.settings.from}`;
    const { box } = model;
    this.#box = key === this.#kept && this.#box ? [...this.#box.slice(0, 3).map((v, k) => Math.min(v, box[k])), ...this.#box.slice(3).map((v, k) => Math.max(v, box[3 + k]))] : box;
    this.#kept = key;
    model.box = this.#box;
    model.height = fit(this.#box, 0.5);
    model.floor.z = this.#box[2];
    this.solid.set(model);
    this.light();
  }

  light() {
    const { shape, lit, chosen } = this.state() ?? {};
    if (!shape) return;
    const site = lit >= 0 ? lit : chosen;
    const { domain } = this.session.frame;
    const { sites, heights } = shape;
    if (site < 0) {
      this.solid.light({});
      return;
    }
    const points = [];
    for (let k = 0; k < domain.length; k += 2) {
      const [x, y] = [domain[k], domain[k + 1]];
      points.push(x, y, x * sites[2 * site] + y * sites[2 * site + 1] + heights[site]);
    }
    this.solid.light({ lit: [site], sheets: [{ points, fill: this.ink.real, line: this.ink.ink3 }] });
  }
}
