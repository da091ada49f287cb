// The worker of the scene in space: what Rust decides about it, one call at a time.
//
// In:  { id, call, args }
// Out: { ready: true, module } once, { id, value } or { id, error: { code, message, line?, column? } }
// `module` is the compiled wasm, for the solver's worker to start from.

import init, { spaceCells, spaceJumps, spaceLink, spaceOpen, spacePoints, spaceScene } from '../../wasm/brenier_monte_carlo.js';

const calls = { spaceCells, spaceJumps, spaceLink, spaceOpen, spacePoints, spaceScene };

const loaded = (async () => {
  const response = await fetch(new URL('../../wasm/brenier_monte_carlo_bg.wasm', import.meta.url));
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  // Streaming needs the right type; servers that do not know wasm get the slower way.
  const typed = response.headers.get('content-type')?.startsWith('application/wasm');
  const module = await (typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  await init({ module_or_path: module });
  return module;
})();

addEventListener('message', async ({ data: { id, call, args } }) => {
  try {
    await loaded;
    postMessage({ id, value: calls[call](...args) });
  } catch (error) {
    const { code = 'engine', message, index, line, column } = error;
    postMessage({ id, error: { code, message: String(message ?? error), index, line, column } });
  }
});

loaded.then(
  (module) => postMessage({ ready: true, module }),
  (error) => postMessage({ failed: String(error?.message ?? error) }),
);
