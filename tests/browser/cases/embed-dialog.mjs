import assert from 'node:assert/strict';
import { open } from './page-lib.mjs';

export const name = 'embed: the dialog previews what it writes';
export const variants = [{ viewport: { width: 1280, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] }, { viewport: { width: 390, height: 844 }, permissions: ['clipboard-read', 'clipboard-write'] }];

export default async function ({ page, base, context }) {
  await open(page, base, '#preset=ring&count=40');
  await page.click('#open-embed');
  const stage = await page.waitForSelector('#embed-stage iframe');
  const frame = await stage.contentFrame();
  await frame.waitForSelector('html[data-ready]');
  const wide = await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, document.querySelector('#embed-dialog').scrollWidth - document.querySelector('#embed-dialog').clientWidth]);
  assert.deepEqual(wide.map((over) => over <= 0), [true, true], `${wide}`);
  assert.equal(await frame.locator('#brush').isVisible(), false);
  assert.equal(await frame.locator('#play').isVisible(), true);

  // The preview follows without being loaded anew.
  await frame.evaluate(() => { window.same = true; });
  await page.locator('#embed-keep label', { hasText: 'Brush' }).click();
  await page.locator('#embed-keep label', { hasText: 'Play' }).click();
  await page.selectOption('#embed-theme', 'dark');
  await page.selectOption('#embed-scale', '2');
  await page.selectOption('#embed-preset', '1');
  await frame.waitForSelector('html[data-theme=dark]');
  await frame.locator('#brush').waitFor();
  assert.equal(await frame.locator('#play').isVisible(), false);
  assert.equal(await frame.evaluate(() => window.same && innerWidth), 1280);
  assert.deepEqual([await page.inputValue('#embed-width'), await page.inputValue('#embed-height')], ['1280', '720']);
  await page.fill('#embed-width', '801');
  assert.equal(await page.inputValue('#embed-preset'), 'own');
  await frame.waitForFunction(() => innerWidth === 801);

  // What is copied is what is shown.
  const copied = async (key) => {
    await page.click(`[data-copy=embed-${key}]`);
    await page.waitForFunction(async (text) => (await navigator.clipboard.readText()) === text, await page.inputValue(`#embed-${key}`));
    return page.inputValue(`#embed-${key}`);
  };
  const query = 'controls=few&show=brush&hide=play&theme=dark&scale=2';
  assert.equal(await copied('link'), `${base}embed.html?${query}#preset=ring&count=40`);
  assert.equal(await copied('markdown'), `[![Optimal transport: ring](${base}posters/transport-ring.svg)](${base}#preset=ring&count=40)`);
  const [iframe, element] = [await copied('iframe'), await copied('element')];

  // Both forms stand in another page, with the same figure and controls.
  const other = await context.newPage();
  await other.route(`${base}talk.html`, (route) => route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>Talk</title><link rel="icon" href="icon.svg"><body>${iframe}${element}</body>` }));
  await other.goto(`${base}talk.html`);
  await other.waitForSelector('brenier-demo[data-ready]');
  for (const selector of ['body > iframe', 'brenier-demo > iframe']) {
    const made = await other.waitForSelector(selector);
    await made.scrollIntoViewIfNeeded();
    const shown = await made.contentFrame();
    await shown.waitForSelector('html[data-ready]');
    const found = await shown.evaluate(() => [location.search, location.hash, innerWidth]);
    assert.deepEqual(found, [`?${query}`, '#preset=ring&count=40', Math.min(801, await width(other))], selector);
    assert.deepEqual([await shown.locator('#play').isVisible(), await shown.locator('#brush').isVisible()], [false, true], selector);
  }

  // Closed, nothing goes on behind it.
  await page.bringToFront();
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('#embed-stage iframe'));
}

const width = (page) => page.evaluate(() => document.body.clientWidth);
