// Convergence: every method that was run on this scene, against the exact answer, on one plot.

import { $, h, on, s, save, setText } from '../dom.js';
import { pixel } from '../figure/enlarge.js';
import { scientific, time, whole } from '../format.js';
import { at, draw, short } from './plot.js';
import { AXES, QUANTITIES, Record } from './record.js';

/** Milliseconds between two drawings while a solve runs. */
const PERIOD = 100;

/** What a saved picture takes along from the style sheet. */
const KEPT = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'font-size', 'font-family', 'opacity'];

export function curves(session, run) {
  const place = $('.mc-certificate');
  if (!place) return;
  const record = new Record();
  const options = (list) => Object.entries(list).map(([value, { name }]) => h('option', { value, text: name }));
  const quantity = h('select', { id: 'mc-quantity', 'aria-label': 'Quantity' }, ...options(QUANTITIES));
  const axis = h('select', { id: 'mc-axis', 'aria-label': 'Horizontal axis' }, h('option', { value: 'iteration', text: 'by step' }), h('option', { value: 'time', text: 'by time' }));
  const svg = s('svg', { id: 'mc-curves', role: 'img', 'aria-label': 'Convergence: not drawn yet', tabindex: 0, 'aria-describedby': 'mc-readout' });
  const readout = h('p', { class: 'fine mc-readout', id: 'mc-readout', 'aria-live': 'polite' });
  const rows = h('tbody');
  const table = h(
    'table', { class: 'mc-table' },
    h('thead', {}, h('tr', {}, ...['Method', 'Steps', 'Time', 'Residual', 'Heights', 'Energy'].map((text) => h('th', { scope: 'col', text })))),
    rows,
  );
  const csv = h('button', { type: 'button', id: 'mc-csv', text: 'Curves, CSV' });
  const picture = h('button', { type: 'button', id: 'mc-svg', text: 'Plot, SVG' });
  place.after(h(
    'figure', { class: 'mc-curves mc-only' },
    h('figcaption', {}, h('h3', { text: 'Convergence' }), quantity, axis),
    svg, readout,
    h('details', { class: 'mc-numbers' }, h('summary', { text: 'Numbers' }), table, h('div', { class: 'exports' }, csv, picture)),
  ));

  let cursor = null;
  let scale = null;
  let series = [];
  let asked = false;

  let painted = 0;
  function paint(now) {
    asked = false;
    painted = now;
    if (!document.documentElement.dataset.method) return;
    series = record.series(quantity.value, axis.value);
    scale = draw(svg, { series, axis: AXES[axis.value].name, cursor });
    read();
    svg.setAttribute('aria-label', summary());
    rows.replaceChildren(...record.ends().map((end) => h(
      'tr', { 'data-method': end.method }, h('th', { scope: 'row', text: end.name }),
      ...[whole(end.iteration), time(end.milliseconds).join(' '), ...['residual', 'heightError', 'energyGap'].map((key) => (end[key] === undefined ? '–' : scientific(end[key])))].map((text) => h('td', { text })),
    )));
  }
  const soon = () => {
    if (asked) return;
    asked = true;
    const wait = run.playing ? painted + PERIOD - performance.now() : 0;
    if (wait > 0) setTimeout(() => requestAnimationFrame(paint), wait);
    else requestAnimationFrame(paint);
  };

  const where = (x) => (axis.value === 'time' ? `at ${time(x).join(' ')}` : `at step ${whole(Math.round(x))}`);
  function read() {
    const { hint } = QUANTITIES[quantity.value];
    if (cursor === null) setText(readout, `${hint}; point at the plot, or use the arrow keys, to read it.`);
    else setText(readout, `${where(cursor)}: ${series.map(({ name, points }) => [name, at(points, cursor)]).filter(([, value]) => value).map(([name, value]) => `${name} ${short(value)}`).join(', ') || 'nothing yet'}`);
  }
  function summary() {
    const { name } = QUANTITIES[quantity.value];
    const lines = series.map((one) => `${one.name} from ${short(one.points[0][1])} to ${short(one.points.at(-1)[1])}, ${axis.value === 'time' ? time(one.points.at(-1)[0]).join(' ') : `${whole(one.points.at(-1)[0])} steps`}`);
    return `${name} on a logarithmic scale. ${lines.join('; ') || 'No method has run yet'}.`;
  }

  function point(x) {
    cursor = x === null ? null : Math.min(scale.most, Math.max(0, axis.value === 'time' ? x : Math.round(x)));
    soon();
  }
  on(svg, 'pointermove pointerdown', (event) => {
    if (scale) point(scale.value(pixel(event, svg)[0]));
  });
  on(svg, 'pointerleave blur', () => point(null));
  on(svg, 'keydown', (event) => {
    if (!scale) return;
    const here = cursor ?? scale.most;
    const next = { ArrowRight: Math.max(here + 1, here * 1.15), ArrowLeft: Math.min(here - 1, here / 1.15), Home: 0, End: scale.most, Escape: null }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    point(next);
  });
  on(quantity, 'change', soon);
  on(axis, 'change', () => {
    cursor = null;
    soon();
  });

  run.addEventListener('scene', () => {
    record.clear();
    soon();
  });
  run.addEventListener('begin', () => {
    cursor = null;
    record.newton(session.frame.report);
    if (!run.refusal) record.begin(run.settings.name);
    soon();
  });
  run.addEventListener('progress', ({ detail }) => {
    if (detail.newton) record.newton(session.frame.report, detail.newton);
    if (!detail.exact) {
      if (detail.newton) soon();
      return;
    }
    record.add(run.settings.name, detail, detail.exact);
    soon();
  });
  run.addEventListener('answer', ({ detail: { report, exact } }) => {
    if (exact) record.add(report.method, { iteration: report.iterations, milliseconds: report.milliseconds }, exact);
    soon();
  });
  new ResizeObserver(soon).observe(svg);

  const name = () => `brenier-${session.scenario?.preset ?? 'scene'}-convergence`;
  on(csv, 'click', () => save(new Blob([record.csv()], { type: 'text/csv' }), `${name()}.csv`));
  on(picture, 'click', () => {
    const copy = svg.cloneNode(true);
    const inner = [...svg.querySelectorAll('*')];
    copy.querySelectorAll('*').forEach((part, k) => {
      const style = getComputedStyle(inner[k]);
      for (const key of KEPT) part.setAttribute(key, style.getPropertyValue(key));
    });
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
    save(new Blob([new XMLSerializer().serializeToString(copy)], { type: 'image/svg+xml' }), `${name()}.svg`);
  });
}
