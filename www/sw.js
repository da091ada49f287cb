// The service worker: keeps the site for when there is no network, one build whole.
//
// `cargo xtask dist` puts the list of the site's files in place of `null`, with their hashes. Most have
// a part of it in their names too, so that a file that did not change is at the same address in every
// build, and one that did is not. Another build is another list, so the browser installs that worker beside the one that runs. It keeps its
// files in a store of its own and begins when no page is open any more, or when the only page that
// is open asks for it: no page ever gets files of two builds. What comes from the network is kept,
// and given to a page, only if it has the hash in the list.
//
// A page's messages, each answered on the port that comes with it by { value } or { error: { code,
// message } }:
//   { call: 'state' }            what is kept; see below
//   { call: 'claim' }            take the page's requests from here on: it is of this build
//   { call: 'apart' }            never answer this page: it is of another build
//   { call: 'seen', urls }       keep what was fetched before this worker ran
//   { call: 'program' }          keep what runs, of every scene
//   { call: 'keep', file }       keep a file; { loaded } meanwhile
//   { call: 'drop', file }       end that
//   { call: 'takeOver' }         begin now; value is how many other pages forbid it
// To the pages, with the build they come from: { build, kept: file }, { build, problem: { code,
// message } }. Codes: `offline`, `server` (it refuses),
// `build` (what it sends is of another build), `room` (no room, or none allowed), `cancelled`.

const SITE = null;

const root = new URL('./', self.location.href);
const ours = `brenier ${root.pathname} `;
const store = ours + SITE?.build;
const names = SITE?.files.map(([file]) => file) ?? [];
const files = new Map(SITE?.files.map(([file, bytes, hash]) => [file, { bytes, hash }]));
const beside = new Set(SITE?.beside.map((k) => names[k]));
const address = (file) => new URL(file, root).href;
/** A file's name without its hash: it is the same in every build. */
const plain = (file) => file.replace(/-[0-9a-f]{8}(?=\.\w+$)/, '');
/** What the page is written in is little, and kept at once; wasm and data wait until they are used. */
const isText = (file) => /\.(html|css|js|webmanifest)$/.test(file);
const isProgram = (file) => isText(file) || file.endsWith('.wasm');

const failure = (code, message) => Object.assign(new Error(message), { code });
/** As the list has it: the first 18 bytes of SHA-256. */
const hashOf = async (bytes) => btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes), 0, 18)));

/** Pages and workers that are of no build of ours, or of another one: theirs is the network. */
const apart = new Set();
/** Files on their way, by name: { done, controller, heard }. */
const coming = new Map();

/** The path of an address within the site; null where it is outside. */
function pathOf(request) {
  const url = new URL(request);
  if (url.origin !== root.origin || !url.pathname.startsWith(root.pathname)) return null;
  try {
    return decodeURIComponent(url.pathname.slice(root.pathname.length));
  } catch {
    return null;
  }
}

/** The file of the list that a request means; hosts may leave out `index.html` or `.html`. */
function fileOf(request) {
  const path = pathOf(request);
  return path === null ? null : [path || 'index.html', `${path}.html`].find((name) => files.has(name)) ?? null;
}

/** An answer of our own with the headers of the server's: whole, decoded, the same for every request. */
function answerOf(file, body, { headers: told }) {
  const headers = new Headers(told);
  for (const name of ['content-encoding', 'transfer-encoding', 'vary', 'content-range']) headers.delete(name);
  headers.set('content-length', files.get(file).bytes);
  headers.set('brenier-hash', files.get(file).hash);
  return new Response(body, { status: 200, headers });
}

async function put(file, answer) {
  try {
    await (await caches.open(store)).put(address(file), answer);
  } catch (error) {
    throw failure('room', `The browser has no room for ${file}, or allows none (${error.name}).`);
  }
  tell({ kept: file });
}

async function tell(message) {
  for (const client of await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) {
    if (client.url.startsWith(root.href)) client.postMessage({ build: SITE.build, ...message });
  }
}
const problem = ({ code = 'room', message }) => tell({ problem: { code, message } });

async function kept(file) {
  try {
    return await (await caches.open(store)).match(address(file));
  } catch {
    return undefined; // storage is refused: the network is left
  }
}

/** The stores of earlier builds, the newest last. */
const earlier = async () => (await caches.keys()).filter((name) => name.startsWith(ours) && name !== store);

