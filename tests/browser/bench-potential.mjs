// Frame times of the potential scene in headless Chromium with software rendering, while a pointer
// turns both solids, and milliseconds from a point moved in the plane to the picture that follows.
// Prints { rows: [{ sites, facets, triangles, idle, frames: { drawn, frames, median, high }, drag }],
// browser, side, opened }: `idle` is a page that draws nothing, `high` the 95th percentile, `opened` the
// files that the scene fetches when it is first shown. Called as bench.mjs is, with { root, chromium,
// modules, counts, turns }.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const { root, chromium: executablePath, modules, counts, turns } = JSON.parse(process.env.BRENIER_TESTS);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking', '--disable-gpu'] });
const rows = [];
let side = 0;
let opened = null;
for (const sites of counts) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => { throw error; });
  await page.goto(`${root}#preset=random&count=${sites}`);
  await page.waitForSelector('html[data-ready=true]');
  const fetched = new Set();
  page.on('request', (request) => fetched.add(request.url()));
  await page.click('.scenes a[href="#scene-potential"]');
  await page.waitForSelector('#scene-potential[data-made=graph]');
  await page.evaluate(watch);
  opened ??= [...fetched].filter((url) => url.startsWith(root) && !url.endsWith('.svg')).map((url) => url.slice(root.length));
  const idle = await page.evaluate(() => recorded(60));
  const facts = await page.evaluate(() => [...document.querySelectorAll('.pot-facts')].map((e) => Number(e.textContent.replaceAll(',', '').match(/\d+/)[0])));

  side = await page.evaluate(() => document.querySelector('#potential-graph').clientWidth);
  const frames = await page.evaluate(turn, turns);
  const drag = await follow(page);
  rows.push({ sites, facets: facts[1], triangles: facts[2], idle: idle.median, frames, drag });
  await page.close();
}
console.log(JSON.stringify({ rows, browser: browser.version(), side, opened }));
await browser.close();

/** In the page: counts the pictures of the solids, and tells the times between animation frames. */
function watch() {
  let drawn = 0;
  for (const name of ['clearRect', 'putImageData']) {
    const own = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function counted(...args) {
      if (this.canvas.id === 'potential-graph') drawn += 1;
      own.apply(this, args);
    };
  }
  window.drawn = () => drawn;
  window.recorded = (count) => new Promise((done) => {
    window.enough = false;
    const times = [];
    const from = drawn;
    let last = 0;
    const tick = (now) => {
      if (last) times.push(now - last);
      last = now;
      if (times.length < count && !window.enough) {
        requestAnimationFrame(tick);
        return;
      }
      times.sort((a, b) => a - b);
      done({ drawn: drawn - from, frames: times.length, median: times[times.length >> 1], high: times[Math.floor(0.95 * times.length)] });
    };
    requestAnimationFrame(tick);
  });
}

/** In the page: a pointer goes round and round, a step a frame: the eye comes above, beside and below. */
async function turn(turns) {
  const canvas = document.querySelector('#potential-graph');
  // An event that is made has no pointer to be captured.
  canvas.setPointerCapture = () => {};
  const { left, top, width } = canvas.getBoundingClientRect();
  const send = (type, k) => {
    const angle = (2 * Math.PI * k) / 90;
    const at = { clientX: left + width / 2 + 140 * Math.sin(angle), clientY: top + width / 2 + 140 * (1 - Math.cos(angle)) };
    canvas.dispatchEvent(new PointerEvent(type, { ...at, pointerId: 1, pointerType: 'mouse', button: 0, buttons: 1, bubbles: true }));
  };
  send('pointerdown', 0);
  // The first frames find out how sharp a moving picture can be.
  for (let k = 1; k <= 40; k += 1) await new Promise((done) => { requestAnimationFrame(() => { send('pointermove', k); done(); }); });
  const found = recorded(turns);
  for (let k = 41; k <= 41 + turns; k += 1) await new Promise((done) => { requestAnimationFrame(() => { send('pointermove', k); done(); }); });
  const frames = await found;
  send('pointerup', 0);
  return frames;
}

/** Moves the first point by keys; median milliseconds until the graph is drawn anew. */
function follow(page) {
  return page.evaluate(async () => {
    const point = document.querySelector('#scene-potential [data-site="0"]');
    point.focus();
    const times = [];
    for (let k = 0; k < 9; k += 1) {
      const [began, from] = [performance.now(), drawn()];
      point.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp', bubbles: true }));
      const made = document.querySelector('#scene-potential').dataset.serial;
      while (drawn() === from || document.querySelector('#scene-potential').dataset.serial === made) await new Promise((done) => { requestAnimationFrame(done); });
      times.push(performance.now() - began);
    }
    point.dispatchEvent(new KeyboardEvent('keyup', { key: 'ArrowUp', bubbles: true }));
    return times.sort((a, b) => a - b)[4];
  });
}
