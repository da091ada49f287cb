// Draws docs/pictures/ from the built site, each picture of the page while it is used, light and dark;
// `cargo xtask pictures` runs this.
//   BRENIER_PICTURES = { root, chromium, modules, to, words }: words, where there are some, are the
//   names to draw.

import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexed } from './harness/indexed.mjs';
import { decode } from './harness/png.mjs';
import { still } from './still.mjs';

const { root, chromium: executablePath, modules, to, words } = JSON.parse(process.env.BRENIER_PICTURES);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');

/** Where the page says it is: the port that it is served from is another one every time. */
const SITE = 'https://example.org/brenier/';

/** Moves the pointer, and the drawn one with it: a screenshot has none of its own. A drag is one step,
 * or how many solves it takes would depend on the machine. */
async function point(page, { x, y }) {
  await page.mouse.move(x, y);
  await page.evaluate(([left, top]) => {
    let arrow = document.querySelector('#drawn-pointer');
    if (!arrow) {
      arrow = document.createElement('div');
      arrow.id = 'drawn-pointer';
      arrow.innerHTML = '<svg width="20" height="26" viewBox="0 0 20 26"><path d="M2 2v19l5-4.5 3.2 7.3 3-1.3-3.2-7.2h7z" fill="#111" stroke="#fff" stroke-width="1.6" stroke-linejoin="round"/></svg>';
      arrow.style.cssText = 'position: fixed; z-index: 99; pointer-events: none; margin: -2px 0 0 -2px';
      document.body.append(arrow);
    }
    Object.assign(arrow.style, { left: `${left}px`, top: `${top}px` });
  }, [x, y]);
}

