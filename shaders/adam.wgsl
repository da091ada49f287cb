// A step of Adam on the heights, one an invocation. Twin: crates/gpu/src/twin/adam.rs.

struct Params {
    cells: u32,
    samples: f32,
    rate: f32,
    beta1: f32,
    beta2: f32,
    // 1 / (1 − βᵗ) of either.
    correction1: f32,
    correction2: f32,
    // Steps in the average, this one included.
    averaged: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> counts: array<u32>;
@group(0) @binding(2) var<storage, read> masses: array<f32>;
@group(0) @binding(3) var<storage, read_write> heights: array<f32>;
@group(0) @binding(4) var<storage, read_write> first: array<f32>;
@group(0) @binding(5) var<storage, read_write> second: array<f32>;
@group(0) @binding(6) var<storage, read_write> average: array<f32>;
// The counts of all steps, low and high word: many steps have more samples than a word counts.
@group(0) @binding(7) var<storage, read_write> totals: array<vec2<u32>>;

const EPSILON = 1e-8;

@compute @workgroup_size(64)
fn adam(@builtin(global_invocation_id) id: vec3<u32>) {
    let i = id.x;
    if i >= params.cells {
        return;
    }
    let count = counts[i];
    counts[i] = 0u;
    let total = totals[i];
    let low = total.x + count;
    totals[i] = vec2(low, total.y + u32(low < count));

    let gradient = f32(count) / (params.samples * masses[i]) - 1.0;
    let m = params.beta1 * first[i] + (1.0 - params.beta1) * gradient;
    let v = params.beta2 * second[i] + (1.0 - params.beta2) * gradient * gradient;
    first[i] = m;
    second[i] = v;
    let size = sqrt(v * params.correction2) + EPSILON;
    let height = heights[i] - params.rate * (m * params.correction1) / size;
    heights[i] = height;
    average[i] += (height - average[i]) / params.averaged;
}