/** The file as an earlier build kept it, where it did not change. */
async function unchanged(file) {
  for (const name of await earlier()) {
    const answer = await (await caches.open(name)).match(address(file));
    if (answer?.headers.get('brenier-hash') === files.get(file).hash) return answer;
  }
  return null;
}

/** Why a server does not give a file: a program's changes its name with its content, and is gone with its build. */
const refused = (file, status) => (status === 404 && isProgram(file) && file !== plain(file)
  ? failure('build', `${file} is of another build than the server's.`)
  : failure('server', `${file}: the server says ${status}.`));

/** Fetches a file, whole; `cache` as fetch takes it. */
async function fetched(file, cache, { signal, heard }) {
  let answer;
  const parts = [];
  try {
    answer = await fetch(address(file), { cache, signal, credentials: 'same-origin' });
    if (answer.status === 200 && answer.body) {
      for (const reader = answer.body.getReader(); ;) {
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        for (const hear of heard) hear(value.length);
      }
    }
  } catch {
    throw signal.aborted ? failure('cancelled', 'Stopped.') : failure('offline', `${file} could not be fetched.`);
  }
  if (answer.status !== 200) throw refused(file, answer.status);
  const bytes = await new Blob(parts).arrayBuffer();
  if (await hashOf(bytes) !== files.get(file).hash) throw failure('build', `${file} is of another build.`);
  return answerOf(file, bytes, answer);
}

/** Keeps a file, if it is not kept yet: an earlier build's, the browser's own copy, or the server's. */
function keep(file, hear) {
  const now = coming.get(file);
  if (now) {
    if (hear) now.heard.add(hear);
    return now.done;
  }
  const controller = new AbortController();
  const it = { controller, heard: new Set(hear ? [hear] : []) };
  const told = { signal: controller.signal, heard: it.heard };
  const get = async () => {
    if (await kept(file)) return;
    const answer = await unchanged(file)
      ?? await fetched(file, 'force-cache', told).catch((error) => {
        if (!['build', 'server'].includes(error.code)) throw error;
        return fetched(file, 'reload', told);
      });
    await put(file, answer);
  };
  it.done = get().finally(() => coming.delete(file));
  coming.set(file, it);
  return it.done;
}

/** What is kept of this build. */
async function held() {
  return new Set((await (await caches.open(store)).keys()).map(({ url }) => fileOf(url)));
}

/** Keeps several, some at once; ends at the first that cannot be. */
async function keepAll(list) {
  const had = await held();
  const rest = [...list].filter((file) => !had.has(file));
  const one = async () => {
    while (rest.length) await keep(rest.shift());
  };
  await Promise.all(Array.from({ length: 6 }, one));
}

/** What the page and the embed open with, and the text of all scenes. */
function basis() {
  const first = new Set(SITE.first.map((k) => names[k]));
  return names.filter((file) => first.has(file) || (isText(file) && !beside.has(file)));
}

/**
 * The basis, and again whatever an earlier build kept. No build is held back for want of room for
 * that, or for a host that does not give pictures or the manifest.
 */
async function install() {
  const more = new Set(basis());
  const ofBefore = new Map(names.map((file) => [plain(file), file]));
  for (const name of await earlier()) {
    for (const { url } of await (await caches.open(name)).keys()) more.add(ofBefore.get(plain(pathOf(url))));
  }
  more.delete(undefined);
  await keepAll(basis().filter(isProgram));
  await keepAll(more).catch((error) => { if (!['room', 'server'].includes(error.code)) throw error; });
}

async function forget() {
  for (const name of await earlier()) await caches.delete(name);
}

/** Whether a page that is not ours starts this worker of its own. One just opened may not be listed yet. */
async function fromOutside({ request, clientId }) {
  if (!/worker$/.test(request.destination) || !clientId) return false;
  const listed = async (includeUncontrolled) => (await self.clients.matchAll({ type: 'all', includeUncontrolled })).some(({ id }) => id === clientId);
  return await listed(true) && !await listed(false);
}

/** { found, ended }: what a request gets, and where it still comes, when it has. */
async function answer(event, file) {
  const { request, resultingClientId } = event;
  if (await fromOutside(event)) {
    apart.add(resultingClientId);
    return { found: await fetch(request) };
  }
  const found = await kept(file);
  if (found && request.cache !== 'reload') return { found };
  if (request.mode === 'navigate') {
    // The browser took what was kept: this page is the server's, and the next one starts afresh. It does
    // not wait for that: an update that runs comes first, and one that cannot end would hold the page.
    apart.add(resultingClientId);
    const afresh = self.registration.unregister();
    return { found: await fetch(request), ended: afresh };
  }
  return passedOn(file, request);
}