const middle = async (locator) => {
  const box = await locator.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

/** By the picture's name: the window, the link, what is done there, and what of it is the picture. */
const PICTURES = {
  drag: {
    window: [1100, 1000],
    link: '#preset=clusters&count=60&arrows=1',
    clip: '#scene-transport',
    margin: 0,
    async use(page) {
      await page.waitForSelector('html[data-ready]');
      const before = await page.locator('[data-value=w2Upper]').getAttribute('data-raw');
      const box = await page.locator('#figure').boundingBox();
      await point(page, await middle(page.locator('[data-site="11"]')));
      await page.mouse.down();
      await point(page, { x: box.x + 0.52 * box.width, y: box.y + 0.42 * box.height });
      await page.waitForFunction((w) => document.querySelector('[data-value=w2Upper]').dataset.raw !== w, before);
    },
  },
  heights: {
    window: [1100, 900],
    link: '#scene=potential&part=heights&preset=centres&modes=9',
    clip: '.ht',
    async use(page) {
      await page.waitForSelector('.ht[data-shown]');
      await page.waitForFunction(() => getComputedStyle(document.querySelector('.ht-body')).display !== 'block');
      const from = await middle(page.locator('#ht-cells'));
      await point(page, from);
      await page.mouse.down();
      await page.waitForSelector('.ht [data-number=cell][data-raw]');
      const before = await page.locator('.ht [data-number=cell]').getAttribute('data-raw');
      await point(page, { x: from.x, y: from.y + 8 });
      await page.waitForFunction((raw) => document.querySelector('.ht [data-number=cell]').dataset.raw !== raw, before);
    },
  },
  network: {
    window: [1100, 1150],
    link: '#scene=potential&part=network&preset=centres&modes=9&trained=2000',
    clip: '.net',
    async use(page) {
      // Under reduced motion nothing starts by itself.
      await page.click('#network-play:not([disabled])');
      await page.waitForSelector('#network-status[data-state=goal]', { state: 'attached' });
      const box = await page.locator('[data-testid=network-source]').boundingBox();
      await point(page, { x: box.x + 0.36 * box.width, y: box.y + 0.3 * box.height });
    },
  },
  coverage: {
    window: [1100, 1000],
    link: '#scene=coverage&goal=2000',
    clip: '.cov-table',
    async use(page) {
      await page.waitForSelector('html[data-coverage-ready]');
      await page.locator('tr[data-row=aeot] [data-score=reverseKl] .se').waitFor();
      await page.click('#cov-play');
      for (const key of ['gan', 'pac']) {
        await page.waitForFunction((k) => document.querySelector(`tr[data-row=${k}] [data-label=Steps]`)?.textContent === '2,000', key);
      }
      await page.waitForSelector('#cov-play[aria-pressed=false]');
      for (const key of ['gan', 'pac']) await page.locator(`tr[data-row=${key}] [data-score=reverseKl] .se`).waitFor();
    },
  },
  crossing: {
    window: [1000, 1000],
    link: '#scene=faces&part=line&crossing=1',
    clip: '#faces-film',
    colours: 128,
    async use(page) {
      await page.waitForSelector('html[data-faces-ready=ready]');
      await page.waitForSelector('#faces-strip-live[data-made]');
      await page.waitForFunction(() => document.querySelector('#faces-crossings').dataset.torn === '1');
      await page.click('#faces-next-crossing');
    },
  },
  embed: {
    window: [1100, 800],
    link: '#preset=ring&count=40',
    clip: '#embed-dialog',
    margin: 0,
    async use(page) {
      await page.waitForSelector('html[data-ready]');
      await page.click('#open-embed');
      const stage = await page.waitForSelector('#embed-stage iframe');
      await (await stage.contentFrame()).waitForSelector('html[data-ready]');
    },
  },
};

/** How sharp, and in how many colours. */
const DENSITY = 1.25;
const COLOURS = 48;
/** Pixels of the page about what is shown. */
const MARGIN = 8;

/** What is not the same twice: how long something took on this machine. */
const TIMES = '#network-status, .cov-table :is(th, td):is(:nth-child(6), :nth-child(7)), dd:has([data-value=milliseconds]), dt:has(+ dd [data-value=milliseconds]) { display: none !important; }';

const unknown = words.filter((word) => !(word in PICTURES));
if (unknown.length) {
  console.error(`no picture ${unknown.join(', ')}; there are ${Object.keys(PICTURES).join(', ')} and monte-carlo-slopes`);
  process.exit(2);
}
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', '--force-color-profile=srgb'] });
await mkdir(to, { recursive: true });
let bytes = 0;
for (const [name, { window: [width, height], link, clip, margin = MARGIN, colours = COLOURS, use }] of Object.entries(PICTURES)) {
  if (words.length && !words.includes(name)) continue;
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: DENSITY, reducedMotion: 'reduce', colorScheme: 'light', bypassCSP: true });
  await context.route(`${SITE}**`, async (route) => {
    const answer = await fetch(root + route.request().url().slice(SITE.length).split('#')[0]);
    await route.fulfill({ status: answer.status, contentType: answer.headers.get('content-type'), body: Buffer.from(await answer.arrayBuffer()) });
  });
  const page = await context.newPage();
  page.setDefaultTimeout(300_000);
  page.on('pageerror', (error) => { throw error; });
  await page.goto(SITE + link);
  await page.addStyleTag({ content: TIMES });
  await use(page);
  for (const theme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: theme });
    await still(page);
    // Not the element's own screenshot: that would scroll, and leave the pointer behind.
    const box = await page.locator(clip).boundingBox();
    const [x, y] = [Math.max(0, box.x - margin), Math.max(0, box.y - margin)];
    const shot = await page.screenshot({ clip: { x, y, width: Math.min(width, box.x + box.width + margin) - x, height: Math.min(height, box.y + box.height + margin) - y } });
    const data = indexed(decode(shot), colours);
    const file = `${name}${theme === 'dark' ? '-dark' : ''}.png`;
    await writeFile(join(to, file), data);
    bytes += data.length;
    console.log(`${String(data.length).padStart(8)}  ${file}`);
  }
  await context.close();
}
await browser.close();
console.log(`${bytes} bytes in all`);
