// A picture in few colours as a small PNG: screenshots of drawings need no more.

import { deflateSync } from 'node:zlib';

/** Bits of a channel by which colours are told apart before they are chosen. */
const BITS = 5;

/** The share of a picture from which on a colour is kept as it is: the ground must be the page's. */
const LARGE = 0.01;

/** `pixels` are RGB, as decode() gives them; at most `most` colours, chosen by median cut. */
export function indexed({ width, height, pixels }, most = 64) {
  const exact = new Map();
  const whole = (k) => (pixels[k] << 16) | (pixels[k + 1] << 8) | pixels[k + 2];
  for (let k = 0; k < pixels.length; k += 3) exact.set(whole(k), (exact.get(whole(k)) ?? 0) + 1);
  const kept = [...exact].filter(([, n]) => n > LARGE * width * height).sort((a, b) => b[1] - a[1]).slice(0, most >> 2).map(([colour]) => colour);
  const own = new Map(kept.map((colour, index) => [colour, index]));
  const counts = new Map();
  for (let k = 0; k < pixels.length; k += 3) {
    if (own.has(whole(k))) continue;
    const key = bin(pixels[k], pixels[k + 1], pixels[k + 2]);
    const entry = counts.get(key) ?? { key, n: 0, sum: [0, 0, 0] };
    entry.n += 1;
    for (let c = 0; c < 3; c += 1) entry.sum[c] += pixels[k + c];
    counts.set(key, entry);
  }
  const boxes = counts.size ? cut([...counts.values()], most - kept.length) : [];
  const palette = Buffer.alloc(3 * (kept.length + boxes.length));
  kept.forEach((colour, index) => palette.writeUIntBE(colour, 3 * index, 3));
  const place = new Map();
  boxes.forEach((box, at) => {
    const index = kept.length + at;
    const n = box.reduce((sum, entry) => sum + entry.n, 0);
    for (let c = 0; c < 3; c += 1) palette[3 * index + c] = Math.round(box.reduce((sum, entry) => sum + entry.sum[c], 0) / n);
    for (const { key } of box) place.set(key, index);
  });
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const k = 3 * (y * width + x);
      rows[y * (width + 1) + 1 + x] = own.get(whole(k)) ?? place.get(bin(pixels[k], pixels[k + 1], pixels[k + 2]));
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0)),
  ]);
}

const bin = (r, g, b) => ((r >> (8 - BITS)) << (2 * BITS)) | ((g >> (8 - BITS)) << BITS) | (b >> (8 - BITS));

/** Splits the box with the widest spread at its median, until there are enough. */
function cut(entries, most) {
  const boxes = [entries];
  const mean = (entry, c) => entry.sum[c] / entry.n;
  const widest = (box) => [0, 1, 2].map((c) => {
    const values = box.map((entry) => mean(entry, c));
    return { c, spread: Math.max(...values) - Math.min(...values) };
  }).sort((a, b) => b.spread - a.spread)[0];
  while (boxes.length < most) {
    const next = boxes.map((box, index) => ({ index, ...widest(box) })).filter(({ index }) => boxes[index].length > 1)
      .sort((a, b) => b.spread - a.spread)[0];
    if (!next) break;
    const box = boxes[next.index].sort((a, b) => mean(a, next.c) - mean(b, next.c) || a.key - b.key);
    const half = box.length >> 1;
    boxes.splice(next.index, 1, box.slice(0, half), box.slice(half));
  }
  return boxes;
}

/** As PNG asks for it: CRC-32 of ISO 3309. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(kind, body) {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(kind, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}
