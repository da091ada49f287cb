// Loads a wasm of the site into a worker.

/** `init` is what its glue exports; `name` that of its files. Rejects with what the server said. */
export async function loadWasm(init, name) {
  const response = await fetch(new URL(`../wasm/${name}_bg.wasm`, import.meta.url));
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  // Streaming needs the right type; servers that do not know wasm get the slower way.
  const typed = response.headers.get('content-type')?.startsWith('application/wasm');
  await init({ module_or_path: typed ? response : await response.arrayBuffer() });
}
