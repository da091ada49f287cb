// The sum of the samples' highest values, as one partial sum a workgroup. Twin:
// crates/gpu/src/twin/energy.rs.

struct Params {
    count: u32,
    // Where the partial sums go.
    place: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> partial: array<f32>;

var<workgroup> shares: array<f32, 256>;

@compute @workgroup_size(256)
fn energy(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_index) place: u32,
) {
    let end = min(params.count, 2048u * (group.x + 1u));
    var sum = 0.0;
    for (var s = 2048u * group.x + place; s < end; s += 256u) {
        sum += values[s];
    }
    shares[place] = sum;
    for (var half = 128u; half > 0u; half /= 2u) {
        workgroupBarrier();
        if place < half {
            shares[place] += shares[place + half];
        }
    }
    if place == 0u {
        partial[params.place + group.x] = shares[0];
    }
}
