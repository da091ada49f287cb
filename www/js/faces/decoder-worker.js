// The worker of one decoder: pictures from latent codes, by burn compiled to wasm.
//
// In:  { open: { bytes, backend } }, then { id, call: 'decode' | 'label', codes }
// Out: { opened: { about, latent, side, backend } }, then { id, value }; or { id?, error: { code,
//      message } } with code `engine` where the wasm does not load or has stopped for good

import { loadWasm } from '../wasm.js';

const modules = {
  flex: [new URL('../../wasm/brenier_faces_bg.wasm', import.meta.url), () => import('../../wasm/brenier_faces.js')],
  ndarray: [new URL('../../wasm/brenier_faces_ndarray_bg.wasm', import.meta.url), () => import('../../wasm/brenier_faces_ndarray.js')],
};

let decoder = null;

function tell(id, error) {
  // Errors of ours have a code. Anything else is a fault; wasm that panicked cannot go on.
  const code = typeof error.code === 'string' ? error.code : 'engine';
  postMessage({ id, error: { code, message: String(error.message ?? error) } });
}

async function open({ bytes, backend }) {
  const [url, glue] = modules[backend];
  const { default: init, Decoder } = await glue();
  await loadWasm(init, url);
  decoder = new Decoder(bytes);
  // The first pictures take ten times as long as those after them: these are nobody's.
  decoder.decode(new Float32Array(decoder.latent));
  const { latent, side } = decoder;
  return { about: decoder.about(), latent, side, backend: decoder.backend };
}

addEventListener('message', async ({ data: { open: given, id, call, codes } }) => {
  try {
    if (given) postMessage({ opened: await open(given) });
    else {
      const value = decoder[call](codes);
      postMessage({ id, value }, value ? [value.buffer] : []);
    }
  } catch (error) {
    tell(id, error);
  }
});
