import assert from 'node:assert/strict';
import { decode } from '../harness/png.mjs';

export const name = 'potential: a film is an animated PNG or a WebM, frame by frame';

const [SIZE, RATE, COUNT] = [64, 20, 24];

/** A film of a square that crosses the picture while its colour changes, and one frame that repeats. */
async function films({ root, SIZE, RATE, COUNT }) {
  const { animatedPng, webmPath } = await import(`${root}${published('js/potential/film.js')}`);
  const shade = (k) => Math.round((255 * k) / COUNT);
  const paint = (c, k) => {
    const j = k === 5 ? 4 : k;
    c.fillStyle = '#fbfbf9';
    c.fillRect(0, 0, SIZE, SIZE);
    c.fillStyle = `rgb(${shade(j)} 80 ${255 - shade(j)})`;
    c.fillRect(2 * j, 20, 16, 24);
  };
  const film = { size: SIZE, rate: RATE, count: COUNT, paint };
  const how = () => ({ signal: new AbortController().signal, onProgress() {} });
  const bytes = async (blob) => Array.from(new Uint8Array(await blob.arrayBuffer()));
  const shares = [];
  const png = await animatedPng(film, { ...how(), onProgress: (share) => shares.push(share) });

  // What Chromium makes of it.
  const decoder = new ImageDecoder({ data: await png.arrayBuffer(), type: 'image/png' });
  await decoder.tracks.ready;
  await decoder.completed;
  const { frameCount, repetitionCount } = decoder.tracks.selectedTrack;
  const seen = [];
  for (const k of [0, 5, 11, COUNT - 1]) {
    const { image } = await decoder.decode({ frameIndex: k });
    const context = new OffscreenCanvas(SIZE, SIZE).getContext('2d');
    context.drawImage(image, 0, 0);
    const wanted = new OffscreenCanvas(SIZE, SIZE).getContext('2d');
    paint(wanted, k);
    const [a, b] = [context, wanted].map((c) => c.getImageData(0, 0, SIZE, SIZE).data);
    seen.push({ k, duration: image.duration, differ: a.reduce((n, v, i) => n + (v !== b[i]), 0) });
  }

  // A film that is given up leaves nothing.
  const controller = new AbortController();
  const given = await animatedPng(film, { signal: controller.signal, onProgress: (share) => share > 0.4 && controller.abort() }).then(() => 'made', ({ code }) => code);

  const path = await webmPath(SIZE, RATE);
  const webm = await path.make(film, how());
  const video = document.createElement('video');
  const url = URL.createObjectURL(webm);
  video.muted = true;
  const ready = new Promise((resolve, reject) => Object.assign(video, { onloadeddata: resolve, onerror: () => reject(new Error(video.error?.message)) }));
  video.src = url;
  document.body.append(video);
  await ready;
  const watched = { duration: video.duration, width: video.videoWidth, places: [] };
  for (const k of [3, 15]) {
    // The frame on show says of what time it is.
    const shown = new Promise((resolve) => {
      const next = (_, { mediaTime }) => (Math.abs(mediaTime - k / RATE) < 0.5 / RATE ? resolve() : video.requestVideoFrameCallback(next));
      video.requestVideoFrameCallback(next);
    });
    video.currentTime = (k + 0.5) / RATE;
    await shown;
    const context = new OffscreenCanvas(SIZE, SIZE).getContext('2d');
    context.drawImage(video, 0, 0);
    const { data } = context.getImageData(0, 32, SIZE, 1);
    // Where the row is no longer the ground.
    let from = 0;
    while (from < SIZE && data[4 * from] > 200 && data[4 * from + 1] > 200) from += 1;
    watched.places.push({ k, from });
  }
  URL.revokeObjectURL(url);

  // Without the encoder a recorder takes its place; without either there are words.
  globalThis.VideoEncoder = undefined;
  let recorded = 0;
  const slow = await (await webmPath(SIZE, RATE)).make({ ...film, count: 6, paint: (c, k) => { recorded += 1; paint(c, k); } }, how());
  globalThis.MediaRecorder = undefined;
  const { why, make } = await webmPath(SIZE, RATE);
  return { recorded, slow: await bytes(slow), why, can: Boolean(make), png: await bytes(png), shares, frameCount, repetitionCount, seen, given, webm: await bytes(webm), watched };
}

/** The check sum of PNG, bit by bit as the specification has it. */
function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) {
    c ^= byte;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? (c >>> 1) ^ 0xedb88320 : c >>> 1;
  }
  return (c ^ 0xffffffff) >>> 0;
}

