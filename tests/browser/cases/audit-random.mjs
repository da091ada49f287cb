import { audit, quiet } from './audit-lib.mjs';
import { open } from './page-lib.mjs';

export const name = 'audit: a Monte Carlo solve';
export const options = quiet;

export default async function ({ page, base }) {
  await open(page, base, '#preset=clusters&count=20');
  const { look, end } = await audit(page);
  await page.locator('#method').selectOption('hierarchical');
  await page.locator('#method-place :is(button, select, input)').first().waitFor();
  await look('the method chosen');
  end();
}
