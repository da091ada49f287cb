// How far each method was from the exact answer, step by step, on the present scene.

import { METHODS } from './names.js';

/** Most points kept of a curve; then every other one goes. */
const MOST = 1500;

export const QUANTITIES = {
  residual: { name: 'Exact residual', unit: '', hint: 'max |wᵢ − νᵢ|/νᵢ by the exact cells' },
  heightError: { name: 'Height error', unit: '', hint: 'root mean square of h − h*' },
  energyGap: { name: 'Energy gap', unit: '', hint: 'E(h) − E(h*)' },
};
export const AXES = {
  iteration: { name: 'step', of: (point) => point.iteration },
  time: { name: 'milliseconds', of: (point) => point.milliseconds },
};

/** Curves by method, in the order of METHODS. A new run of a method takes the place of its last. */
export class Record {
  #curves = new Map();

  clear() {
    this.#curves.clear();
  }

  begin(method) {
    this.#curves.set(method, []);
  }

  add(method, { iteration, milliseconds }, exact) {
    const points = this.#curves.get(method);
    points.push({ iteration, milliseconds, ...exact });
    if (points.length > MOST) this.#curves.set(method, points.filter((_, k) => k % 2 === 0 || k === points.length - 1));
  }

  /**
   * Newton's steps: all three quantities, `steps`, where they are told, else the residual alone.
   * Its report has the time of all steps; each gets its part.
   */
  newton(report, steps = null) {
    const history = steps?.residual ?? report?.residualHistory ?? [];
    const each = history.length > 1 ? report.milliseconds / (history.length - 1) : 0;
    this.#curves.set('newton', Array.from(history, (residual, k) => ({
      iteration: k, milliseconds: each * k, residual, heightError: steps?.heightError[k], energyGap: steps?.energyGap[k],
    })));
  }

  /** The curves of a quantity as { method, name, points: [[x, y], …] }, y above 0. */
  series(quantity, axis) {
    return Object.keys(METHODS).map((method) => {
      const points = (this.#curves.get(method) ?? []).filter((p) => p[quantity] > 0);
      // Newton's last steps are rounding: its curve ends where it is lowest.
      if (method === 'newton') points.length = points.reduce((low, p, k) => (p[quantity] < points[low][quantity] ? k : low), 0) + (points.length > 0);
      return { method, ...METHODS[method], points: points.map((p) => [AXES[axis].of(p), p[quantity]]) };
    }).filter(({ points }) => points.length);
  }

  /** The last point of each method. */
  ends() {
    return Object.keys(METHODS).filter((method) => this.#curves.get(method)?.length).map((method) => ({ method, ...METHODS[method], ...this.#curves.get(method).at(-1) }));
  }

  csv() {
    const rows = [...this.#curves].flatMap(([method, points]) => points.map((p) => [method, p.iteration, p.milliseconds, p.residual ?? '', p.heightError ?? '', p.energyGap ?? ''].join(',')));
    return `method,step,milliseconds,exactResidual,heightError,energyGap\n${rows.join('\n')}\n`;
  }
}
