// Writes an animated PNG: W3C Portable Network Graphics, third edition (2025), section 11.3.
// Pictures come as RGBA, opaque, and are kept as RGB. A frame after the first holds only the
// rectangle that changed.

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

/** The check sum of PNG (ISO 3309) over several arrays in a row. */
export function crc(...parts) {
  let c = 0xffffffff;
  for (const part of parts) for (const byte of part) c = CRC[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

const big = (...words) => {
  const bytes = new Uint8Array(4 * words.length);
  words.forEach((word, k) => new DataView(bytes.buffer).setUint32(4 * k, word));
  return bytes;
};
const small = (...words) => Uint8Array.from(words.flatMap((word) => [word >> 8, word & 255]));

function chunk(name, ...body) {
  const kind = Uint8Array.from(name, (c) => c.charCodeAt(0));
  return [big(body.reduce((sum, part) => sum + part.length, 0)), kind, ...body, big(crc(kind, ...body))];
}

/**
 * Rows of a rectangle as RGB, each led by its filter: Sub or Up, whichever leaves less (the smaller
 * sum of distances from 0, as the specification advises).
 */
function filtered(pixels, width, [x0, y0, x1, y1]) {
  const stride = 3 * (x1 - x0);
  const rows = new Uint8Array((stride + 1) * (y1 - y0));
  let line = new Uint8Array(stride);
  let before = new Uint8Array(stride);
  for (let y = y0; y < y1; y += 1) {
    for (let x = x0, to = 0, from = 4 * (y * width + x0); x < x1; x += 1, from += 4) {
      line[to++] = pixels[from];
      line[to++] = pixels[from + 1];
      line[to++] = pixels[from + 2];
    }
    let [sub, up] = [0, 0];
    for (let k = 0; k < stride; k += 1) {
      const left = (line[k] - (k < 3 ? 0 : line[k - 3])) & 255;
      const above = (line[k] - before[k]) & 255;
      sub += left < 128 ? left : 256 - left;
      up += above < 128 ? above : 256 - above;
    }
    let at = (stride + 1) * (y - y0);
    if (up < sub) {
      rows[at++] = 2;
      for (let k = 0; k < stride; k += 1) rows[at++] = line[k] - before[k];
    } else {
      rows[at++] = 1;
      for (let k = 0; k < stride; k += 1) rows[at++] = line[k] - (k < 3 ? 0 : line[k - 3]);
    }
    [line, before] = [before, line];
  }
  return rows;
}

/** Bytes as a zlib stream. */
async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The rectangle [x0, y0, x1, y1] in which two pictures differ; one pixel where they do not. */
function changed(a, b, width, height) {
  const [one, other] = [new Uint32Array(a.buffer, a.byteOffset, width * height), new Uint32Array(b.buffer, b.byteOffset, width * height)];
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  for (let y = 0; y < height; y += 1) {
    const row = y * width;
    let [from, to] = [0, width];
    while (from < width && one[row + from] === other[row + from]) from += 1;
    if (from === width) continue;
    while (one[row + to - 1] === other[row + to - 1]) to -= 1;
    x0 = Math.min(x0, from);
    x1 = Math.max(x1, to);
    y0 = Math.min(y0, y);
    y1 = y + 1;
  }
  return x1 ? [x0, y0, x1, y1] : [0, 0, 1, 1];
}

export class Apng {
  #parts = [];
  #frames = 0;
  #sequence = 0;
  #last = null;

  /** `plays`: how often it runs, 0 for without end. */
  constructor(width, height, { plays = 0 } = {}) {
    Object.assign(this, { width, height, plays });
  }

  /** Adds a picture, width × height × 4 bytes, that stands for numerator / denominator seconds. */
  async add(pixels, [numerator, denominator]) {
    const { width, height } = this;
    const first = !this.#last;
    const box = first ? [0, 0, width, height] : changed(this.#last, pixels, width, height);
    const [x0, y0, x1, y1] = box;
    const data = await deflated(filtered(pixels, width, box));
    // Nothing is disposed of, and the new pixels replace the old: both 0.
    this.#parts.push(...chunk('fcTL', big(this.#sequence++, x1 - x0, y1 - y0, x0, y0), small(numerator, denominator), Uint8Array.of(0, 0)));
    this.#parts.push(...(first ? chunk('IDAT', data) : chunk('fdAT', big(this.#sequence++), data)));
    this.#frames += 1;
    this.#last = pixels;
  }

  /** The file, once every picture is in. */
  blob() {
    // 8 bits a channel, RGB, no interlacing.
    const head = chunk('IHDR', big(this.width, this.height), Uint8Array.of(8, 2, 0, 0, 0));
    const control = chunk('acTL', big(this.#frames, this.plays));
    return new Blob([SIGNATURE, ...head, ...control, ...this.#parts, ...chunk('IEND')], { type: 'image/png' });
  }
}
