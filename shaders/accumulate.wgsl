// Counts of samples by cell, and sums of the samples in each, whatever the order. Twin:
// crates/gpu/src/twin/accumulate.rs, which states the fixed point and its overflow bound.

struct Params {
    // Samples, the length of a row of them, cells, dimension.
    count: u32,
    stride: u32,
    cells: u32,
    dimension: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> winners: array<u32>;
@group(0) @binding(2) var<storage, read_write> cells: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read> samples: array<f32>;
// Low and high words of the sums, one row a cell.
@group(0) @binding(4) var<storage, read_write> low: array<atomic<u32>>;
@group(0) @binding(5) var<storage, read_write> high: array<atomic<u32>>;

const LOCAL = 2048u;
var<workgroup> local_cells: array<atomic<u32>, 2048>;

// 2048 samples a workgroup. Few cells are counted in the workgroup first: all samples of one cell
// would wait for one another in the device's memory.
@compute @workgroup_size(256)
fn counts(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_index) place: u32,
) {
    let few = params.cells <= LOCAL;
    if few {
        for (var i = place; i < params.cells; i += 256u) {
            atomicStore(&local_cells[i], 0u);
        }
    }
    workgroupBarrier();
    let end = min(params.count, 2048u * (group.x + 1u));
    for (var s = 2048u * group.x + place; s < end; s += 256u) {
        if few {
            atomicAdd(&local_cells[winners[s]], 1u);
        } else {
            atomicAdd(&cells[winners[s]], 1u);
        }
    }
    workgroupBarrier();
    if few {
        for (var i = place; i < params.cells; i += 256u) {
            let n = atomicLoad(&local_cells[i]);
            if n != 0u {
                atomicAdd(&cells[i], n);
            }
        }
    }
}

const ONE = 1048576.0;
const SHIFT = 8388608;

// One coordinate of a sample an invocation.
@compute @workgroup_size(64)
fn sums(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= params.count {
        return;
    }
    let place = winners[id.x] * params.dimension + id.y;
    let x = samples[id.y * params.stride + id.x];
    let fixed = u32(i32(round(x * ONE)) + SHIFT);
    let before = atomicAdd(&low[place], fixed);
    if before + fixed < before {
        atomicAdd(&high[place], 1u);
    }
}
