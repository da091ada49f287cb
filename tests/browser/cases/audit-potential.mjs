import { audit, quiet, unfold } from './audit-lib.mjs';
import { open, shows } from './potential-lib.mjs';

export const name = 'audit: each part of the potential';
export const options = quiet;

export default async function ({ page, base }) {
  await open(page, base, '&preset=clusters&count=30&site=3');
  const { look, end } = await audit(page);
  await look('the whole page');
  for (const part of await page.locator('.pot-tabs [role=tab]').evaluateAll((tabs) => tabs.map((tab) => tab.dataset.part))) {
    await page.click(`.pot-tabs [data-part=${part}]`);
    await shows(page, part);
    await unfold(page);
    await look(`the part "${part}"`, { within: '#scene-potential' });
  }
  end();
}
