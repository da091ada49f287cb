import { audit, quiet, unfold } from './audit-lib.mjs';
import { drawn, open } from './faces-scene-lib.mjs';

export const name = 'audit: each part of the faces';
export const options = quiet;

export default async function ({ page, base }) {
  await open(page, base, '&set=digits');
  await drawn(page);
  const { look, end } = await audit(page);
  for (const part of await page.locator('.faces-tabs [role=tab]').evaluateAll((tabs) => tabs.map((tab) => tab.dataset.part))) {
    await page.click(`.faces-tabs [data-part=${part}]`);
    await page.waitForSelector(`#faces-part-${part}:not([hidden]) *`);
    await unfold(page);
    await look(`the part "${part}"`, { within: '#scene-faces' });
  }
  await look('the whole page');
  end();
}
