import assert from 'node:assert/strict';

export const name = 'reach: Escape closes what a key has opened, and the focus is back where it was';
export const options = { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' };

const PLACES = {
  'preset=clusters&count=20': ['html[data-ready]', ['#open-share', '#open-embed', '#open-cite', '#open-import']],
  'scene=coverage': ['html[data-coverage-ready]', ['[data-dialog=score-dialog]']],
  'scene=space&count=60': ['html[data-space-ready]', ['#space-own']],
};

const focused = (page) => page.evaluate(() => document.activeElement.outerHTML.slice(0, 120));

export default async function ({ page, base }) {
  for (const [link, [stands, openers]] of Object.entries(PLACES)) {
    await page.goto('about:blank');
    await page.goto(`${base}#${link}`);
    await page.waitForSelector(stands);
    for (const selector of openers) {
      const opener = page.locator(selector).first();
      // What is folded away is unfolded by a key as well.
      await opener.evaluate((e) => { for (let fold = e.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true; });
      await opener.focus();
      const before = await focused(page);
      await page.keyboard.press('Enter');
      await page.waitForSelector('dialog[open]');
      const inside = () => page.evaluate(() => Boolean(document.activeElement.closest('dialog[open]')) || document.activeElement === document.body);
      assert.ok(await inside(), `${selector}: the focus goes into the dialog`);
      // All of its stops and once more round: nothing behind it is come to.
      const seen = new Set();
      for (let k = 0; k < 40; k += 1) {
        await page.keyboard.press('Tab');
        assert.ok(await inside(), `${selector}: ${await focused(page)} is behind the dialog`);
        seen.add(await focused(page));
      }
      assert.ok(seen.size >= 2, `${selector}: ${[...seen]}`);
      await page.keyboard.press('Escape');
      await page.waitForSelector('dialog[open]', { state: 'detached' });
      assert.equal(await focused(page), before, `${selector}: where it was`);
    }
    // A hint comes with the focus; Escape takes it away, and nothing else.
    const hint = page.locator('[data-hint]:visible').first();
    await hint.focus();
    await page.locator('#tip').waitFor();
    const before = await focused(page);
    await page.keyboard.press('Escape');
    await page.locator('#tip').waitFor({ state: 'hidden' });
    assert.equal(await focused(page), before);
  }
}
