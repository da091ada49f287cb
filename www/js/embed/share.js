// The frames of one page that show this site share what the first of them has fetched, so that a page
// with several demos fetches each file once. Frames of one origin beside one another may look into one
// another; a sandboxed frame, or one alone, fetches for itself.

import { lending } from '../thread.js';

/** Under this name a frame shows the others { build, things: promises by key }. */
const KEY = 'brenierShared';
/** Frames of one build have this file from one address, and name one build. */
const BUILD = new URL('.', import.meta.url).href + (document.documentElement.dataset.build ?? '');

const things = new Map();
let shares = false;

/** What the frames beside this one have of a key, in the order of the page. */
function others(key) {
  const found = [];
  for (let k = 0; k < parent.length; k += 1) {
    const frame = parent[k];
    try {
      const kept = frame !== window && frame[KEY]?.build === BUILD && frame[KEY].things.get(key);
      if (kept) found.push(Promise.race([kept, gone(frame)]));
    } catch { /* a frame of another origin */ }
  }
  return found;
}

/** Resolves to null when a frame is left or taken away: what it promised may never come. */
const gone = (frame) => new Promise((resolve) => {
  frame.addEventListener('pagehide', () => resolve(null), { once: true });
});

/** Resolves to what another frame, or this one, has under a key, else to what `make` brings. */
export function shared(key, make) {
  if (!shares) return make();
  // Before anything is awaited: of two frames that begin together, one is the first.
  const before = [things.get(key), ...others(key)].filter(Boolean);
  const thing = (async () => {
    for (const one of before) {
      const found = await one.catch(() => null);
      if (found) return found;
    }
    return make();
  })();
  things.set(key, thing);
  // What failed is tried again.
  thing.catch(() => { if (things.get(key) === thing) things.delete(key); });
  return thing;
}

/** A worker that asks for compiled wasm gets it, or is told to fetch it and to lend it to the others. */
function lend(worker) {
  const end = new AbortController();
  const over = () => end.abort();
  const { terminate } = worker;
  worker.terminate = () => {
    over();
    terminate.call(worker);
  };
  worker.addEventListener('error', over);
  worker.addEventListener('message', (event) => {
    const { wasm, port } = event.data ?? {};
    if (!wasm) return;
    event.stopImmediatePropagation();
    shared(wasm, () => new Promise((resolve, reject) => {
      const fail = () => reject(new Error(`${wasm} was not compiled`));
      end.signal.addEventListener('abort', fail, { once: true });
      if (end.signal.aborted) fail();
      port.onmessage = ({ data }) => (data ? resolve(data) : fail());
      port.onmessageerror = fail;
      port.postMessage(null);
    })).then((module) => port.postMessage(module), () => {});
  });
}

/** Lets this frame share from now on. */
export function share() {
  if (parent === window) return;
  shares = true;
  window[KEY] = { build: BUILD, things };
  lending(lend);
}
