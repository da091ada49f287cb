// Samples of the source measure. Twin: crates/gpu/src/twin/sample.rs, which cites what is computed.

struct Params {
    // Index of the first sample, how many, and the length of a row of samples.
    first: u32,
    count: u32,
    stride: u32,
    dimension: u32,
    seed: u32,
    gaussian: u32,
    philox: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
// 32 direction numbers a dimension.
@group(0) @binding(1) var<storage, read> directions: array<u32>;
// One row a dimension.
@group(0) @binding(2) var<storage, read_write> samples: array<f32>;

// Four dimensions of a sample an invocation, as many as one block of Philox has words.
@compute @workgroup_size(64)
fn coordinates(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= params.count {
        return;
    }
    let j = 4u * id.y;
    let u = bits(params.first + id.x, id.y) >> vec4(8u);
    for (var k = 0u; k < min(4u, params.dimension - j); k++) {
        var x = centred(u[k]);
        if params.gaussian != 0u {
            x = normal(u[k]);
        }
        samples[(j + k) * params.stride + id.x] = x;
    }
}

// Moves normal samples into the unit ball: their direction, and a radius of its own.
@compute @workgroup_size(64)
fn ball(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= params.count {
        return;
    }
    let d = params.dimension;
    var sum = 0.0;
    for (var j = 0u; j < d; j++) {
        let x = samples[j * params.stride + id.x];
        sum += x * x;
    }
    let u = bits(params.first + id.x, d / 4u)[d % 4u] >> 8u;
    let radius = pow((f32(u) + 0.5) * TO_UNIT, 1.0 / f32(d));
    let scale = radius / sqrt(sum);
    for (var j = 0u; j < d; j++) {
        samples[j * params.stride + id.x] *= scale;
    }
}

// The bits of dimensions 4 block to 4 block + 3; of Sobol's, those there are direction numbers for.
fn bits(index: u32, block: u32) -> vec4<u32> {
    if params.philox != 0u {
        return philox(vec4(index, block, 0u, 0u), vec2(params.seed, PHILOX_KEY));
    }
    var out = vec4(0u);
    let dimensions = arrayLength(&directions) / 32u;
    for (var k = 0u; k < min(4u, dimensions - 4u * block); k++) {
        let dimension = 4u * block + k;
        var x = 0u;
        var rest = index;
        // A factor in place of a branch: neighbours differ in their bits.
        for (var b = 0u; b < 32u; b++) {
            x ^= directions[32u * dimension + b] * (rest & 1u);
            rest >>= 1u;
        }
        out[k] = scramble(x, mix(mix(params.seed) ^ ((dimension + 1u) * 0x9e3779b9u)));
    }
    return out;
}

fn scramble(bits: u32, seed: u32) -> u32 {
    var x = reverseBits(bits) + seed;
    x ^= x * 0x6c50b47cu;
    x ^= x * 0xb82f1e52u;
    x ^= x * 0xc7afe638u;
    x ^= x * 0x8d22f6e6u;
    return reverseBits(x);
}

fn mix(bits: u32) -> u32 {
    var x = bits;
    x = (x ^ (x >> 16u)) * 0x7feb352du;
    x = (x ^ (x >> 15u)) * 0x846ca68bu;
    return x ^ (x >> 16u);
}

const PHILOX_KEY = 0x4272656eu;

fn philox(counter: vec4<u32>, key: vec2<u32>) -> vec4<u32> {
    var c = counter;
    var k = key;
    for (var round = 0u; round < 10u; round++) {
        let p = product(0xd2511f53u, c.x);
        let q = product(0xcd9e8d57u, c.z);
        c = vec4(q.y ^ c.y ^ k.x, q.x, p.y ^ c.w ^ k.y, p.x);
        k += vec2(0x9e3779b9u, 0xbb67ae85u);
    }
    return c;
}

// The low and the high word of a product, by halves of words: there is no wider integer.
fn product(a: u32, b: u32) -> vec2<u32> {
    let low = (a & 0xffffu) * (b & 0xffffu);
    let left = (a >> 16u) * (b & 0xffffu);
    let right = (a & 0xffffu) * (b >> 16u);
    let middle = (low >> 16u) + (left & 0xffffu) + (right & 0xffffu);
    let high = (a >> 16u) * (b >> 16u) + (left >> 16u) + (right >> 16u) + (middle >> 16u);
    return vec2(a * b, high);
}

const TO_UNIT = 1.0 / 16777216.0;

fn centred(u: u32) -> f32 {
    return f32(i32(u) - 8388608) * TO_UNIT;
}

fn normal(u: u32) -> f32 {
    let n = 2 * i32(u) + 1 - 16777216;
    let x = f32(n) * TO_UNIT;
    // From integers: a compiler may not make one minus a square of it.
    let below = f32(16777216 - abs(n)) * TO_UNIT;
    let w = -log(below * (f32(16777216 + abs(n)) * TO_UNIT));
    var p: f32;
    if w < 5.0 {
        let t = w - 2.5;
        p = 2.8102264e-8;
        p = p * t + 3.4327394e-7;
        p = p * t - 3.5233877e-6;
        p = p * t - 4.3915065e-6;
        p = p * t + 2.1858087e-4;
        p = p * t - 1.253725e-3;
        p = p * t - 4.1776816e-3;
        p = p * t + 0.24664073;
        p = p * t + 1.5014094;
    } else {
        let t = sqrt(w) - 3.0;
        p = -2.0021426e-4;
        p = p * t + 1.0095056e-4;
        p = p * t + 1.3493432e-3;
        p = p * t - 3.6734284e-3;
        p = p * t + 5.7395077e-3;
        p = p * t - 7.6224613e-3;
        p = p * t + 9.4388705e-3;
        p = p * t + 1.001674;
        p = p * t + 2.8329768;
    }
    return p * x * 1.41421356;
}
