// The highest plane above each sample, fused: no sample's product with a plane leaves the
// registers. Twin: crates/gpu/src/twin/assign.rs.
//
// `tiled` is a matrix product of 128 samples by 128 sites a workgroup, 8 by 8 an invocation, whose
// results are compared at once. `small` is for d ≤ 4, where the comparison costs more than the
// product. Of level planes the lowest index wins.

// Whether the second highest plane is wanted too; where not, all that serves it folds away.
override SECONDS: bool = false;
// d, for `small`.
override DIMENSION: u32 = 2;

struct Params {
    // Length of a row of samples and of sites, in quadruples.
    samples: u32,
    sites: u32,
    // The planes to go through, in quadruples; the others are there to fill up a tile.
    first: u32,
    last: u32,
    // Rows, in eights.
    chunks: u32,
    // Whether planes before `first` have left their results: work on many planes comes in parts.
    merge: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
// One row a coordinate, filled up with zeros. Planes that fill up have the height LOWEST.
@group(0) @binding(1) var<storage, read> samples: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read> sites: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read> heights: array<vec4<f32>>;
@group(0) @binding(4) var<storage, read_write> winners: array<vec4<u32>>;
@group(0) @binding(5) var<storage, read_write> values: array<vec4<f32>>;
@group(0) @binding(6) var<storage, read_write> seconds: array<vec4<u32>>;
@group(0) @binding(7) var<storage, read_write> second_values: array<vec4<f32>>;

const LOWEST = -3.4028234e38;

// What four samples have found. Indices stay below 2²⁴, so that f32 may carry them.
struct Top {
    value: vec4<f32>,
    index: vec4<u32>,
    second_value: vec4<f32>,
    second: vec4<u32>,
}

fn nothing() -> Top {
    return Top(vec4(LOWEST), vec4(0u), vec4(LOWEST), vec4(0u));
}

// Takes in a plane of higher index than all before.
fn consider(top: Top, value: vec4<f32>, index: u32) -> Top {
    var out = top;
    let best = value > top.value;
    if SECONDS {
        let next = value > top.second_value;
        out.second = select(select(top.second, vec4(index), next), top.index, best);
        out.second_value = max(top.second_value, min(top.value, value));
    }
    out.index = select(top.index, vec4(index), best);
    out.value = max(top.value, value);
    return out;
}

// Takes in a plane from elsewhere.
fn merge(top: Top, value: vec4<f32>, index: vec4<u32>) -> Top {
    var out = top;
    let best = (value > top.value) | ((value == top.value) & (index < top.index));
    if SECONDS {
        let next = (value > top.second_value)
            | ((value == top.second_value) & (index < top.second));
        out.second = select(select(top.second, index, next), top.index, best);
        out.second_value = max(top.second_value, min(top.value, value));
    }
    out.index = select(top.index, index, best);
    out.value = max(top.value, value);
    return out;
}

// Writes down what four samples have found, with what they found in earlier parts.
fn finish(quadruple: u32, found: Top) {
    var top = found;
    if params.merge != 0u {
        top = merge(top, values[quadruple], winners[quadruple]);
        if SECONDS {
            top = merge(top, second_values[quadruple], seconds[quadruple]);
        }
    }
    winners[quadruple] = top.index;
    values[quadruple] = top.value;
    if SECONDS {
        seconds[quadruple] = top.second;
        second_values[quadruple] = top.second_value;
    }
}

// All of the 16 kB there are: 8 rows of 32 quadruples of samples, then as many of sites, twice, so
// that one half is filled while the other is read and a barrier a chunk is enough. At the end 16
// rows of values and 16 of indices. Nested, so that the checks of indices that every driver or
// browser adds fall on what does not change within a chunk.
var<workgroup> tile: array<array<array<vec4<f32>, 32>, 16>, 2>;

// 8 by 8 heights of planes above samples: site k of an invocation above its low and high samples.
struct Heights {
    l0: vec4<f32>, l1: vec4<f32>, l2: vec4<f32>, l3: vec4<f32>,
    l4: vec4<f32>, l5: vec4<f32>, l6: vec4<f32>, l7: vec4<f32>,
    h0: vec4<f32>, h1: vec4<f32>, h2: vec4<f32>, h3: vec4<f32>,
    h4: vec4<f32>, h5: vec4<f32>, h6: vec4<f32>, h7: vec4<f32>,
}

// Adds the products of one row.
fn add(h: Heights, half: u32, row: u32, x: u32, y: u32) -> Heights {
    let a = tile[half][row][y];
    let b = tile[half][row][16u + y];
    let c = tile[half][8u + row][x];
    let d = tile[half][8u + row][16u + x];
    return Heights(
        fma(a, vec4(c.x), h.l0), fma(a, vec4(c.y), h.l1),
        fma(a, vec4(c.z), h.l2), fma(a, vec4(c.w), h.l3),
        fma(a, vec4(d.x), h.l4), fma(a, vec4(d.y), h.l5),
        fma(a, vec4(d.z), h.l6), fma(a, vec4(d.w), h.l7),
        fma(b, vec4(c.x), h.h0), fma(b, vec4(c.y), h.h1),
        fma(b, vec4(c.z), h.h2), fma(b, vec4(c.w), h.h3),
        fma(b, vec4(d.x), h.h4), fma(b, vec4(d.y), h.h5),
        fma(b, vec4(d.z), h.h6), fma(b, vec4(d.w), h.h7),
    );
}

@compute @workgroup_size(16, 16)
fn tiled(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(local_invocation_id) local: vec3<u32>,
    @builtin(local_invocation_index) place: u32,
) {
    let x = local.x;
    let y = local.y;
    // What this invocation brings in: one quadruple of a row of samples, one of a row of sites.
    let row = place / 32u;
    let column = place % 32u;
    let sample = row * params.samples + 32u * group.x + column;
    let site = row * params.sites + column;

    var low = nothing(); // samples 4y to 4y + 3 of the tile
    var high = nothing(); // and 64 further: of 4x and 64 + 4x no two are in the same bank
    var half = 0u;
    tile[0][row][column] = samples[sample];
    tile[0][8u + row][column] = sites[site + params.first];
    workgroupBarrier();
    for (var start = params.first; start < params.last; start += 32u) {
        let f = heights[start + x];
        let g = heights[start + 16u + x];
        var h = Heights(
            vec4(f.x), vec4(f.y), vec4(f.z), vec4(f.w), vec4(g.x), vec4(g.y), vec4(g.z), vec4(g.w),
            vec4(f.x), vec4(f.y), vec4(f.z), vec4(f.w), vec4(g.x), vec4(g.y), vec4(g.z), vec4(g.w),
        );
        for (var chunk = 0u; chunk < params.chunks; chunk++) {
            // The next chunk, of the next sites after the last: on its way while this one is used.
            let same = chunk + 1u < params.chunks;
            let rows = select(0u, 8u * (chunk + 1u), same);
            let next = select(min(start + 32u, params.last - 32u), start, same);
            let next_samples = samples[sample + rows * params.samples];
            let next_sites = sites[site + rows * params.sites + next];
            // Written out: what drivers and browsers add to a loop would keep it rolled up.
            h = add(h, half, 0u, x, y);
            h = add(h, half, 1u, x, y);
            h = add(h, half, 2u, x, y);
            h = add(h, half, 3u, x, y);
            h = add(h, half, 4u, x, y);
            h = add(h, half, 5u, x, y);
            h = add(h, half, 6u, x, y);
            h = add(h, half, 7u, x, y);
            half = 1u - half;
            tile[half][row][column] = next_samples;
            tile[half][8u + row][column] = next_sites;
            workgroupBarrier();
        }
        let i = 4u * (start + x);
        low = consider(low, h.l0, i);
        low = consider(low, h.l1, i + 1u);
        low = consider(low, h.l2, i + 2u);
        low = consider(low, h.l3, i + 3u);
        low = consider(low, h.l4, i + 64u);
        low = consider(low, h.l5, i + 65u);
        low = consider(low, h.l6, i + 66u);
        low = consider(low, h.l7, i + 67u);
        high = consider(high, h.h0, i);
        high = consider(high, h.h1, i + 1u);
        high = consider(high, h.h2, i + 2u);
        high = consider(high, h.h3, i + 3u);
        high = consider(high, h.h4, i + 64u);
        high = consider(high, h.h5, i + 65u);
        high = consider(high, h.h6, i + 66u);
        high = consider(high, h.h7, i + 67u);
    }

    // Sixteen invocations have gone through the sites for the same samples: one quadruple of
    // samples is put together by each of the first 32.
    share(x, y, low.value, low.index);
    share(x, 16u + y, high.value, high.index);
    workgroupBarrier();
    var top = nothing();
    if place < 32u {
        top = gather(top, place);
    }
    if SECONDS {
        workgroupBarrier();
        share(x, y, low.second_value, low.second);
        share(x, 16u + y, high.second_value, high.second);
        workgroupBarrier();
        if place < 32u {
            top = gather(top, place);
        }
    }
    if place < 32u {
        finish(32u * group.x + place, top);
    }
}

fn share(x: u32, quadruple: u32, value: vec4<f32>, index: vec4<u32>) {
    tile[0][x][quadruple] = value;
    tile[1][x][quadruple] = vec4<f32>(index);
}

fn gather(found: Top, quadruple: u32) -> Top {
    var top = found;
    for (var x = 0u; x < 16u; x++) {
        top = merge(top, tile[0][x][quadruple], vec4<u32>(tile[1][x][quadruple]));
    }
    return top;
}

// The sites of `small`, each one vector; up to d = 3 with the height as its last. In blocks of
// eight, whose highest is found first and told apart last: two operations less a plane.
var<workgroup> blocks: array<array<vec4<f32>, 8>, 64>;
// Where the vector is full: the heights.
var<workgroup> block_heights: array<array<f32, 8>, 64>;

// Four samples an invocation, 256 a workgroup.
@compute @workgroup_size(64)
fn small(
    @builtin(global_invocation_id) id: vec3<u32>,
    @builtin(local_invocation_index) place: u32,
) {
    let x = row_of_samples(0u, id.x);
    let y = row_of_samples(1u, id.x);
    let z = row_of_samples(2u, id.x);
    let w = row_of_samples(3u, id.x);
    var top = nothing();
    var winning = vec4(params.first / 2u);
    for (var start = params.first; start < params.last; start += 128u) {
        workgroupBarrier();
        load(start, place);
        load(start, place + 64u);
        workgroupBarrier();
        let count = min(64u, (params.last - start) / 2u);
        for (var b = 0u; b < count; b++) {
            let block = start / 2u + b;
            if SECONDS {
                for (var k = 0u; k < 8u; k++) {
                    top = consider(top, height(b, k, x, y, z, w), 8u * block + k);
                }
            } else {
                let h01 = max(height(b, 0u, x, y, z, w), height(b, 1u, x, y, z, w));
                let h23 = max(height(b, 2u, x, y, z, w), height(b, 3u, x, y, z, w));
                let h45 = max(height(b, 4u, x, y, z, w), height(b, 5u, x, y, z, w));
                let h67 = max(height(b, 6u, x, y, z, w), height(b, 7u, x, y, z, w));
                let highest = max(max(h01, h23), max(h45, h67));
                winning = select(winning, vec4(block), highest > top.value);
                top.value = max(top.value, highest);
            }
        }
    }
    if !SECONDS {
        for (var k = 0u; k < 4u; k++) {
            let best = within(winning[k], vec4(x[k], y[k], z[k], w[k]));
            top.value[k] = best.value;
            top.index[k] = best.index;
        }
    }
    finish(id.x, top);
}

fn row_of_samples(row: u32, quadruple: u32) -> vec4<f32> {
    if row < DIMENSION {
        return samples[row * params.samples + quadruple];
    }
    return vec4(0.0);
}

fn row_of_sites(row: u32, quadruple: u32) -> vec4<f32> {
    if row < DIMENSION {
        return sites[row * params.sites + quadruple];
    }
    return vec4(0.0);
}

// Brings in quadruple `place` of the sites from `start` on.
fn load(start: u32, place: u32) {
    let x = row_of_sites(0u, start + place);
    let y = row_of_sites(1u, start + place);
    let z = row_of_sites(2u, start + place);
    let h = heights[start + place];
    let w = select(h, row_of_sites(3u, start + place), DIMENSION == 4u);
    let half = place % 2u * 4u;
    for (var k = 0u; k < 4u; k++) {
        blocks[place / 2u][half + k] = vec4(x[k], y[k], z[k], w[k]);
        block_heights[place / 2u][half + k] = h[k];
    }
}

// Plane `k` of a block above four samples.
fn height(
    block: u32, k: u32, x: vec4<f32>, y: vec4<f32>, z: vec4<f32>, w: vec4<f32>,
) -> vec4<f32> {
    let site = blocks[block][k];
    if DIMENSION == 1u {
        return fma(x, vec4(site.x), vec4(site.w));
    }
    if DIMENSION == 2u {
        return fma(y, vec4(site.y), fma(x, vec4(site.x), vec4(site.w)));
    }
    if DIMENSION == 3u {
        return fma(z, vec4(site.z), fma(y, vec4(site.y), fma(x, vec4(site.x), vec4(site.w))));
    }
    let first = fma(y, vec4(site.y), fma(x, vec4(site.x), vec4(block_heights[block][k])));
    return fma(w, vec4(site.w), fma(z, vec4(site.z), first));
}

struct Best {
    value: f32,
    index: u32,
}

// The highest plane of a block above one sample. Computed anew and compared anew, so that it does
// not matter whether the numbers are the same to the last bit.
fn within(block: u32, sample: vec4<f32>) -> Best {
    var best = Best(LOWEST, 8u * block);
    for (var half = 0u; half < 2u; half++) {
        let quadruple = 2u * block + half;
        var value = heights[quadruple];
        for (var j = 0u; j < DIMENSION; j++) {
            value = fma(vec4(sample[j]), row_of_sites(j, quadruple), value);
        }
        for (var k = 0u; k < 4u; k++) {
            if value[k] > best.value {
                best = Best(value[k], 4u * quadruple + k);
            }
        }
    }
    return best;
}
