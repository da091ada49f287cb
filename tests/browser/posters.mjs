// Draws www/posters/ and www/poster.svg from the built site; `cargo xtask posters` runs this.
//   BRENIER_POSTERS = { root, chromium, modules, to, words }: words, where there are some, are the
//   names to draw.

import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { indexed } from './harness/indexed.mjs';
import { decode } from './harness/png.mjs';
import { DRAWN, drawing } from './harness/poster.mjs';
import { still } from './still.mjs';

const { root, chromium: executablePath, modules, to, words } = JSON.parse(process.env.BRENIER_POSTERS);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');

const pressed = (page, selector, wanted) => page.waitForSelector(`${selector}[aria-pressed=${wanted}]`, { state: 'attached' });
const shows = (part) => (page) => page.waitForSelector(`#scene-potential[data-made=${part}]`);

/** Colours of a picture; more where soft colours are what it is about. */
const COLOURS = 20;
const MANY = 48;

/** By the poster's name: the size of the frame, what of it is the picture, and when it is finished. */
const SCENES = {
  space: {
    frame: [440, 440],
    clip: '#space-box',
    link: '#scene=space&shape=rabbit&t=1',
    finished: (page) => page.waitForFunction(() => ['tolerance', 'noise'].includes(document.querySelector('#space-certificate [data-value=stopped]')?.dataset.raw)),
  },
  coverage: {
    frame: [960, 420],
    clip: '#cov-row',
    link: '#scene=coverage&preset=ring&goal=1500',
    async finished(page) {
      await page.waitForSelector('html[data-coverage-ready]');
      await page.locator('tr[data-row=aeot] [data-score=reverseKl] .se').waitFor({ state: 'attached' });
      // Trained to where the scene rests by itself: the same points whatever the machine.
      await page.evaluate(() => document.querySelector('#cov-play').click());
      await pressed(page, '#cov-play', true);
      await pressed(page, '#cov-play', false);
    },
  },
  'potential-graph': { frame: [700, 420], clip: '#potential-views', link: '#scene=potential&part=graph&preset=clusters', finished: shows('graph') },
  'potential-heights': { frame: [720, 480], clip: '.ht-body', link: '#scene=potential&part=heights&preset=clusters&count=60&from=solved', finished: shows('heights') },
  'potential-critic': { frame: [660, 430], clip: '.crit', link: '#scene=potential&part=critic&preset=clusters', finished: shows('critic') },
  'potential-path': { frame: [480, 480], colours: MANY, clip: '#path-box', link: '#scene=potential&part=path&t=0.65', finished: shows('path') },
  'potential-network': {
    frame: [660, 430],
    clip: '.net',
    link: '#scene=potential&part=network&preset=clusters',
    async finished(page) {
      await shows('network')(page);
      await page.waitForSelector('#network-play:not([disabled])', { state: 'attached' });
      await page.evaluate(() => document.querySelector('#network-play').click());
      await pressed(page, '#network-play', true);
      await pressed(page, '#network-play', false);
    },
  },
};

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', '--force-color-profile=srgb'] });
await mkdir(to, { recursive: true });
const wanted = (name) => !words.length || words.includes(name);
let bytes = 0;
async function write(path, data) {
  await writeFile(path, data);
  bytes += data.length;
  console.log(`${String(data.length).padStart(8)}  ${path.slice(to.length + 1) || path}`);
}

const plain = await browser.newPage();
plain.setDefaultTimeout(300_000);
await plain.goto(`${root}embed.html`);
await plain.waitForSelector('html[data-ready]');
const { POSTERS } = await plain.evaluate(() => import('./js/embed/posters.js').then(({ POSTERS }) => ({ POSTERS })));
for (const { name, link, drawn } of POSTERS.filter((poster) => poster.drawn && wanted(poster.name))) {
  if (!drawn) continue;
  const frame = await plain.evaluate(async ([hash, keys]) => {
    const { Engine } = await import('./js/engine.js');
    const engine = await Engine.load();
    const made = await engine.open(hash);
    engine.close();
    return Object.fromEntries(keys.map((k) => [k, [...made[k]]]));
  }, [link, DRAWN]);
  await write(join(to, `${name}.svg`), Buffer.from(drawing(frame, { alone: true, size: 500 })));
  if (name === 'transport-grid') await writeFile(join(to, '..', 'poster.svg'), drawing(frame));
}
// The shipped strip of generated faces, twelve of them in three rows.
if (wanted('faces')) {
  await plain.setViewportSize({ width: 256, height: 192 });
  await plain.evaluate(async () => {
    const image = await new Promise((done) => {
      const made = new Image();
      made.onload = () => done(made);
      made.src = 'faces/faces-strip.png';
    });
    const canvas = document.createElement('canvas');
    Object.assign(canvas, { width: 256, height: 192 });
    canvas.style.cssText = 'position: fixed; inset: 0';
    const c = canvas.getContext('2d');
    for (let k = 0; k < 12; k += 1) c.drawImage(image, 64 * k, 0, 64, 64, 64 * (k % 4), 64 * Math.floor(k / 4), 64, 64);
    document.body.replaceChildren(canvas);
  });
  await write(join(to, 'faces.png'), indexed(decode(await plain.screenshot()), MANY));
}
await plain.close();

for (const [name, { frame: [width, height], clip, colours = COLOURS, link, finished }] of Object.entries(SCENES).filter(([name]) => wanted(name))) {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce', bypassCSP: true });
  page.setDefaultTimeout(300_000);
  page.on('pageerror', (error) => { throw error; });
  await page.goto(`${root}embed.html?controls=none&theme=light${link}`);
  // What tells a hand how to turn it is of no use in a picture, and how long a solve took not the same twice.
  await page.addStyleTag({ content: '.turn-hint, .pot-turn, .cov-foot, .pot-switch, .notice { display: none !important; }' });
  await finished(page);
  for (const theme of ['light', 'dark']) {
    await page.evaluate(async (value) => {
      const { change } = await import('./js/embed/options.js');
      change({ theme: value });
    }, theme);
    await still(page);
    await write(join(to, `${name}${theme === 'dark' ? '-dark' : ''}.png`), indexed(decode(await page.locator(clip).screenshot()), colours));
  }
  await page.close();
}
await browser.close();
console.log(`${bytes} bytes in all`);
