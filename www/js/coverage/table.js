// The table under the panels: what each generator scores now, beside what a perfect sampler would.

import { $, h, s, setText } from '../dom.js';
import { fixed, plain, scientific, time, whole } from '../format.js';
import { score } from '../ui/score.js';
import { LAWS, METHODS } from './methods.js';

const COLUMNS = ['modes', 'highQuality', 'reverseKl'];
const NAMES = ['Modes captured', 'High quality', 'Reverse KL', 'Steps', 'Time', 'Steps/s', 'Starts from'];

const SHOW = {
  modes: (v) => plain(v, 3).replace(/\.0+$/, ''),
  highQuality: (v) => `${(100 * v).toFixed(1)} %`,
  reverseKl: (v) => (v !== 0 && v < 1e-3 ? scientific(v) : fixed(v, 3)),
};
const range = (column, { value, reference }, modes) => ({
  modes: [0, modes],
  highQuality: [0, 1],
  reverseKl: [0, Math.max(0.2, value, reference?.high ?? 0)],
}[column]);

export function table(section, { session, runs, aeot, target, film }) {
  const body = $('#cov-scores', section);
  const lines = new Map();
  let asked = false;

  const line = (method) => {
    const cells = NAMES.map((name, k) => h('td', { role: 'cell', class: k > 2 && k < 6 ? 'r' : null, 'data-label': name, 'data-score': COLUMNS[k] ?? null }));
    const name = h('span', { text: method.name });
    const marker = h('span', { class: 'marker', hidden: true, title: 'The score is above the reference: the samples lie closer to the centres than true ones would.', text: 'narrower than the truth' });
    const key = s('svg', { class: 'cov-key', viewBox: '0 0 24 8', 'aria-hidden': 'true' }, s('line', { class: method.key, x1: 0, x2: 24, y1: 4, y2: 4, 'stroke-dasharray': method.dash }));
    const row = h('tr', { role: 'row', 'data-row': method.key }, h('th', { scope: 'row', role: 'rowheader' }, key, name, marker), ...cells);
    return { row, cells, name, marker, shown: [] };
  };

  /** What is known of a method: { name, values, row, steps, seconds, rate, from }. */
  function known(method) {
    const { gans, source, experiment, seed } = session.scenario;
    if (!method.learns) {
      const row = aeot.full?.rows[0] ?? null;
      return {
        name: method.name, values: row ? null : aeot.frame?.marks, row,
        seconds: aeot.frame && time(aeot.frame.milliseconds).join(' '),
        from: `${source === 'gaussian' ? 'Gaussian' : 'uniform'} on Ω, ${whole(experiment.real)} real samples`,
      };
    }
    const recorded = film.recorded(method.key);
    if (recorded) return recorded;
    const run = runs.list.get(method.key);
    if (!run) return null;
    const fresh = run.marks.at(-1);
    const steps = run.frame?.counters.steps ?? fresh?.steps ?? 0;
    const name = method.key === 'pac' ? `PacGAN${gans.packing}` : method.name;
    return {
      name, values: fresh, row: run.row, steps: whole(steps), seed,
      seconds: run.frame && `${run.frame.seconds.toFixed(1)} s`,
      rate: run.state === 'running' && run.frame?.stepsPerSecond ? whole(Math.round(run.frame.stepsPerSecond)) : '–',
      from: LAWS[gans.law],
    };
  }

  function paint() {
    asked = false;
    if (!session.scenario) return;
    const order = METHODS.filter((m) => !m.learns || film.recorded(m.key) || (runs.list.has(m.key) && !film.shown));
    for (const [key, { row }] of lines) if (!order.some((m) => m.key === key)) { row.remove(); lines.delete(key); }
    order.forEach((method, k) => {
      const data = known(method);
      if (!data) return;
      if (!lines.has(method.key)) {
        lines.set(method.key, line(method));
        body.insertBefore(lines.get(method.key).row, body.children[k] ?? null);
      }
      const it = lines.get(method.key);
      setText(it.name, data.name);
      it.marker.hidden = !data.row?.narrower;
      COLUMNS.forEach((column, c) => {
        // A mark is newer than the row, or as old as it.
        const whole = data.row?.[column];
        const value = data.values?.[column] ?? whole?.value;
        const text = value === undefined ? '–' : `${value}/${whole?.reference.mean}/${whole?.standardError}/${target.count}`;
        if (it.shown[c] === text) return;
        it.shown[c] = text;
        if (value === undefined) it.cells[c].replaceChildren(h('span', { text: '–' }));
        else {
          // The error is that of the row, and says nothing of a newer mark.
          const estimate = { value, standardError: whole?.value === value ? whole.standardError : undefined, reference: whole?.reference };
          it.cells[c].replaceChildren(score(estimate, SHOW[column], range(column, estimate, target.count), column === 'modes' ? ` of ${target.count}` : ''));
        }
      });
      [data.steps ?? '–', data.seconds ?? '–', data.rate ?? '–', data.from].forEach((text, c) => setText(it.cells[3 + c], text));
    });
    const floor = aeot.full?.rows[0]?.reverseKl.reference;
    setText($('#cov-floor', section), floor
      ? `The grey bar behind a score is its reference: what a perfect sampler scores with as many samples, mean and 95 % interval. AE-OT knows the target from ${whole(session.scenario.experiment.real)} real samples, which fall unevenly on the modes: with them even a perfect sampler of what is known has reverse KL ${fixed(floor.mean, 3)} on average, and AE-OT can go no lower.`
      : '');
  }
  const soon = () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(paint);
  };
  for (const type of ['frame', 'mark', 'score', 'state', 'begin', 'list']) runs.addEventListener(type, soon);
  for (const type of ['frame', 'row']) aeot.addEventListener(type, soon);
  for (const type of ['state', 'frame']) film.addEventListener(type, soon);
  session.addEventListener('scenario', soon);
}
