// A file of the scene, fetched with its progress.

import { shared } from '../embed/share.js';
import { failure } from '../thread.js';

/** Addresses whose file was not right: the browser's copy of it is not taken again. */
const distrusted = new Set();

/** Says whether a file was right. */
export function trust(url, right) {
  if (right) distrusted.delete(url.href);
  else distrusted.add(url.href);
}

/** Bytes of an answer as they come, told to `onProgress`; `total` is null where nobody knows it. */
async function received({ headers, body }, onProgress) {
  // Of a compressed answer the length is another's than that of what comes out here.
  const total = headers.has('content-encoding') ? null : Number(headers.get('content-length')) || null;
  const parts = [];
  let loaded = 0;
  onProgress?.({ loaded, total });
  for (const reader = body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loaded += value.length;
    onProgress?.({ loaded, total });
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/**
 * The bytes of a file; `what` names it in errors: code `offline`, or `weights` where the server
 * refuses. Rejects with the reason of `signal` where that is aborted.
 */
export async function bytes(url, { what, onProgress, signal }) {
  const again = distrusted.has(url.href);
  const get = async () => {
    let status = 0;
    try {
      const response = await fetch(url, { signal, cache: again ? 'reload' : 'default' });
      if (response.ok) return await received(response, onProgress);
      ({ status } = response);
    } catch {
      signal?.throwIfAborted();
      throw failure({ code: 'offline', message: `${what} could not be fetched. Check the connection and try again.` });
    }
    throw failure({ code: 'weights', message: `${what} could not be fetched (the server says ${status}). Try again later.` });
  };
  if (again) return get();
  // Each frame hands a copy of its own to a worker.
  return (await shared(url.href, get)).slice();
}
