// What the cases of the service worker share. Not a case itself: it exports no `name`.
//
// Offline is a server that does not answer: a browser's own switch does not reach what a service
// worker fetches.

import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { plain } from '../harness/files.mjs';
import { watch } from '../harness/watch.mjs';

const FOLDER = '/some/deck/';

/**
 * The site once more, under a sub-path of a server of the case's own:
 *   url, asked: the files asked for, in order; `/beside` is a blank page outside of the site
 *   put(file, body): another content; move(file, to): another name; fail(file, status)
 *   hold(file): answers only once the promise's function is called; resolves when it is asked for
 *   cut(), mend(), close()
 */
export async function site(base) {
  const asked = [];
  const bodies = new Map();
  /** By their names now: what files were called before. */
  const moved = new Map();
  const failing = new Map();
  const held = new Map();
  let down = false;
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, 'http://x').pathname;
    const file = path.startsWith(FOLDER) ? path.slice(FOLDER.length) || 'index.html' : path;
    asked.push(file);
    if (down) {
      request.socket.destroy();
      return;
    }
    if (file === '/beside') {
      response.end('<!doctype html><link rel="icon" href="data:,">');
      return;
    }
    await held.get(file)?.(response);
    if (response.destroyed) return;
    const before = moved.get(file) ?? ([...moved.values()].includes(file) ? 'none' : file);
    const answer = await fetch(base + (path.startsWith(FOLDER) ? before : 'none'));
    const body = Buffer.from(bodies.get(file) ?? await answer.arrayBuffer());
    const headers = Object.fromEntries(['content-type', 'content-security-policy', 'cache-control'].map((name) => [name, answer.headers.get(name) ?? '']));
    response.writeHead(failing.get(file) ?? answer.status, { ...headers, 'content-length': body.length });
    response.end(body);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return {
    url: `http://127.0.0.1:${server.address().port}${FOLDER}`,
    asked,
    put: (file, body) => bodies.set(file, body),
    move: (file, to) => moved.set(to, file),
    fail: (file, status) => (status ? failing.set(file, status) : failing.delete(file)),
    hold: (file) => new Promise((reached) => {
      held.set(file, (response) => new Promise((resolve) => {
        const release = () => {
          held.delete(file);
          resolve();
        };
        reached({ release, gone: new Promise((gone) => { response.on('close', gone); }).then(release) });
      }));
    }),
    cut() {
      down = true;
      server.closeAllConnections();
    },
    mend() { down = false; },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => { server.close(resolve); });
    },
  };
}

const LIST = /^const SITE = (.*);$/m;
const list = async (url) => JSON.parse(LIST.exec(await (await fetch(url)).text())[1]);

/**
 * Puts another build on the server: `changes` are files, by their plain names, with what is done to their
 * text. As in `cargo xtask dist`, they and those that name them have other names then, where names have
 * hashes. Resolves to the addresses of all that is different.
 */
export async function publish(server, base, build, changes) {
  const told = await list(`${base}sw.js`);
  const texts = new Map();
  for (const [file] of told.files.filter(([name]) => /\.(html|css|js)$/.test(name))) texts.set(file, await (await fetch(base + file)).text());
  const last = (file) => file.split('/').pop();
  const others = new Set(told.files.map(([file]) => file).filter((file) => plain(file) in changes));
  // Those that name one of them, until there are no more.
  for (const other of others) {
    if (plain(other) === other) continue;
    for (const [file, text] of texts) if (text.includes(last(other))) others.add(file);
  }
  const renamed = (file) => (others.has(file) && plain(file) !== file ? file.replace(/[0-9a-f]{8}(?=\.\w+$)/, build.slice(0, 8)) : file);
  for (const file of new Set([...others, 'index.html', 'embed.html'])) {
    let text = (changes[plain(file)] ?? ((same) => same))(texts.get(file)).replace(told.build, build);
    for (const other of others) text = text.replaceAll(last(other), last(renamed(other)));
    const body = Buffer.from(text);
    const row = told.files.find(([name]) => name === file);
    row.splice(0, 3, renamed(file), body.length, createHash('sha256').update(body).digest('base64').slice(0, 24));
    if (renamed(file) !== file) server.move(file, renamed(file));
    server.put(renamed(file), body);
    others.add(file);
  }
  told.build = build;
  const text = await (await fetch(`${base}sw.js`)).text();
  server.put('sw.js', text.replace(LIST, () => `const SITE = ${JSON.stringify(told)};`));
  return [...others].map(renamed);
}

/** A context of the case's own, with service workers, whose problems are the case's own too. */
export async function visitor(context, server, options = {}) {
  const own = await context.browser().newContext({ viewport: { width: 1280, height: 800 }, serviceWorkers: 'allow', ...options });
  own.setDefaultTimeout(120_000);
  return { context: own, problems: watch(own, server.url) };
}

/** Opens a page and waits until what it keeps is kept. */
export async function keeping(page, url) {
  await page.goto(url);
  await page.waitForSelector('html[data-ready]');
  await settled(page);
}

/** Waits until the worker has done what the page asked of it when it was ready. */
export const settled = (page) => page.waitForSelector('#offline[data-settled]', { state: 'attached' });

/** Closes pages, and waits until the build that waits for that runs. */
export async function closed(context, server, ...pages) {
  const beside = await context.newPage();
  await beside.goto(new URL('/beside', server.url).href);
  for (const page of pages) await page.close();
  await beside.waitForFunction(async (scope) => {
    const it = await navigator.serviceWorker.getRegistration(scope);
    return !it.waiting && it.active.state === 'activated';
  }, server.url);
  await beside.close();
}

/** What of the site is kept, from the page's own view of the browser's storage. */
export const stored = (page) => page.evaluate(async () => {
  const all = {};
  for (const name of await caches.keys()) {
    all[name] = (await (await caches.open(name)).keys()).map(({ url }) => url.replace(new URL('./', location.href).href, ''));
  }
  return all;
});
