import assert from 'node:assert/strict';
import { open } from './page-lib.mjs';

export const name = 'Monte Carlo: the embed runs it, and rests with its slide';
export const options = { viewport: { width: 700, height: 760 }, webgpu: false };

const pressed = (frame, value) => frame.waitForFunction((wanted) => document.querySelector('#mc-play')?.getAttribute('aria-pressed') === wanted, value);

export default async function ({ page, base, context }) {
  await open(page, base, 'embed.html#preset=centres&method=adam');
  await page.waitForFunction(() => /r\.m\.s\. .* · CPU, 1 thread/.test(document.querySelector('#mc-status')?.textContent));
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
  assert.equal(await page.locator('#t').isVisible(), false);

  // In a deck.
  const deck = await context.newPage();
  await deck.setContent('<!doctype html><title>Deck</title><p>Slide</p>');
  await deck.evaluate((src) => {
    const frame = document.createElement('iframe');
    Object.assign(frame, { src, width: 600, height: 640, id: 'demo' });
    document.body.append(frame);
  }, `${base}embed.html#preset=random&count=60&method=adam&sequence=philox&mcTolerance=0.00001`);
  const frame = await (await deck.waitForSelector('#demo')).contentFrame();
  await pressed(frame, 'true');
  const post = (message) => deck.evaluate((m) => document.querySelector('#demo').contentWindow.postMessage(m, '*'), message);
  await post('slide:stop');
  await pressed(frame, 'false');
  await post('slide:start');
  await pressed(frame, 'true');
}
