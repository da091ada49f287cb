import { audit, quiet, unfold } from './audit-lib.mjs';
import { open } from './coverage-lib.mjs';

export const name = 'audit: mode coverage, as it opens and with the dialog of samples';
export const options = quiet;

export default async function ({ page, base }) {
  await open(page, base);
  const { look, end } = await audit(page);
  await unfold(page);
  await look('scored');
  await page.locator('[data-dialog=score-dialog]').first().click();
  await page.locator('#score-dialog').waitFor();
  await look('the dialog of samples', { within: '#score-dialog' });
  end();
}