/** Chunks of a PNG, their check sums verified. */
function chunks(file) {
  assert.deepEqual([...file.subarray(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const out = [];
  for (let at = 8; at < file.length;) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(file.subarray(at + 4, at + 8 + length)), `check sum of ${kind} at ${at}`);
    out.push({ kind, body: file.subarray(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return out;
}

/** A still PNG of one frame: what its rectangle holds. */
function still(header, { width, height }, data) {
  const head = Buffer.from(header);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  const chunk = (kind, body) => {
    const out = Buffer.alloc(12 + body.length);
    out.writeUInt32BE(body.length, 0);
    out.write(kind, 4, 'latin1');
    body.copy(out, 8);
    out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
    return out;
  };
  return decode(Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]));
}

/** Elements of a Matroska body: { id, body }. */
function elements(file) {
  const out = [];
  for (let at = 0; at < file.length;) {
    const wide = Math.clz32(file[at]) - 23;
    const id = file.readUIntBE(at, wide);
    at += wide;
    assert.equal(file[at], 1, 'lengths are eight bytes');
    const length = Number(file.readBigUInt64BE(at) & 0xffffffffffffffn);
    out.push({ id, body: file.subarray(at + 8, at + 8 + length), at: at - wide });
    at += 8 + length;
  }
  return out;
}

export default async function ({ page, base }) {
  // A page without a policy: it plays what it has just made.
  await page.route(`${base}film.html`, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto(`${base}film.html`);
  const { png, shares, frameCount, repetitionCount, seen, given, webm, watched, recorded, slow, why, can } = await page.evaluate(films, { root: base, SIZE, RATE, COUNT });

  // The PNG, chunk by chunk.
  const list = chunks(Buffer.from(png));
  assert.equal(list.map(({ kind }) => kind).join(' '), `IHDR acTL fcTL IDAT ${'fcTL fdAT '.repeat(COUNT - 1)}IEND`);
  const [header, control] = list.map(({ body }) => body);
  assert.deepEqual([header.readUInt32BE(0), header.readUInt32BE(4)], [SIZE, SIZE]);
  assert.deepEqual([control.readUInt32BE(0), control.readUInt32BE(4)], [COUNT, 0], 'so many frames, without end');
  let sequence = 0;
  let frame = null;
  const canvas = Buffer.alloc(3 * SIZE * SIZE);
  let k = 0;
  for (const { kind, body } of list) {
    if (kind === 'fcTL') {
      assert.equal(body.readUInt32BE(0), sequence++);
      frame = { width: body.readUInt32BE(4), height: body.readUInt32BE(8), x: body.readUInt32BE(12), y: body.readUInt32BE(16) };
      assert.deepEqual([body.readUInt16BE(20), body.readUInt16BE(22), body[24], body[25]], [1, RATE, 0, 0], 'each frame stands for its time');
      assert.ok(frame.x + frame.width <= SIZE && frame.y + frame.height <= SIZE);
    } else if (kind === 'IDAT' || kind === 'fdAT') {
      if (kind === 'fdAT') assert.equal(body.readUInt32BE(0), sequence++);
      const { pixels } = still(header, frame, kind === 'fdAT' ? body.subarray(4) : body);
      for (let y = 0; y < frame.height; y += 1) pixels.copy(canvas, 3 * ((frame.y + y) * SIZE + frame.x), 3 * y * frame.width, 3 * (y + 1) * frame.width);
      // The square is where the film has put it, and nothing of the last one is left.
      const j = k === 5 ? 4 : k;
      const at = (x, y) => [...canvas.subarray(3 * (y * SIZE + x), 3 * (y * SIZE + x) + 3)];
      const shade = Math.round((255 * j) / COUNT);
      assert.deepEqual(at(2 * j + 8, 30), [shade, 80, 255 - shade], `frame ${k}`);
      if (j > 0) assert.deepEqual(at(2 * j - 1, 30), [251, 251, 249], `frame ${k} leaves no trace`);
      assert.deepEqual(at(SIZE - 1, SIZE - 1), [251, 251, 249]);
      if (k === 5) assert.deepEqual([frame.width, frame.height], [1, 1], 'a frame that repeats is one pixel');
      k += 1;
    }
  }
  assert.equal(k, COUNT);
  assert.deepEqual(shares, Array.from({ length: COUNT }, (_, i) => (i + 1) / COUNT));
  assert.equal(frameCount, COUNT);
  assert.equal(repetitionCount, Infinity);
  for (const { k: frameIndex, duration, differ } of seen) {
    assert.equal(differ, 0, `Chromium shows frame ${frameIndex} as it was drawn`);
    assert.equal(duration, 1e6 / RATE);
  }
  assert.equal(given, 'cancelled');

  // The WebM, element by element.
  const [ebml, segment] = elements(Buffer.from(webm));
  assert.deepEqual([ebml.id, segment.id], [0x1a45dfa3, 0x18538067]);
  assert.ok(elements(ebml.body).some(({ id, body }) => id === 0x4282 && body.toString() === 'webm'));
  const parts = elements(segment.body);
  const clusters = parts.filter(({ id }) => id === 0x1f43b675);
  const times = clusters.flatMap(({ body }) => {
    const [clock, ...blocks] = elements(body);
    return blocks.map((block) => clock.body.readUIntBE(0, clock.body.length) + block.body.readInt16BE(1));
  });
  assert.deepEqual(times, Array.from({ length: COUNT }, (_, i) => Math.round((1000 * i) / RATE)), 'as many blocks as frames, each at its time');
  const cues = elements(parts.find(({ id }) => id === 0x1c53bb6b).body);
  assert.equal(cues.length, clusters.length);
  cues.forEach(({ body }, i) => {
    const position = elements(elements(body).find(({ id }) => id === 0xb7).body).find(({ id }) => id === 0xf1).body;
    assert.equal(position.readUIntBE(0, position.length), clusters[i].at, 'a cue names where its cluster begins');
  });
  assert.ok(Math.abs(watched.duration - COUNT / RATE) < 0.001, `${watched.duration} s`);
  assert.equal(watched.width, SIZE);
  for (const { k: at, from } of watched.places) assert.ok(Math.abs(from - 2 * at) <= 2, `at frame ${at} the square begins at ${from}`);

  assert.equal(recorded, 6, 'a recorder is shown every frame once');
  assert.equal(Buffer.from(slow).readUInt32BE(0), 0x1a45dfa3);
  assert.ok(!can && /no encoder for WebM/.test(why), why);
}
