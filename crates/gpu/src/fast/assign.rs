//! The assignment kernel: a register-blocked matrix product whose results are compared at once
//! and never stored.

use fearless_simd::{Level, Select, Simd, SimdBase, SimdFloat, dispatch};

/// Samples that are stored together, coordinate by coordinate: `x[k · GROUP + lane]`.
pub(crate) const GROUP: usize = 32;

/// The height of a plane that fills up a panel: below every real one.
const BELOW: f32 = f32::MIN;

/// Planes packed for the kernel: panels of `width` of them, each coordinate by coordinate.
#[derive(Clone, Debug)]
pub(crate) struct Panels {
    level: Level,
    width: usize,
    dimension: usize,
    sites: Vec<f32>,
    heights: Vec<f32>,
    indices: Vec<u32>,
}

/// What a group of samples found so far.
#[derive(Clone, Debug)]
pub(crate) struct Top {
    pub(crate) value: [f32; GROUP],
    pub(crate) index: [u32; GROUP],
    pub(crate) second_value: [f32; GROUP],
    pub(crate) second: [u32; GROUP],
}

impl Top {
    pub(crate) const NONE: Self = Self {
        value: [f32::NEG_INFINITY; GROUP],
        index: [0; GROUP],
        second_value: [f32::NEG_INFINITY; GROUP],
        second: [0; GROUP],
    };
}

/// Planes beside one another that the registers of this processor hold, times two vectors of
/// samples, plus what the operands need: 12 × 2 of 32 registers, or 6 × 2 of 16.
fn width(level: Level) -> usize {
    #[inline(always)]
    fn of<S: Simd>(_: S) -> usize {
        if S::f32s::LEN >= 16 { 12 } else { 6 }
    }
    dispatch!(level, simd => of(simd))
}

impl Panels {
    pub(crate) fn new(level: Level, dimension: usize) -> Self {
        let width = width(level);
        let (sites, heights, indices) = (Vec::new(), Vec::new(), Vec::new());
        Self { level, width, dimension, sites, heights, indices }
    }

    /// Takes `count` planes: the k-th has this index, these coordinates and this height.
    pub(crate) fn pack(
        &mut self,
        count: usize,
        index: impl Fn(usize) -> u32,
        site: impl Fn(usize, usize) -> f32,
        height: impl Fn(usize) -> f32,
    ) {
        let (d, width) = (self.dimension, self.width);
        let padded = count.next_multiple_of(width);
        self.sites.clear();
        self.sites.resize(padded * d, 0.0);
        self.heights.clear();
        self.heights.resize(padded, BELOW);
        self.indices.clear();
        self.indices.resize(padded, 0);
        for k in 0..count {
            let (panel, lane) = (k / width, k % width);
            for j in 0..d {
                self.sites[(panel * d + j) * width + lane] = site(k, j);
            }
            self.heights[k] = height(k);
            self.indices[k] = index(k);
        }
    }

    /// New heights for planes that were packed in their own order, all of them.
    pub(crate) fn set_heights(&mut self, heights: &[f64]) {
        self.heights.iter_mut().zip(heights).for_each(|(to, h)| *to = *h as f32);
    }

    /// Finds the highest plane for each sample of some groups. Panels are the outer loop: one of
    /// them stays in the first cache while the groups, few enough for the second, pass by.
    pub(crate) fn assign(&self, groups: &[f32], tops: &mut [Top], seconds: bool) {
        dispatch!(self.level, simd => self.run(simd, groups, tops, seconds));
    }

    #[inline(always)]
    fn run<S: Simd>(&self, simd: S, groups: &[f32], tops: &mut [Top], seconds: bool) {
        match (S::f32s::LEN >= 16, seconds) {
            (true, false) => self.sweep::<S, 12, false>(simd, groups, tops),
            (true, true) => self.sweep::<S, 12, true>(simd, groups, tops),
            (false, false) => self.sweep::<S, 6, false>(simd, groups, tops),
            (false, true) => self.sweep::<S, 6, true>(simd, groups, tops),
        }
    }

    #[inline(always)]
    fn sweep<S: Simd, const WIDTH: usize, const TWO: bool>(
        &self,
        simd: S,
        groups: &[f32],
        tops: &mut [Top],
    ) {
        let d = self.dimension;
        let panels = self.sites.chunks_exact(WIDTH * d);
        let (heights, _) = self.heights.as_chunks::<WIDTH>();
        let (indices, _) = self.indices.as_chunks::<WIDTH>();
        for ((sites, heights), indices) in panels.zip(heights).zip(indices) {
            let (sites, _) = sites.as_chunks::<WIDTH>();
            for (group, top) in groups.chunks_exact(GROUP * d).zip(&mut *tops) {
                let (group, _) = group.as_chunks::<GROUP>();
                let step = 2 * S::f32s::LEN;
                for lane in (0..GROUP).step_by(step) {
                    product::<S, WIDTH, TWO>(simd, group, lane, sites, heights, indices, top);
                }
            }
        }
    }
}

/// Two vectors of samples against one panel.
#[inline(always)]
fn product<S: Simd, const WIDTH: usize, const TWO: bool>(
    simd: S,
    group: &[[f32; GROUP]],
    lane: usize,
    sites: &[[f32; WIDTH]],
    heights: &[f32; WIDTH],
    indices: &[u32; WIDTH],
    top: &mut Top,
) {
    let (a, b, c) = (lane, lane + S::f32s::LEN, lane + 2 * S::f32s::LEN);
    let mut sums = [[S::f32s::splat(simd, 0.0); 2]; WIDTH];
    for j in 0..WIDTH {
        sums[j] = [S::f32s::splat(simd, heights[j]); 2];
    }
    for (x, y) in group.iter().zip(sites) {
        let low = S::f32s::from_slice(simd, &x[a..b]);
        let high = S::f32s::from_slice(simd, &x[b..c]);
        for j in 0..WIDTH {
            let y = S::f32s::splat(simd, y[j]);
            sums[j][0] = low.mul_add(y, sums[j][0]);
            sums[j][1] = high.mul_add(y, sums[j][1]);
        }
    }
    for (half, (from, to)) in [(a, b), (b, c)].into_iter().enumerate() {
        let mut value = S::f32s::from_slice(simd, &top.value[from..to]);
        let mut index = S::u32s::from_slice(simd, &top.index[from..to]);
        if TWO {
            let mut second_value = S::f32s::from_slice(simd, &top.second_value[from..to]);
            let mut second = S::u32s::from_slice(simd, &top.second[from..to]);
            for j in 0..WIDTH {
                let (s, i) = (sums[j][half], S::u32s::splat(simd, indices[j]));
                let above = s.simd_gt(value);
                let between = s.simd_gt(second_value);
                second = above.select(index, between.select(i, second));
                second_value = above.select(value, second_value.max(s));
                index = above.select(i, index);
                value = value.max(s);
            }
            second_value.store_slice(&mut top.second_value[from..to]);
            second.store_slice(&mut top.second[from..to]);
        } else {
            for j in 0..WIDTH {
                let s = sums[j][half];
                let above = s.simd_gt(value);
                index = above.select(S::u32s::splat(simd, indices[j]), index);
                value = value.max(s);
            }
        }
        value.store_slice(&mut top.value[from..to]);
        index.store_slice(&mut top.index[from..to]);
    }
}
