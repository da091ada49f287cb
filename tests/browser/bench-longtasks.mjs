// The longest tasks of the page's own thread, scene by scene, as Chromium's tracing sees them: while a
// scene opens, and in its main interactions. None is to block the thread over 50 ms. `cargo xtask bench
// tasks` calls it as bench.mjs is called, with { root, chromium, modules }; by hand `words` choose scenes
// by name, with the site served (`cargo xtask serve`):
//   BRENIER_TESTS='{"root":"http://127.0.0.1:8080/","chromium":"/usr/bin/chromium","modules":"…","words":[]}' node tests/browser/bench-longtasks.mjs
// Prints { browser, rows: [{ scene, what, tasks, cpu, wall, over, where }] }: `cpu` is the longest task in
// milliseconds of the thread's own processor time, which others' work on the machine does not
// lengthen much, `wall` the longest by the clock, `over` how many took over 50 ms of processor time, and
// `where` what the longest spent its time in: the outermost calls, with file and line.

import { createRequire } from 'node:module';
import { join } from 'node:path';

const { root, chromium: executablePath, modules, words = [] } = JSON.parse(process.env.BRENIER_TESTS);
const { chromium } = createRequire(join(modules, 'package.json'))('playwright-core');
const LIMIT = 50;
const CATEGORIES = ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', 'v8', 'blink.user_timing'];
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
const rows = [];

const frames = (page, count) => page.evaluate(async (n) => { for (let k = 0; k < n; k += 1) await new Promise((done) => { requestAnimationFrame(done); }); }, count);

/** A hand that goes in a circle about a place, a step a frame. */
async function circle(page, { x, y }, radius = 40) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let k = 1; k <= 40; k += 1) {
    const angle = (2 * Math.PI * k) / 40;
    await page.mouse.move(x + radius * Math.sin(angle), y + radius * (1 - Math.cos(angle)));
    await frames(page, 1);
  }
  await page.mouse.up();
  await frames(page, 20);
}
async function middle(page, selector) {
  const element = page.locator(selector).first();
  await element.scrollIntoViewIfNeeded();
  const box = await element.boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
const click = (selector, then) => async (page) => {
  await page.click(selector);
  await then?.(page);
  await frames(page, 30);
};
const waits = (selector) => (page) => page.waitForSelector(selector);
const plays = (selector, count = 120) => async (page) => {
  if (await page.getAttribute(selector, 'aria-pressed') !== 'true') await page.click(selector);
  await frames(page, count);
  if (await page.getAttribute(selector, 'aria-pressed') === 'true') await page.click(selector);
};
const solved = (page) => page.waitForFunction(() => ['tolerance', 'noise'].includes(document.querySelector('#space-certificate [data-value=stopped]')?.dataset.raw));
const part = (name) => waits(`#scene-potential[data-made=${name}]`);

/** By scene: the address, when it has opened, and what is done in it. */
const SCENES = {
  transport: {
    link: '#preset=grid&count=512',
    ready: waits('html[data-ready]'),
    does: {
      'a point dragged': async (page) => circle(page, await middle(page, '[data-site="0"]')),
      'the transport played': plays('#play'),
      'another preset': click('#presets [role=radio]:nth-child(3)'),
      'samples shown': click('#views [name=samples]'),
      'the dialog of embedding': click('#open-embed', waits('#embed-dialog[open]')),
    },
  },
  '5,000 points': {
    link: '#preset=random&count=5000',
    ready: waits('html[data-ready]'),
    does: { 'a point dragged': async (page) => circle(page, await middle(page, '[data-site="7"]')) },
  },
  space: {
    link: '#scene=space',
    ready: async (page) => { await page.waitForSelector('html[data-space-ready]'); await solved(page); },
    does: {
      'turned': async (page) => circle(page, await middle(page, '#space-figure'), 80),
      'the transport played': plays('#space-play'),
    },
  },
  coverage: {
    link: '#scene=coverage',
    ready: async (page) => { await page.waitForSelector('html[data-coverage-ready]'); await page.locator('tr[data-row=aeot] [data-score=reverseKl] .se').waitFor(); },
    does: {
      'training': plays('#cov-play'),
      'the critic unfolded': click('.critic-fold summary'),
    },
  },
  faces: {
    link: '#scene=faces',
    ready: async (page) => { await page.waitForSelector('html[data-faces-ready=ready]'); await page.waitForSelector('#faces-grid[data-made]'); },
    does: {
      'drawn again': click('#faces-dice'),
      'the line': click('.faces-tabs [data-part=line]'),
      'the plane': click('.faces-tabs [data-part=plane]'),
      'the maps': click('.faces-tabs [data-part=maps]'),
    },
  },
  potential: {
    link: '#scene=potential&preset=grid&count=512',
    ready: part('graph'),
    does: {
      'the graph turned': async (page) => circle(page, await middle(page, '#potential-graph'), 80),
      'heights': click('.pot-tabs [data-part=heights]', part('heights')),
      'steps played': async (page) => {
        await page.click('.ht-who label:has([value=solver])');
        await page.waitForSelector('#ht-play:not([disabled])');
        await plays('#ht-play')(page);
      },
      'the critic': click('.pot-tabs [data-part=critic]', part('critic')),
      'a path': click('.pot-tabs [data-part=path]', part('path')),
      'the path played': plays('#path-play'),
      'the network': click('.pot-tabs [data-part=network]', part('network')),
      'its training': plays('#network-play'),
    },
  },
  embed: { path: 'embed.html', link: '?controls=all#preset=grid&count=512', ready: waits('html[data-ready]'), does: {} },
};

for (const [scene, { path = '', link, ready, does }] of Object.entries(SCENES)) {
  if (words.length && !words.includes(scene)) continue;
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => { throw error; });
  await measure(page, scene, 'opening', async () => {
    await page.goto(root + path + link);
    await ready(page);
    await frames(page, 30);
  });
  for (const [what, act] of Object.entries(does)) await measure(page, scene, what, () => act(page));
  await page.close();
}
console.log(JSON.stringify({ browser: browser.version(), rows }));
await browser.close();

