// Runs the browser cases. xtask starts the servers and hands everything over in one variable:
//   BRENIER_TESTS = { root, deep, chromium, engines, modules, pictures, files, scenes, words }
// root: the site at /; deep: the same site under a sub-path and nowhere else; modules: the folder
// that holds node_modules; engines: the other browsers, or why each is missing; pictures: where
// screenshots of failures go; files: what each is called, by its name in the sources
// (harness/files.mjs); scenes: the files that each may fetch, as they are weighed (`first scene`: on
// opening); words: which cases to run.
//
// A case is a file in cases/ that exports `name` and a default function, and may export `options`
// or a list `variants` of them: what browser.newContext takes, and
//   webgpu: false    a browser without WebGPU; 'canvas': one whose screenshots show its canvases
//   subpath: true    the site under a sub-path
//   alone: true      nothing else runs beside it. Other cases run in lanes, BRENIER_LANES of them,
//                    two where that is not set, each with browsers of its own
// The site's service worker is let in only with serviceWorkers: 'allow': what it answers, a case's
// routes do not see.
// The function gets { page, context, base, options, problems, scenes, look } and throws to
// fail. Files without a `name` are helpers. A case also fails on any error in the console, any
// uncaught error or rejection, any breach of the policy, any request that fails or leaves the host.
// One that fails is run once more at the end, by itself; both outcomes are told, the second counts.

import { mkdir, readdir } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { engines } from './engines/index.mjs';
import { launch } from './harness/browsers.mjs';
import { teach } from './harness/files.mjs';
import { look } from './harness/png.mjs';
import { watch } from './harness/watch.mjs';

const setup = JSON.parse(process.env.BRENIER_TESTS);
// Only what can never arrive runs into these: they stop a hang and measure nothing.
const WAIT = 120_000;
const CASE = 600_000;

const folder = new URL('cases/', import.meta.url);
const jobs = [];
for (const file of (await readdir(folder)).filter((f) => f.endsWith('.mjs')).sort()) {
  const { name, options, variants, default: run } = await import(new URL(file, folder));
  if (!name) continue;
  for (const variant of variants ?? [options ?? {}]) {
    const title = [name, describe(variant)].filter(Boolean).join(', ');
    if (setup.words.length && !setup.words.some((word) => `${file} ${title}`.includes(word))) continue;
    jobs.push({ file, title, run, variant });
  }
}

await mkdir(setup.pictures, { recursive: true });
const counts = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const indented = (text) => text.replace(/^/gm, '          ');
function tell(title, complaint) {
  counts[complaint ? 'failed' : 'passed'] += 1;
  const line = complaint ? `  FAILED  ${title}\n${indented(complaint)}` : `  passed  ${title}`;
  if (complaint) failures.push(line);
  console.log(line);
}
const unsteady = [];
/** One case. What fails beside others is tried once more by itself: a busy machine is no fault of the page's. */
const single = (job) => async (browsers) => {
  const complaint = await attempt(job, browsers);
  if (!complaint) tell(job.title);
  else {
    unsteady.push(job);
    console.log(`  failed  ${job.title}, which is tried again at the end\n${indented(complaint)}`);
  }
};
/** The second time counts. */
const final = (job) => async (browsers) => tell(`${job.title}, at the second attempt`, await attempt(job, browsers));

/** All that another engine is asked: one case after another, in one browser. */
const engine = ({ name, missing, jobs: asked, close }) => async (browsers) => {
  const start = performance.now();
  for (const { title, run } of asked) {
    if (missing) {
      counts.skipped += 1;
      console.log(`  skipped ${title} (${missing})`);
    } else {
      const complaint = await run(browsers);
      if (complaint) console.log(`  failed  ${title}, which is tried again\n${indented(complaint)}`);
      tell(title, complaint && await run(browsers));
    }
  }
  await close();
  if (asked.length && !missing) console.log(`          ${name} took ${Math.round((performance.now() - start) / 1000)} s`);
};

/** Works through a queue, which others may share, with browsers of its own. */
async function lane(queue) {
  const browsers = await launch(setup);
  for (let job = queue.shift(); job; job = queue.shift()) await job(browsers);
  await browsers.close();
}

const lanes = Math.min(Number(process.env.BRENIER_LANES ?? 2), cpus().length);
const shared = [...(await engines(setup)).map(engine), ...jobs.filter(({ variant }) => !variant.alone).map(single)];
await Promise.all(Array.from({ length: lanes }, () => lane(shared)));
await lane(jobs.filter(({ variant }) => variant.alone).map(single));
if (unsteady.length) await lane(unsteady.map(final));
// Once more at the end, where they are found among hundreds of lines.
if (failures.length) console.log(['', ...failures, ''].join('\n'));
console.log(`browser result: ${counts.passed} passed; ${counts.failed} failed; ${counts.skipped} skipped`);
process.exitCode = counts.failed ? 1 : 0;

/** Runs one case in a context of its own. Returns what is wrong, or nothing. */
async function attempt({ file, title, run, variant }, browsers) {
  const { webgpu = true, subpath = false, alone, ...options } = variant;
  const base = subpath ? setup.deep : setup.root;
  const browser = await browsers.with(webgpu);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(WAIT);
  await teach(context);
  const problems = watch(context, base);
  const page = await context.newPage();
  let complaint = '';
  let guard;
  try {
    const late = new Promise((_, reject) => {
      guard = setTimeout(() => reject(new Error(`still running after ${CASE / 60_000} minutes`)), CASE);
    });
    const told = { page, context, base, options: variant, problems, scenes: setup.scenes, look };
    await Promise.race([run(told), late]);
  } catch (error) {
    complaint = `${error.stack ?? error}\n`;
  }
  clearTimeout(guard);
  complaint += problems.map((line) => `${line}\n`).join('');
  if (complaint) {
    const path = join(setup.pictures, `${file.replace('.mjs', '')} ${title.replace(/[^\w]+/g, '-')}.png`);
    await page.screenshot({ path }).then(() => { complaint += `picture: ${path}`; }, () => {});
  }
  await context.close();
  return complaint.trimEnd();
}

function describe({ webgpu, subpath, viewport, colorScheme }) {
  return [
    viewport && `${viewport.width} px`,
    webgpu === false && 'no WebGPU',
    subpath && 'under a sub-path',
    colorScheme,
  ].filter(Boolean).join(', ');
}
