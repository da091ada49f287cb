import assert from 'node:assert/strict';
import { newHash, open } from './page-lib.mjs';

export const name = 'page: the embed in a deck';
export const options = { viewport: { width: 900, height: 800 } };

export default async function ({ page, base, context }) {
  // A link from the page …
  await open(page, base);
  const start = await page.evaluate(() => location.hash);
  await page.click('[data-preset=ring]');
  await newHash(page, start);
  await page.click('#open-embed');
  await page.locator('#embed-dialog').waitFor();
  const snippet = await page.locator('#embed-iframe').inputValue();
  const url = snippet.match(/src="([^"]+)"/)[1].replaceAll('&amp;', '&');
  assert.ok(url.startsWith(`${base}embed.html?controls=few#`), url);

  // … stands in a deck: a page that records messages and keys.
  const deck = await context.newPage();
  await deck.setContent('<!doctype html><title>Deck</title><p>Slide</p>');
  await deck.evaluate((src) => {
    window.heard = [];
    addEventListener('message', (event) => heard.push(typeof event.data === 'string' ? event.data : event.data.type));
    const frame = document.createElement('iframe');
    Object.assign(frame, { src, width: 640, height: 700, id: 'demo' });
    document.body.append(frame);
  }, url);
  await deck.waitForFunction(() => heard.includes('ready'));
  const frame = deck.frames().find((f) => f.url().startsWith(`${base}embed.html`));
  assert.equal(await frame.locator('html').getAttribute('data-controls'), 'few');
  assert.equal(await frame.locator('#brush').isVisible(), false);

  // The deck's arrows: passed on from the figure, kept by a site that has the focus.
  await frame.locator('#figure').click({ position: { x: 8, y: 8 } });
  await deck.keyboard.press('ArrowRight');
  await deck.waitForFunction(() => heard.includes('key') && heard.includes('{"method":"right"}'));
  await deck.evaluate(() => { heard.length = 0; });
  await frame.locator('[data-site="0"]').evaluate((b) => b.focus());
  await deck.keyboard.press('Shift+ArrowRight');
  await deck.waitForFunction(() => heard.includes('state'));
  assert.equal(await deck.evaluate(() => heard.includes('key')), false);

  // slide:start plays where samples are shown, slide:stop pauses.
  await frame.locator('#play').click();
  await frame.waitForFunction(() => document.querySelector('#play').getAttribute('aria-pressed') === 'true');
  await deck.evaluate(() => document.querySelector('#demo').contentWindow.postMessage('slide:stop', '*'));
  await frame.waitForFunction(() => document.querySelector('#play').getAttribute('aria-pressed') === 'false');
  await deck.evaluate(() => document.querySelector('#demo').contentWindow.postMessage('slide:start', '*'));
  await frame.waitForFunction(() => document.querySelector('#play').getAttribute('aria-pressed') === 'true');
}
