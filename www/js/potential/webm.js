// Writes a WebM file, one track of video and nothing else: Matroska (RFC 9559) as far as WebM has
// it. Blocks come in the order of time, the first a key frame.

const utf = (text) => Uint8Array.from(text, (c) => c.charCodeAt(0));
/** An unsigned number in as few bytes as hold it. */
function number(value) {
  const bytes = [];
  for (let rest = value; rest > 0 || !bytes.length; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Uint8Array.from(bytes);
}
function float(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return bytes;
}
/** A length in EBML's way: as many bytes as leading zeros say, here always eight. */
function size(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(4, value % 2 ** 32);
  new DataView(bytes.buffer).setUint32(0, Math.floor(value / 2 ** 32));
  bytes[0] = 1;
  return bytes;
}
const lengthOf = (parts) => parts.reduce((sum, part) => sum + part.length, 0);
/** An element: its id as it is written, and its body, a list of arrays. */
const element = (id, body) => [number(id), size(lengthOf(body)), ...body];

const [EBML, SEGMENT, INFO, TRACKS, TRACK, VIDEO, CLUSTER, CUES, CUE, POSITIONS] = [0x1a45dfa3, 0x18538067, 0x1549a966, 0x1654ae6b, 0xae, 0xe0, 0x1f43b675, 0x1c53bb6b, 0xbb, 0xb7];

/**
 * `blocks`: { data, milliseconds, key }. `codec` as Matroska names it: V_VP8 or V_VP9. Returns the
 * parts of the file, to make a Blob of. A cluster begins at each key frame, and the cues name them.
 */
export function webm(blocks, { width, height, codec, duration }) {
  const head = element(EBML, [
    ...element(0x4286, [number(1)]), ...element(0x42f7, [number(1)]), ...element(0x42f2, [number(4)]), ...element(0x42f3, [number(8)]),
    ...element(0x4282, [utf('webm')]), ...element(0x4287, [number(2)]), ...element(0x4285, [number(2)]),
  ]);
  // Times are in milliseconds: a million nanoseconds.
  const info = element(INFO, [...element(0x2ad7b1, [number(1e6)]), ...element(0x4489, [float(duration)]), ...element(0x4d80, [utf('Brenier')]), ...element(0x5741, [utf('Brenier')])]);
  const tracks = element(TRACKS, element(TRACK, [
    ...element(0xd7, [number(1)]), ...element(0x73c5, [number(1)]), ...element(0x9c, [number(0)]), ...element(0x83, [number(1)]), ...element(0x86, [utf(codec)]),
    ...element(VIDEO, [...element(0xb0, [number(width)]), ...element(0xba, [number(height)])]),
  ]));
  const clusters = [];
  for (const block of blocks) {
    if (block.key) clusters.push({ start: block.milliseconds, body: element(0xe7, [number(block.milliseconds)]) });
    const { start, body } = clusters.at(-1);
    const at = block.milliseconds - start;
    body.push(...element(0xa3, [Uint8Array.of(0x81, at >> 8, at & 255, block.key ? 0x80 : 0), block.data]));
  }
  const files = clusters.map(({ body }) => element(CLUSTER, body));
  // Positions count from the first byte of the segment's body.
  let position = lengthOf(info) + lengthOf(tracks);
  const cues = element(CUES, clusters.flatMap(({ start }, k) => {
    const cue = element(CUE, [...element(0xb3, [number(start)]), ...element(POSITIONS, [...element(0xf7, [number(1)]), ...element(0xf1, [number(position)])])]);
    position += lengthOf(files[k]);
    return cue;
  }));
  return [...head, ...element(SEGMENT, [...info, ...tracks, ...files.flat(), ...cues])];
}
