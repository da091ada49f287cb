// The worker of recorded GAN runs: it fetches and reads their files, and runs the generators that
// they ended with.
//
// In:  { id, open: { key: url, … } }, { id, points: key, count, seed },
//      { id, grid: key, lines, samples }
// Out: { id, value } or { id, error: { code, message } }, and while files come { loaded, total }

import init, { Recording } from '../wasm/brenier_gan.js';
import { loadWasm } from './wasm.js';

const recordings = new Map();

/** The file, in pieces, so that its coming can be watched. */
async function bytes(url, heard) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${new URL(url).pathname.split('/').pop()}: ${response.status} ${response.statusText}`);
  // A compressed transfer is shorter than what arrives here; then there is no share to tell.
  heard(0, (!response.headers.get('content-encoding') && Number(response.headers.get('content-length'))) || 0);
  const parts = [];
  for (const reader = response.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    heard(value.length, 0);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** What each says of itself, and the points of its frames, x, y of each, frame after frame. */
async function open(urls) {
  let [loaded, total] = [0, 0];
  const heard = (more, size) => {
    loaded += more;
    total += size;
    postMessage({ loaded, total });
  };
  const [files] = await Promise.all([Promise.all(Object.values(urls).map((url) => bytes(url, heard))), loadWasm(init, new URL('../wasm/brenier_gan_bg.wasm', import.meta.url))]);
  const read = Object.keys(urls).map((key, k) => {
    const recording = new Recording(files[k]);
    recordings.set(key, recording);
    const about = recording.about();
    return [key, { about, frames: about.frames.map((_, index) => recording.frame(index)) }];
  });
  return Object.fromEntries(read);
}

addEventListener('message', async ({ data }) => {
  const { id } = data;
  try {
    if (data.open) postMessage({ id, value: await open(data.open) });
    else if (data.points) postMessage({ id, value: recordings.get(data.points).points(data.count, data.seed) });
    else postMessage({ id, value: recordings.get(data.grid).grid(data.lines, data.samples) });
  } catch (error) {
    postMessage({ id, error: { code: error.code ?? 'load', message: String(error.message ?? error) } });
  }
});
