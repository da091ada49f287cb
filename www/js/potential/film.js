// Frames to a file: an animated PNG, or a WebM. The frames are drawn one by one and never by the
// clock, so that the same settings give the same number of frames however slow the machine.

import { Apng } from './apng.js';
import { webm } from './webm.js';

const cancelled = () => Object.assign(new Error('The export was cancelled.'), { code: 'cancelled' });
/** Lets the page breathe. */
const breath = () => new Promise((resolve) => { requestAnimationFrame(resolve); });

/**
 * `film`: { size, rate (frames a second), count, paint(context, k) }. `onProgress` hears the share
 * that is done. Returns the file as a Blob; a `signal` that is aborted makes it throw `cancelled`.
 */
export async function animatedPng({ size, rate, count, paint }, { signal, onProgress }) {
  const context = surface(size);
  const file = new Apng(size, size);
  for (let k = 0; k < count; k += 1) {
    paint(context, k);
    await file.add(context.getImageData(0, 0, size, size).data, [1, rate]);
    onProgress((k + 1) / count);
    await breath();
    if (signal.aborted) throw cancelled();
  }
  return file.blob();
}

function surface(size) {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  return canvas.getContext('2d', { willReadFrequently: true });
}

const CODECS = [['vp09.00.31.08', 'V_VP9'], ['vp8', 'V_VP8']];
const RECORDED = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];

/**
 * How this browser can make a WebM: { make } or { why }. One that records none is not asked for its
 * encoder: WebKitGTK loses the page over that question.
 */
export async function webmPath(size, rate) {
  const type = typeof MediaRecorder === 'function' ? RECORDED.find((t) => MediaRecorder.isTypeSupported(t)) : null;
  if (type && typeof VideoEncoder === 'function') {
    for (const [codec, name] of CODECS) {
      const config = { codec, width: size, height: size, framerate: rate, bitrate: 8e6, latencyMode: 'quality' };
      const { supported } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
      if (supported) return { make: (film, how) => encoded(film, config, name, how) };
    }
  }
  if (type && HTMLCanvasElement.prototype.captureStream) return { make: (film, how) => recorded(film, type, how) };
  return { why: 'This browser has no encoder for WebM. Take the animated PNG: it shows the same frames.' };
}

/** As fast as the encoder is; every frame has its exact time. */
async function encoded({ size, rate, count, paint }, config, codec, { signal, onProgress }) {
  const context = surface(size);
  const blocks = [];
  let failure = null;
  const encoder = new VideoEncoder({
    output(chunk) {
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      blocks.push({ data, milliseconds: Math.round(chunk.timestamp / 1000), key: chunk.type === 'key' });
    },
    error(error) { failure = error; },
  });
  try {
    encoder.configure(config);
    for (let k = 0; k < count; k += 1) {
      paint(context, k);
      const frame = new VideoFrame(context.canvas, { timestamp: Math.round((1e6 * k) / rate), duration: Math.round(1e6 / rate) });
      // A key frame every two seconds: there a player can set in.
      encoder.encode(frame, { keyFrame: k % (2 * rate) === 0 });
      frame.close();
      await breath();
      while (encoder.encodeQueueSize > 4 && !failure && !signal.aborted) await breath();
      if (signal.aborted) throw cancelled();
      if (failure) throw failure;
      onProgress((k + 1) / count);
    }
    await encoder.flush();
  } finally {
    if (encoder.state !== 'closed') encoder.close();
  }
  if (failure) throw failure;
  return new Blob(webm(blocks, { width: size, height: size, codec, duration: (1000 * count) / rate }), { type: 'video/webm' });
}

/** In the time the film takes: a recorder stamps frames by the clock. */
async function recorded({ size, rate, count, paint }, mimeType, { signal, onProgress }) {
  const context = surface(size);
  const stream = context.canvas.captureStream(0);
  const [track] = stream.getVideoTracks();
  const recorder = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 8e6 });
  const parts = [];
  recorder.ondataavailable = ({ data }) => parts.push(data);
  const ended = new Promise((resolve, reject) => {
    recorder.onstop = resolve;
    recorder.onerror = ({ error }) => reject(error);
  });
  ended.catch(() => {});
  recorder.start();
  const start = performance.now();
  try {
    for (let k = 0; k < count; k += 1) {
      while (performance.now() < start + (1000 * k) / rate) await breath();
      if (signal.aborted) throw cancelled();
      paint(context, k);
      track.requestFrame();
      onProgress((k + 1) / count);
    }
    // The last frame stands for its time too.
    while (performance.now() < start + (1000 * count) / rate) await breath();
  } finally {
    if (recorder.state !== 'inactive') recorder.stop();
    track.stop();
  }
  await ended;
  return new Blob(parts, { type: 'video/webm' });
}
