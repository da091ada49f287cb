// What the network is made of and how far it trains: the settings that the link holds.

import { $, h, on, setText } from '../dom.js';
import { whole } from '../format.js';

const WIDTHS = [2, 64];
const GOALS = [200, 500, 1000, 2000, 5000, 10000, 20000];

/** Wires the controls; answers what shows the settings as they are. */
export function controls(place, session, run) {
  const rows = $('#network-widths', place);
  const depth = $('#network-depth', place);
  const goal = $('#network-trained', place);

  /** One row a hidden layer. */
  function layers(widths) {
    while (rows.children.length > widths.length) rows.lastChild.remove();
    for (let l = rows.children.length; l < widths.length; l += 1) {
      const id = `network-width-${l}`;
      const input = h('input', { type: 'range', id, min: WIDTHS[0], max: WIDTHS[1], step: 1 });
      const output = h('output', { 'aria-live': 'off', for: id, class: 'num' });
      on(input, 'input', () => setText(output, input.value));
      on(input, 'change', () => session.patch({ widths: session.settings.widths.map((w, k) => (k === l ? Number(input.value) : w)) }));
      rows.append(h('div', { class: 'net-row' }, h('label', { for: id, text: `Width of layer ${l + 1}` }), input, output));
    }
    widths.forEach((width, l) => {
      const [, input, output] = rows.children[l].children;
      input.value = width;
      input.setAttribute('aria-valuetext', `${width} units`);
      setText(output, String(width));
    });
  }
  on(depth, 'change', () => {
    const { widths } = session.settings;
    session.patch({ widths: Array.from({ length: Number(depth.value) }, (_, l) => widths[l] ?? widths.at(-1)) });
  });
  on(goal, 'change', () => session.patch({ trained: Number(goal.value) }));

  return () => {
    const { widths, trained } = session.settings;
    depth.value = widths.length;
    layers(widths);
    const goals = [...new Set([...GOALS, trained])].sort((a, b) => a - b);
    if (goal.options.length !== goals.length || !goals.every((steps, k) => Number(goal.options[k].value) === steps)) {
      goal.replaceChildren(...goals.map((steps) => h('option', { value: steps, text: `${whole(steps)} steps` })));
    }
    if (Number(goal.dataset.steps) !== trained) {
      // A run that goes on learns of it; the first one is started with it.
      if (goal.dataset.steps) run.goal(trained);
      goal.dataset.steps = trained;
    }
    goal.value = trained;
  };
}
