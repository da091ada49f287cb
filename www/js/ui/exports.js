// What a person takes away: the picture, the plan, the samples.

import { $$, on, save } from '../dom.js';

export function exportsOf(session, figure) {
  const name = () => `brenier-${session.scenario?.preset ?? 'scene'}`;
  const make = {
    png: async () => save(await figure.toPng(), `${name()}.png`),
    svg: async () => save(figure.toSvg(`Brenier: ${session.frame.count} points. ${session.address.to()}`), `${name()}.svg`),
    plan: async () => save(new Blob([await session.engine.exportPlan()], { type: 'application/json' }), `${name()}.json`),
    samples: async () => save(new Blob([await session.engine.exportSamples()], { type: 'text/csv' }), `${name()}-samples.csv`),
  };
  for (const button of $$('[data-export]')) {
    on(button, 'click', async () => {
      button.disabled = true;
      try {
        await make[button.dataset.export]();
      } catch (error) {
        session.emit('problem', error);
      } finally {
        button.disabled = false;
      }
    });
  }
}
