// The other engines: cases/ is run in Firefox and in WebKit, whichever are installed.
//
// A case exports `name` and a default function, and may export
//   pages: pages of somebody else's, by name, beside the site's
//   provokes: true    problems are what it is about, and it looks at them itself
//   watched: false    nothing is put into the site's pages to hear of problems
// The function gets { tab, url, server, engine, look, problems, say, chromium } and throws to fail.
// `chromium(key, work)` is what `work(tab, url)` finds in a Chromium without WebGPU; each key once.
// A case also fails on any problem that the browser tells of.

import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { measure } from '../harness/png.mjs';
import { firefox } from './bidi.mjs';
import { site } from './site.mjs';
import { Tab } from './tab.mjs';
import { webkit } from './webdriver.mjs';

// Only what can never arrive runs into it: it stops a hang and measures nothing.
const CASE = 300_000;

const ENGINES = [
  { name: 'Firefox', start: firefox, touch: true, tells: true },
  // Its driver has no touch, and tells nothing of what a page writes to its console.
  { name: 'WebKit', start: webkit, touch: false, tells: false },
];

/** Each engine as { name, missing, jobs: [{ title, run(browsers) → complaint or '' }], close() }. */
export async function engines(setup) {
  const folder = new URL('cases/', import.meta.url);
  const cases = [];
  for (const file of (await readdir(folder)).sort()) {
    const found = await import(new URL(file, folder));
    if (found.name) cases.push({ file, ...found });
  }
  const open = new Map();
  const answers = new Map();

  async function browser(engine) {
    if (!open.has(engine)) open.set(engine, engine.start({ ...setup.engines[engine.name], modules: setup.modules }));
    return open.get(engine);
  }

  async function end(engine) {
    const started = await open.get(engine)?.catch(() => null);
    open.delete(engine);
    if (started) console.log(`          ${engine.name} ${started.version}`);
    await started?.close();
  }

  async function attempt(engine, one, title, browsers) {
    const told = [];
    let [tab, server] = [null, null];
    let complaint = '';
    // A browser that answers nothing is ended: then all that waits for it fails.
    const guard = setTimeout(() => {
      told.push(`still running after ${CASE / 60_000} minutes`);
      end(engine);
    }, CASE);
    try {
      server = await site(setup.root, told, { watched: !engine.tells && one.watched !== false, pages: one.pages });
      tab = await (await browser(engine)).tab();
      const problems = () => [...tab.problems, ...told];
      problems.forget = () => { tab.problems.length = 0; told.length = 0; };
      const chromium = (key, work) => {
        if (!answers.has(key)) {
          answers.set(key, reference(browsers, setup.root, work));
          answers.get(key).catch(() => {}); // a case that fails before it looks tells of itself
        }
        return answers.get(key);
      };
      await tab.size(1280, 800);
      const say = (text) => console.log(`          ${engine.name}: ${text}`);
      await one.default({ tab, url: server.url, server, engine, look: measure, problems, chromium, say });
      if (!one.provokes) complaint = problems().join('\n');
    } catch (error) {
      complaint = [error.stack ?? error, ...tab?.problems ?? [], ...told].join('\n');
    }
    clearTimeout(guard);
    if (complaint && tab) {
      await mkdir(setup.pictures, { recursive: true });
      const path = join(setup.pictures, `${title.replace(/[^\w]+/g, '-')}.png`);
      await tab.picture().then((bytes) => writeFile(path, bytes)).then(() => { complaint += `\npicture: ${path}`; }, () => {});
    }
    await tab?.close().catch(() => {});
    await server?.close();
    return complaint.trimEnd();
  }

  return ENGINES.map((engine) => {
    const jobs = cases.map((one) => ({ one, title: `${engine.name}: ${one.name}` }))
      .filter(({ one, title }) => !setup.words.length || setup.words.some((word) => `${one.file} ${title}`.includes(word)))
      .map(({ one, title }) => ({ title, run: (browsers) => attempt(engine, one, title, browsers) }));
    return { name: engine.name, missing: setup.engines[engine.name].missing, jobs, close: () => end(engine) };
  });
}

/** What `work` finds in Chromium, where it may run scripts in the page and nothing else. */
async function reference(browsers, url, work) {
  const context = await (await browsers.with(false)).newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  const tab = new Tab({
    problems: [],
    go: (address) => page.goto(address),
    call: (text, argument) => page.evaluate(`(${text})(${JSON.stringify(argument)})`),
  });
  try {
    return await work(tab, url);
  } finally {
    await context.close();
  }
}
