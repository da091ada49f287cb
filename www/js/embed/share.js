// The frames of one page that show this site share what the first of them has compiled, so that a
// page with several demos fetches the solver once. Frames of one origin beside one another may look
// into one another; a sandboxed frame, or one alone, fetches for itself.

/** Under this name a frame shows the others { build, module: a promise }. */
const KEY = 'brenierSolver';
/** Frames of one build have this file from one address. */
const BUILD = new URL('.', import.meta.url).href;

/** The frames beside this one that share, in the order of the page. */
function others() {
  const found = [];
  if (parent === window) return found;
  for (let k = 0; k < parent.length; k += 1) {
    const frame = parent[k];
    try {
      if (frame !== window && frame[KEY]?.build === BUILD) found.push({ frame, module: frame[KEY].module });
    } catch { /* a frame of another origin */ }
  }
  return found;
}

/** Resolves to null when a frame is left or taken away: what it promised may never come. */
const gone = (frame) => new Promise((resolve) => {
  frame.addEventListener('pagehide', () => resolve(null), { once: true });
});

/** `take()` resolves to another frame's module or to null; `give(module)` is told what was fetched instead, or null. */
export function modules() {
  let give;
  const module = new Promise((resolve) => { give = resolve; });
  return {
    async take() {
      // Before anything is awaited: of two frames that begin together, one is the first.
      const before = others();
      window[KEY] ??= { build: BUILD, module };
      for (const other of before) {
        const found = await Promise.race([other.module, gone(other.frame)]);
        if (!found) continue;
        give(found);
        return found;
      }
      return null;
    },
    give,
  };
}
