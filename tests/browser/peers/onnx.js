// A decoder's `.bdec` file (crates/decoder/src/file.rs) as the same network in ONNX, written by hand:
// a protobuf of the few messages that it takes.

/** Length, or number, in 7 bits a byte. */
function varint(value) {
  const bytes = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) + 128);
  }
}

const text = (string) => new TextEncoder().encode(string);
const number = (field, value) => [varint(field * 8), varint(value)];
const float = (field, value) => [varint(field * 8 + 5), new Uint8Array(Float32Array.of(value).buffer)];
const bytes = (field, value) => [varint(field * 8 + 2), varint(value.length), value];
const string = (field, value) => bytes(field, text(value));
const message = (field, ...parts) => bytes(field, joined(parts));

function joined(parts) {
  const flat = parts.flat();
  const out = new Uint8Array(flat.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of flat) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const [FLOAT, INT64] = [1, 7];

const tensor = (name, dims, type, data) => message(
  5,
  ...dims.map((n) => number(1, n)),
  number(2, type),
  string(8, name),
  bytes(9, new Uint8Array(data.buffer)),
);

const attribute = (name, value) => {
  if (Array.isArray(value)) return message(5, string(1, name), ...value.map((v) => number(8, v)), number(20, 7));
  if (typeof value === 'string') return message(5, string(1, name), string(4, value), number(20, 3));
  if (Number.isInteger(value)) return message(5, string(1, name), number(3, value), number(20, 2));
  return message(5, string(1, name), float(2, value), number(20, 1));
};

const node = (operation, inputs, output, attributes = {}) => message(
  1,
  ...inputs.map((name) => string(1, name)),
  string(2, output),
  string(4, operation),
  ...Object.entries(attributes).map(([name, value]) => attribute(name, value)),
);

/** A float tensor that goes in or out; a dimension may have a name instead of a size. */
const value = (field, name, dims) => message(
  field,
  string(1, name),
  message(2, message(1, number(1, FLOAT), message(2, ...dims.map((n) => message(1, typeof n === 'string' ? string(2, n) : number(1, n)))))),
);

function single(half) {
  const [sign, exponent, fraction] = [half >> 15 ? -1 : 1, (half >> 10) & 31, half & 1023];
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -24 * fraction);
}

/** { shape, weights } of a file that is known to be right. */
export function read(file) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = 16 + view.getUint32(12, true);
  const { shape } = JSON.parse(new TextDecoder().decode(file.subarray(16, start)));
  const weights = new Float32Array((file.length - start - 8) / 2);
  for (let k = 0; k < weights.length; k += 1) weights[k] = single(view.getUint16(start + 2 * k, true));
  return { shape, weights };
}

/** The model: `codes`, any number of them, to `pictures`, channel by channel, from 0 to 1. */
export function onnx({ shape: { side, channels, latent, widths }, weights }) {
  let at = 0;
  const tensors = [];
  const next = (name, dims) => {
    const length = dims.reduce((a, b) => a * b, 1);
    tensors.push(tensor(name, dims, FLOAT, weights.slice(at, at + length)));
    at += length;
    return name;
  };
  const layer = (k, dims, out) => [next(`weights${k}`, dims), next(`biases${k}`, [out])];
  const base = side >> widths.length;
  const grid = widths[0] * base * base;
  const nodes = [
    node('Gemm', ['codes', ...layer(0, [latent, grid], grid)], 'dense'),
    node('LeakyRelu', ['dense'], 'bent', { alpha: 0.2 }),
    node('Reshape', ['bent', 'grid'], 'grid0'),
  ];
  tensors.push(tensor('grid', [4], INT64, BigInt64Array.from([-1, widths[0], base, base].map(BigInt))));
  for (let k = 1; k < widths.length; k += 1) {
    const [from, to] = [widths[k - 1], widths[k]];
    nodes.push(
      node('ConvTranspose', [`grid${k - 1}`, ...layer(k, [from, to, 4, 4], to)], `wide${k}`, {
        kernel_shape: [4, 4], strides: [2, 2], pads: [1, 1, 1, 1],
      }),
      node('LeakyRelu', [`wide${k}`], `grid${k}`, { alpha: 0.2 }),
    );
  }
  const last = widths.length;
  tensors.push(tensor('half', [1], FLOAT, Float32Array.of(0.5)), tensor('zero', [], FLOAT, Float32Array.of(0)), tensor('one', [], FLOAT, Float32Array.of(1)));
  nodes.push(
    node('Conv', [`grid${last - 1}`, ...layer(last, [4 * channels, widths[last - 1], 3, 3], 4 * channels)], 'four', {
      kernel_shape: [3, 3], pads: [1, 1, 1, 1],
    }),
    node('DepthToSpace', ['four'], 'spread', { blocksize: 2, mode: 'CRD' }),
    node('Add', ['spread', 'half'], 'light'),
    node('Clip', ['light', 'zero', 'one'], 'pictures'),
  );
  if (at !== weights.length) throw new Error(`${weights.length} weights, and ${at} in the network`);
  return joined([
    number(1, 8),
    message(8, string(1, ''), number(2, 17)),
    message(7, ...nodes, string(2, 'decoder'), ...tensors, value(11, 'codes', ['count', latent]), value(12, 'pictures', ['count', channels, side, side])),
  ]);
}
