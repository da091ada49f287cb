import assert from 'node:assert/strict';
import { audit, holding, quiet, unfold } from './audit-lib.mjs';
import { drawn, open } from './faces-scene-lib.mjs';

export const name = 'audit: each part of the faces, before it has an answer and with it';
export const options = quiet;

/** By part: what stands once its pictures are drawn. The last waits for a button. */
const ANSWERS = {
  samples: '#faces-grid[data-made]',
  line: '#faces-strip-live[data-made]',
  plane: '#faces-plane[data-made]',
  maps: '#faces-maps[data-made]',
  solve: '#faces-solve-shelf canvas[role=img]',
  classes: '#faces-label',
};

export default async function ({ page, base }) {
  const { hold, release } = await holding(page);
  await open(page, base, '&set=digits');
  await drawn(page);
  const { look, end } = await audit(page);
  const parts = await page.locator('.faces-tabs [role=tab]').evaluateAll((tabs) => tabs.map((tab) => tab.dataset.part));
  assert.deepEqual(parts, Object.keys(ANSWERS));
  for (const part of parts) {
    await hold();
    await page.click(`.faces-tabs [data-part=${part}]`);
    await page.waitForSelector(`#faces-part-${part}:not([hidden]) *`);
    await unfold(page);
    await look(`the part "${part}", empty`, { within: '#scene-faces' });
    const asked = await release();
    assert.ok(asked > 0 || ['samples', 'classes'].includes(part), `"${part}" has waited for an answer`);
    await page.waitForSelector(ANSWERS[part]);
    await look(`the part "${part}"`, { within: '#scene-faces' });
  }
  await look('the whole page');
  end();
}
