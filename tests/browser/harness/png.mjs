// What a person would see: a screenshot, decoded, so that a WebGPU canvas counts as it is composed.

import { inflateSync } from 'node:zlib';

/** A screenshot of a locator or page as `{ width, height, colours, ink }`: how many different
 * colours it has, and the share of pixels that differ from the commonest. One colour is blank. */
export async function look(target) {
  return measure(await target.screenshot({ animations: 'disabled' }));
}

/** The same of a PNG. */
export function measure(file) {
  const { width, height, pixels } = decode(file);
  const counts = new Map();
  for (let k = 0; k < pixels.length; k += 3) {
    const colour = (pixels[k] << 16) | (pixels[k + 1] << 8) | pixels[k + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const ink = 1 - Math.max(...counts.values()) / (width * height);
  return { width, height, colours: counts.size, ink };
}

/** Decodes an 8-bit RGB or RGBA PNG without interlacing, which is what browsers write. */
export function decode(file) {
  let at = 8;
  let header;
  const data = [];
  while (at < file.length) {
    const length = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    const body = file.subarray(at + 8, at + 8 + length);
    if (kind === 'IHDR') header = body;
    if (kind === 'IDAT') data.push(body);
    at += length + 12;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [depth, colour, , , interlace] = header.subarray(8);
  const channels = { 2: 3, 6: 4 }[colour];
  if (depth !== 8 || !channels || interlace) throw new Error('not a PNG that a browser writes');

  const raw = inflateSync(Buffer.concat(data));
  const stride = width * channels;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : rows[y * stride + x - channels];
      const up = y === 0 ? 0 : rows[(y - 1) * stride + x];
      const corner = y === 0 || x < channels ? 0 : rows[(y - 1) * stride + x - channels];
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      rows[y * stride + x] = raw[y * (stride + 1) + 1 + x] + guess;
    }
  }
  const pixels = Buffer.alloc(3 * width * height);
  for (let k = 0; k < width * height; k += 1) rows.copy(pixels, 3 * k, channels * k, channels * k + 3);
  return { width, height, pixels };
}

function paeth(a, b, c) {
  const [pa, pb, pc] = [Math.abs(b - c), Math.abs(a - c), Math.abs(a + b - 2 * c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}
