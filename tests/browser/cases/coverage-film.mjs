import assert from 'node:assert/strict';
import { published } from '../harness/files.mjs';
import { open } from './coverage-lib.mjs';

export const name = 'mode coverage: recorded full runs are fetched when asked for, scrubbed, played and named as such';
export const variants = [{}, { webgpu: false, subpath: true, viewport: { width: 390, height: 844 }, colorScheme: 'dark' }];

const picture = (page, key) => page.locator(`[data-testid=coverage-${key}]`).evaluate((canvas) => canvas.toDataURL());
const slider = '#cov-recorded input[type=range]';
const play = '#cov-recorded .primary';

export default async function ({ page, base }) {
  const fetched = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  const files = () => fetched.filter((path) => path.endsWith('.brec'));
  await open(page, base);
  assert.deepEqual(files(), [], 'nothing is fetched before');

  // A file that is cut off is told, and fetched anew on request.
  await page.route(`**/${published('recordings/grid-pac4.brec')}`, async (route) => route.fulfill({ contentType: 'application/octet-stream', body: (await (await route.fetch()).body()).subarray(0, 5000) }));
  await page.click('#cov-record');
  await page.locator('#cov-recorded').getByText('could not be read').waitFor();
  assert.match(await page.locator('#cov-recorded p').textContent(), /damaged/);
  await page.unroute(`**/${published('recordings/grid-pac4.brec')}`);
  await page.click('#cov-recorded button:has-text("Try again")');
  await page.locator('tr[data-row=pac] th', { hasText: 'PacGAN4, recorded' }).waitFor();
  assert.equal(files().length, 4);

  // It says what it is, with seed, epochs and runs, and nothing of a live run is left to press.
  assert.match(await page.locator('#cov-recorded p').textContent(), /^A recording, not live:.* 400 epochs .* seed 0, one run of each/);
  for (const key of ['gan', 'pac']) assert.equal(await page.locator(`.cov-panel[data-key=${key}] .badge`).textContent(), 'recording');
  assert.equal(await page.locator('#cov-play').isVisible(), false);
  await page.locator('.cov-panel[data-key=gan] .cov-losses', { hasText: '2,500 fresh points' }).waitFor();
  await page.waitForFunction(() => document.querySelector('[data-curve=modes] path.pac'));

  // Fresh samples are others; the slider, by key too, shows the epoch that it names.
  const end = await picture(page, 'gan');
  await page.click('#cov-recorded button:has-text("Fresh samples")');
  await page.waitForFunction((before) => document.querySelector('[data-testid=coverage-gan]').toDataURL() !== before, end);
  await page.locator(slider).fill('0');
  await page.locator('.cov-epoch', { hasText: /^epoch 1 of 400$/ }).waitFor();
  // The table is painted a frame after the words.
  await page.locator('tr[data-row=gan] [data-label=Steps]', { hasText: /^1,000$/ }).waitFor();
  const first = await page.locator('tr[data-row=gan] [data-score=modes] .value').textContent();
  await page.focus(slider);
  await page.keyboard.press('ArrowRight');
  await page.locator('.cov-epoch', { hasText: /^epoch 2 of 400$/ }).waitFor();
  await page.keyboard.press('End');
  await page.locator('.cov-epoch', { hasText: /^epoch 400 of 400$/ }).waitFor();
  await page.locator('tr[data-row=gan] [data-label=Steps]', { hasText: /^400,000$/ }).waitFor();
  assert.notEqual(await page.locator('tr[data-row=gan] [data-score=modes] .value').textContent(), first);
  await page.locator('tr[data-row=pac] [data-score=modes] .se').waitFor();

  // The image of a grid, at the end.
  const bare = await picture(page, 'pac');
  await page.check('#cov-views [name=grid]', { force: true });
  await page.waitForFunction((before) => document.querySelector('[data-testid=coverage-pac]').toDataURL() !== before, bare);

  // Played from its start by the space bar, it can be paused.
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press(' ');
  await page.locator('.cov-epoch', { hasText: /^epoch ([2-9]|[1-9]\d|[1-3]\d\d) of 400$/ }).waitFor();
  await page.click(play);
  await page.waitForSelector(`${play}[aria-label="Play the recording"]`);

  // The link brings it back; another target is none of its own.
  await page.waitForFunction(() => /recorded=1/.test(location.hash));
  await page.reload();
  await page.locator('tr[data-row=gan] th', { hasText: 'GAN, recorded' }).waitFor();
  await page.selectOption('#cov-target', 'ring');
  await page.locator('#cov-recorded').waitFor({ state: 'hidden' });
  await page.locator('tr[data-row=gan] th', { hasText: /^GAN(?!,)/ }).waitFor();
  assert.equal(await page.locator('.cov-panel[data-key=gan] .badge').isVisible(), false);
  assert.equal(await page.locator('#cov-play').isVisible(), true);

  // From there the button goes to the grid by itself, and back to live runs.
  await page.click('#cov-record');
  await page.locator('tr[data-row=gan] th', { hasText: 'GAN, recorded' }).waitFor();
  assert.equal(await page.locator('#cov-target').inputValue(), 'grid');
  await page.click('#cov-recorded button:has-text("Back to live runs")');
  await page.locator('#cov-recorded').waitFor({ state: 'hidden' });
}
