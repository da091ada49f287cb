import { audit, quiet, unfold } from './audit-lib.mjs';
import { open } from './page-lib.mjs';

export const name = 'audit: the plane, its folds, its dialogs';
export const options = quiet;

const DIALOGS = ['share', 'embed', 'cite', 'import'];

export default async function ({ page, base }) {
  await open(page, base, '#preset=clusters&count=40');
  const { look, end } = await audit(page);
  await look('as it opens');

  // A chosen point, everything unfolded, a hint on show, the other measure.
  await unfold(page);
  await page.locator('[data-site="0"]').focus();
  await page.locator('#measure').selectOption('angle');
  await page.locator('#source').selectOption('gaussian');
  await page.waitForSelector('#source-sigma-row:not([hidden])');
  await page.locator('#path').hover();
  await page.locator('#tip').waitFor();
  await look('unfolded, with a point chosen');

  await page.locator('#domain').selectOption('polygon');
  await page.locator('#domain-text').fill('none');
  await page.locator('#domain-text').press('Enter');
  await page.locator('#domain-error').waitFor();
  await look('with a domain that is none');

  for (const dialog of DIALOGS) {
    const id = `#${dialog}-dialog`;
    await page.locator(`#open-${dialog}`).click();
    await page.locator(id).waitFor();
    await look(`the dialog "${dialog}"`, { within: id });
    await page.keyboard.press('Escape');
    await page.locator(id).waitFor({ state: 'hidden' });
  }
  end();
}
