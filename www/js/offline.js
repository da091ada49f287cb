// The page's side of the service worker, sw.js: it keeps the site for when there is no network.
//
// The worker is registered once the page is ready, so that a first visit fetches what it would without
// one. Where a browser has none or refuses it (an iframe of another site, a file, a private window)
// nothing is different and nothing is said. Only a built site knows its build: `cargo xtask dist`
// writes it into its pages. One that is worked on keeps nothing.

const { build: BUILD } = document.documentElement.dataset;

/** The worker's container, where the browser lets a page have one. */
function container() {
  try {
    return navigator.serviceWorker ?? null;
  } catch {
    return null; // a sandboxed frame may not even ask
  }
}

const failure = ({ code, message }) => Object.assign(new Error(message), { code });

/** Asks a worker; `hear` gets what comes before the answer. */
function ask(worker, message, hear = () => {}) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => {
      if ('loaded' in data) {
        hear(data.loaded);
        return;
      }
      port1.close();
      if (data.error) reject(failure(data.error));
      else resolve(data.value);
    };
    worker.postMessage(message, [port2]);
  });
}

/** Resolves once a worker runs; to null where it cannot. */
const running = (worker) => new Promise((resolve) => {
  const look = () => {
    if (worker.state === 'activated') resolve(worker);
    if (worker.state === 'redundant') resolve(null);
  };
  worker.addEventListener('statechange', look);
  look();
});

/** Whether more than was asked for would cost the person, or take the line from somebody. */
function spare() {
  const { saveData, type, effectiveType } = navigator.connection ?? {};
  return !saveData && type !== 'cellular' && !/[23]g$/.test(effectiveType ?? '');
}

/**
 * What is kept of the site. Events: `change`. `state` is null until there is one:
 *   { files: Map of name to { bytes, kept }, scenes: { name: [names] }, beside: Set of names }
 */
export class Offline extends EventTarget {
  #worker = null;
  #registration = null;
  #told = false;

  state = null;
  /** A worker of another build: it waits for this page to end. */
  update = null;
  /** What went wrong last: { code, message }. */
  problem = null;
  /** While everything is being kept: { done, total } in bytes. */
  keeping = null;
  #stop = null;

  #change() {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      this.dispatchEvent(new Event('change'));
    });
  }

  /** Registers the worker; `all` also keeps the programs of the scenes that were not opened. */
  async start({ all = false } = {}) {
    const workers = container();
    if (!BUILD || !workers || !globalThis.isSecureContext) return;
    workers.addEventListener('message', ({ data }) => this.#hear(data));
    try {
      // Its place is the site's root, and so is all that it answers for.
      const registration = await workers.register(new URL('../sw.js', import.meta.url), { updateViaCache: 'none' });
      if (!registration) return;
      this.#registration = registration;
      this.#watch(registration);
      const first = registration.active ?? registration.waiting ?? registration.installing;
      this.#worker = first && await running(first);
      if (!this.#worker) return;
      const { build } = await this.#look();
      if (build !== BUILD) {
        // The server's files changed between the page and its worker, or the page went round it.
        this.state = null;
        this.update ??= this.#worker;
        await ask(this.#worker, { call: 'apart' });
        this.#change();
        return;
      }
      if (!workers.controller) await ask(this.#worker, { call: 'claim' });
      await ask(this.#worker, { call: 'seen', urls: performance.getEntriesByType('resource').map(({ name }) => name) });
      if (all && spare()) await ask(this.#worker, { call: 'program' });
      this.problem = null;
    } catch (error) {
      if (['room', 'build', 'server'].includes(error.code)) this.problem = error;
    }
    this.#change();
  }

  async #look() {
    const told = await ask(this.#worker, { call: 'state' });
    this.state = {
      files: new Map(told.files.map(([name, bytes, kept]) => [name, { bytes, kept }])),
      scenes: told.scenes,
      beside: new Set(told.beside),
    };
    this.#change();
    return told;
  }

  #hear({ build, kept, problem }) {
    if (build !== BUILD) return;
    if (kept && this.state) this.state.files.get(kept).kept = true;
    if (problem && problem.code !== 'offline') this.problem = problem;
    // The server has another build: it is fetched, and offered.
    if (problem?.code === 'build') this.#registration?.update().catch(() => {});
    this.#change();
  }

  /** Another build that is ready shows here as soon as it is. */
  #watch(registration) {
    const see = (worker) => {
      if (!worker || !registration.active || worker === registration.active) return;
      const look = () => {
        this.update = worker.state === 'installed' ? worker : null;
        this.#change();
      };
      worker.addEventListener('statechange', look);
      look();
    };
    see(registration.waiting);
    see(registration.installing);
    registration.addEventListener('updatefound', () => see(registration.installing));
  }

  /** The files that "everything" means and that are not kept yet. */
  missing() {
    const { files, beside } = this.state;
    return [...files].filter(([name, { kept }]) => !kept && !beside.has(name)).map(([name, { bytes }]) => ({ name, bytes }));
  }

  /** Bytes of what is kept. */
  get bytes() {
    return [...this.state.files.values()].reduce((sum, { bytes, kept }) => sum + (kept ? bytes : 0), 0);
  }

  /** Whether a scene runs without a network: all of its program is kept, and data of each kind it reads. */
  has(scene) {
    const { files, scenes } = this.state;
    const kinds = new Map();
    for (const name of scenes[scene]) {
      const kind = /\.(html|css|js|wasm)$/.test(name) ? name : /[^.]*$/.exec(name)[0];
      kinds.set(kind, kinds.get(kind) || files.get(name).kept);
    }
    kinds.delete('txt');
    return [...kinds.values()].every(Boolean);
  }

  /** Keeps everything, one file after the other. What is kept when it fails or is stopped stays. */
  async keepEverything() {
    if (this.keeping) return;
    this.problem = null;
    const list = this.missing();
    this.keeping = { done: 0, total: list.reduce((sum, { bytes }) => sum + bytes, 0) };
    let stopped = false;
    let now = null;
    this.#stop = () => {
      stopped = true;
      if (now) ask(this.#worker, { call: 'drop', file: now });
    };
    this.#change();
    // A browser that may throw it away asks, or decides by itself: it is kept in any case.
    navigator.storage?.persist?.().catch(() => {});
    try {
      let done = 0;
      for (const { name, bytes } of list) {
        if (stopped) break;
        now = name;
        await ask(this.#worker, { call: 'keep', file: name }, (loaded) => {
          this.keeping.done = Math.min(done + bytes, this.keeping.done + loaded);
          this.#change();
        });
        done += bytes;
        this.keeping.done = done;
        this.#change();
      }
    } catch (error) {
      if (error.code !== 'cancelled') this.problem = error;
    }
    this.keeping = null;
    this.#stop = null;
    this.#change();
  }

  cancel() {
    this.#stop?.();
  }

  /** Lets the new build begin and loads the page anew; resolves to how many other pages forbid it. */
  async takeOver() {
    const { update } = this;
    const others = update.state === 'activated' ? 0 : await ask(update, { call: 'takeOver' });
    if (!others && await running(update)) location.reload();
    return others;
  }
}
