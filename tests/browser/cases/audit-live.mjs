import assert from 'node:assert/strict';
import { open, site } from './page-lib.mjs';
import { shows } from './potential-lib.mjs';

export const name = 'audit: what is read out while something moves is a word at the end, not one a frame';
export const options = { viewport: { width: 1440, height: 900 } };

/** A motion may say that it has begun and how it ended. */
const MOST = 2;

/** Notes in the page every text that a screen reader would speak by itself. */
function listen() {
  const LIVE = '[role=status], [role=alert], [role=log], output, [aria-live]';
  window.spoken = [];
  new MutationObserver((changes) => {
    const places = new Set();
    for (const { target } of changes) {
      const place = (target.nodeType === Node.TEXT_NODE ? target.parentElement : target)?.closest(LIVE);
      if (place && place.getAttribute('aria-live') !== 'off' && place.checkVisibility()) places.add(place);
    }
    for (const place of places) spoken.push(`${place.id || place.className}: ${place.textContent.trim()}`);
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

const ended = async (page, selector) => {
  await page.waitForSelector(`${selector}[aria-pressed=true]`);
  await page.waitForSelector(`${selector}[aria-pressed=false]`);
};

export default async function ({ page, base }) {
  await open(page, base, '#preset=clusters&count=40');
  await page.evaluate(listen);

  async function quiet(what, move) {
    await page.evaluate(() => { spoken.length = 0; });
    await move();
    const said = await page.evaluate(() => spoken);
    assert.ok(said.length <= MOST, `${what}: ${said.length} announcements\n${said.join('\n')}`);
    return said;
  }
  async function drag(from) {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (let k = 1; k <= 30; k += 1) await page.mouse.move(from.x + k, from.y - k);
    await page.mouse.up();
  }

  const said = await quiet('a point dragged', async () => {
    await drag(await site(page, 0));
    await page.waitForFunction(() => spoken.some((text) => text.startsWith('live: Point 1 at ')));
  });
  assert.ok(said.some((text) => /Point 1 at x/.test(text)), 'where it went is said');
  await quiet('the transport played', async () => {
    await page.click('#play');
    await ended(page, '#play');
  });

  await page.click('.scenes a[href="#scene-potential"]');
  await shows(page, 'graph');
  await quiet('the graph turned', async () => {
    const box = await page.locator('#potential-graph').boundingBox();
    await drag({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  });
  await page.click('.pot-tabs [data-part=path]');
  await shows(page, 'path');
  await quiet('a shape carried', async () => {
    await page.click('#path-play');
    await ended(page, '#path-play');
  });
  await quiet('a network trained', async () => {
    await page.click('.pot-tabs [data-part=network]');
    await page.waitForFunction(() => document.querySelector('.net-status')?.textContent.includes('rests'));
  });

  await page.click('.scenes a[href="#scene-coverage"]');
  await page.waitForSelector('html[data-coverage-ready]');
  await page.locator('tr[data-row=aeot] [data-score=reverseKl] .se').waitFor();
  await quiet('networks trained', async () => {
    await page.click('#cov-play');
    await page.waitForFunction(() => Number(document.querySelector('tr[data-row=gan] [data-label=Steps]')?.textContent.replace(/\D/g, '')) >= 200);
    await page.click('#cov-play');
    await page.waitForSelector('#cov-play[aria-pressed=false]');
  });
}
