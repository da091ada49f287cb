// Loads a wasm of the site into a worker.

/** What such a worker's name says where its page shares what is compiled (embed/share.js). */
export const SHARES = 'brenier-shares';

/** Asks the page for the compiled wasm of another worker; `give` tells it what was compiled instead. */
function ask(url) {
  const { port1, port2 } = new MessageChannel();
  const module = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    port1.onmessageerror = () => resolve(null);
  });
  postMessage({ wasm: url, port: port2 }, [port2]);
  return { module, give: (it) => port1.postMessage(it) };
}

async function compile(url, get) {
  const response = await get(url);
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`);
  // Streaming needs the right type; servers that do not know wasm get the slower way.
  const typed = response.headers.get('content-type')?.startsWith('application/wasm');
  return typed ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/**
 * `init` is what its glue exports, `url` where its wasm is; `get` fetches. Resolves to what was
 * compiled, rejects with what the server said.
 */
export async function loadWasm(init, url, get = fetch) {
  const shared = self.name === SHARES ? ask(url.href) : null;
  let module = await shared?.module;
  if (!module) {
    try {
      module = await compile(url, get);
    } catch (error) {
      shared?.give(null);
      throw error;
    }
    shared?.give(module);
  }
  await init({ module_or_path: module });
  return module;
}