/**
 * The server's answer as it comes, and kept once it is whole. Its last part is held back until the
 * hash is right, so that nobody takes a file of another build.
 */
async function passedOn(file, { signal }) {
  const answer = await fetch(address(file), { cache: 'no-cache', signal, credentials: 'same-origin' });
  if (answer.status !== 200 || !answer.body) {
    const why = refused(file, answer.status);
    if (why.code === 'build') await problem(why);
    return { found: answer };
  }
  const reader = answer.body.getReader();
  const parts = [];
  let end;
  const ended = new Promise((resolve) => { end = resolve; });

  async function close(out) {
    const bytes = await new Blob(parts).arrayBuffer();
    if (await hashOf(bytes) !== files.get(file).hash) throw failure('build', `${file} is of another build.`);
    if (parts.length) out.enqueue(parts.at(-1));
    out.close();
    await put(file, answerOf(file, bytes, answer));
  }
  const body = new ReadableStream({
    async pull(out) {
      try {
        for (;;) {
          const before = parts.at(-1);
          const { done, value } = await reader.read();
          if (done) {
            await close(out);
            end();
            return;
          }
          parts.push(value);
          if (before) {
            out.enqueue(before);
            return;
          }
        }
      } catch (error) {
        if (error.code) await problem(error);
        if (error.code !== 'room') out.error(error);
        end();
      }
    },
    cancel(reason) {
      end();
      return reader.cancel(reason);
    },
  });
  return { found: answerOf(file, body, answer), ended };
}

const calls = {
  /** { build, files: [[name, bytes, whether kept]], scenes: { name: [names] }, beside: [names] } */
  async state() {
    const had = await held();
    const scenes = Object.fromEntries(Object.entries(SITE.scenes).map(([scene, list]) => [scene, list.map((k) => names[k])]));
    return { build: SITE.build, files: SITE.files.map(([file, bytes]) => [file, bytes, had.has(file)]), scenes, beside: [...beside] };
  },
  claim: () => self.clients.claim(),
  async apart({ source }) { apart.add(source.id); },
  async seen({ data: { urls } }) {
    const seen = new Set(urls.map(fileOf).filter(Boolean));
    // A scene's workers fetch what the page does not see: its program is kept with its first module.
    for (const [scene, list] of Object.entries(SITE.scenes)) {
      const its = list.map((k) => names[k]);
      if (its.some((file) => file.startsWith(`js/${scene}/`) && seen.has(file))) its.filter(isProgram).forEach((file) => seen.add(file));
    }
    await keepAll([...basis(), ...seen]);
  },
  program: () => keepAll(names.filter((file) => isProgram(file) && !beside.has(file))),
  keep: ({ data: { file }, ports: [port] }) => keep(file, (loaded) => port.postMessage({ loaded })),
  async drop({ data: { file } }) { coming.get(file)?.controller.abort(); },
  async takeOver({ source }) {
    const pages = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const others = pages.filter(({ id, url }) => id !== source.id && url.startsWith(root.href)).length;
    if (!others) await self.skipWaiting();
    return others;
  },
};

if (SITE) {
  self.addEventListener('install', (event) => event.waitUntil(install().catch(async (error) => {
    await problem(error);
    throw error;
  })));
  self.addEventListener('activate', (event) => event.waitUntil(forget()));
  self.addEventListener('fetch', (event) => {
    const { request, clientId, resultingClientId } = event;
    if (apart.has(clientId) && request.mode !== 'navigate') {
      // The workers of such a page are apart too.
      if (resultingClientId) apart.add(resultingClientId);
      return;
    }
    // A part of a file is never asked for here; whoever does gets it from the server.
    if (request.method !== 'GET' || request.headers.has('range')) return;
    const file = fileOf(request.url);
    if (!file) return;
    const got = answer(event, file);
    event.waitUntil(got.then(({ ended }) => ended, () => {}));
    event.respondWith(got.then(({ found }) => found));
  });
  self.addEventListener('message', (event) => {
    const [port] = event.ports;
    const call = calls[event.data?.call];
    if (!call || !port) return;
    event.waitUntil(Promise.resolve(call(event)).then(
      (value) => port.postMessage({ value }),
      ({ code = 'room', message }) => port.postMessage({ error: { code, message } }),
    ));
  });
} else {
  // A site that is worked on keeps nothing: what another build kept at this address goes, and so does this.
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) => event.waitUntil(forget().then(() => self.registration.unregister())));
}
