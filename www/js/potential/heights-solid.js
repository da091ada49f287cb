// The graph of u beside the cells, at any heights, with the plane that is lit through the whole of Ω.

import { eye } from './eye.js';
import { colours, graph } from './graphs.js';
import { Solid, fit } from './solid.js';

export class HeightSolid {
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
    // The solved graph has room in the box whatever is shown, so that the scale seldom changes.
    const { lowest, highest } = session.shape;
    const [x0, y0, low, x1, y1, high] = model.box;
    model.box = [x0, y0, Math.min(low, lowest), x1, y1, Math.max(high, highest)];
    model.height = fit(model.box, 0.5);
    model.floor.z = model.box[2];
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