async function measure(page, scene, what, act) {
  await browser.startTracing(page, { categories: CATEGORIES });
  try {
    await act();
  } catch (error) {
    throw new Error(`${scene}, ${what}: ${error.message}`);
  } finally {
    rows.push({ scene, what, ...longest(JSON.parse(await browser.stopTracing()).traceEvents) });
  }
  const { cpu, wall, over, where } = rows.at(-1);
  console.error(`${scene}, ${what}: ${cpu.toFixed(0)} ms (${wall.toFixed(0)} by the clock), ${over} over ${LIMIT}; ${where}`);
}

/** The tasks of the thread that ran the page's scripts: of those renderers' main threads, the busiest. */
function longest(events) {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const of = ({ pid, tid }) => events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X');
  const threads = mains.map((main) => of(main));
  const busy = (list) => list.filter(isTask).reduce((sum, { tdur = 0 }) => sum + tdur, 0);
  const thread = threads.sort((a, b) => busy(b) - busy(a))[0] ?? [];
  const tasks = outer(thread.filter(isTask));
  if (!tasks.length) throw new Error('no task was traced');
  const by = (key) => tasks.reduce((most, task) => ((task[key] ?? 0) > (most[key] ?? 0) ? task : most));
  const [slow, late] = [by('tdur'), by('dur')];
  return {
    tasks: tasks.length,
    cpu: (slow.tdur ?? 0) / 1000,
    wall: late.dur / 1000,
    over: tasks.filter(({ tdur = 0 }) => tdur > LIMIT * 1000).length,
    where: within(slow, thread),
  };
}

/** Tracing has two names for a task, one within the other. */
function outer(tasks) {
  let end = -Infinity;
  return tasks.sort((a, b) => a.ts - b.ts || b.dur - a.dur).filter(({ ts, dur = 0 }) => {
    const apart = ts >= end;
    if (apart) end = ts + dur;
    return apart;
  });
}

function isTask({ name }) {
  return name === 'RunTask' || name === 'ThreadControllerImpl::RunTask';
}

/** What a task did, the longest first. */
function within(task, thread) {
  const inside = thread.filter((event) => !isTask(event) && event.ts >= task.ts && event.ts + (event.dur ?? 0) <= task.ts + task.dur)
    .filter(({ tdur = 0 }) => tdur > 3000)
    .sort((a, b) => b.tdur - a.tdur);
  return inside.slice(0, 6).map(({ name, tdur, args }) => {
    const { functionName = '', url = '', lineNumber } = args?.data ?? {};
    return `${name.replace(/^.*::/, '')} ${functionName} ${url.replace(root, '')}${lineNumber ? `:${lineNumber}` : ''} ${(tdur / 1000).toFixed(0)}`.replace(/ +/g, ' ');
  }).join('; ');
}
