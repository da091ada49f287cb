// Runs the browser cases. xtask starts the servers and hands everything over in one variable:
//   BRENIER_TESTS = { root, deep, chromium, engines, modules, pictures, scenes, words }
// root: the site at /; deep: the same site under a sub-path and nowhere else; modules: the folder
// that holds node_modules; engines: the other browsers, or why each is missing; pictures: where screenshots of failures go; scenes: the files that each
// may fetch, as they are weighed (`first scene`: on opening); words: which cases to run.
//
// A case is a file in cases/ that exports `name` and a default function, and may export `options`
// or a list `variants` of them: what browser.newContext takes, and
//   webgpu: false    a browser without WebGPU; 'canvas': one whose screenshots show its canvases
//   subpath: true    the site under a sub-path
// The site's service worker is let in only with serviceWorkers: 'allow': what it answers, a case's
// routes do not see.
// The function gets { page, context, base, options, problems, scenes, look } and throws to
// fail. Files without a `name` are helpers. A case also fails on any error in the console, any
// uncaught error or rejection, any breach of the policy, any request that fails or leaves the host.

import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { engines } from './engines/index.mjs';
import { launch } from './harness/browsers.mjs';
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
const browsers = await launch(setup);
let passed = 0;
let failed = 0;
let skipped = 0;
function tell(title, complaint) {
  if (complaint) {
    failed += 1;
    console.log(`  FAILED  ${title}\n${complaint.replace(/^/gm, '          ')}`);
  } else {
    passed += 1;
    console.log(`  passed  ${title}`);
  }
}
for (const job of jobs) tell(job.title, await attempt(job));
// Then what the other engines are asked.
const others = await engines(setup);
const start = performance.now();
for (const { title, missing, run } of others.jobs) {
  if (missing) {
    skipped += 1;
    console.log(`  skipped ${title} (${missing})`);
  } else {
    const before = performance.now();
    const complaint = await run(browsers);
    tell(`${title} (${((performance.now() - before) / 1000).toFixed(1)} s)`, complaint);
  }
}
await others.close();
if (others.jobs.length) console.log(`The other engines took ${Math.round((performance.now() - start) / 1000)} s.`);
await browsers.close();
console.log(`browser result: ${passed} passed; ${failed} failed; ${skipped} skipped`);
process.exitCode = failed ? 1 : 0;

/** Runs one case in a context of its own. Returns what is wrong, or nothing. */
async function attempt({ file, title, run, variant }) {
  const { webgpu = true, subpath = false, ...options } = variant;
  const base = subpath ? setup.deep : setup.root;
  const browser = await browsers.with(webgpu);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'block', ...options });
  context.setDefaultTimeout(WAIT);
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
