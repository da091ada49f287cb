//! The CPU machine.

use crate::fast::assign::{GROUP, Panels, Top};
use crate::fast::chunk::{BOX_GROUPS, Chunk, Extent, FEW};
use crate::fast::prune::{Plane, Pruner};
use crate::fast::share::share;
use crate::sampler::Sampler;
use fearless_simd::Level;
use std::sync::Mutex;
use transport::monte_carlo::{
    Adam, AdamSteps, CellMass, Draw, Estimate, MachineError, Planes, Want,
};

/// Samples of one draw are kept up to this many bytes, for a solver that asks again.
const KEPT: usize = if cfg!(target_arch = "wasm32") { 64 << 20 } else { 256 << 20 };

/// Boxes in a row of which planes are chosen together, before they are for each.
const REGION: usize = 32;

/// Sums of samples are kept as multiples of this, so that their order does not matter. 2³² samples
/// of a size below 8 fit.
const GRAIN: f64 = 1.0 / (1u64 << 28) as f64;

/// Cell masses on the processor, by a kernel blocked for caches and registers.
///
/// Departs from the kernel's twin in two points: products are fused where the processor can, so
/// that values differ in the last place and planes that are level there may change places; and in
/// up to three dimensions only those planes are compared that can be on top near a sample, relative
/// to one of them, which tells sites apart that f32 alone would not.
pub struct Cpu {
    planes: Planes,
    threads: usize,
    level: Level,
    samples: Samples,
    all: Panels,
    last: Option<Draw>,
    kept: Vec<Chunk>,
}

/// Where samples come from.
enum Samples {
    Drawn(Sampler),
    /// Rows of M × d.
    Given(Vec<f32>),
}

/// What one thread adds up.
struct Tally {
    chunk: Chunk,
    panels: Panels,
    pruner: Option<Pruner>,
    /// Samples of a box, relative to its centre.
    near: Vec<f32>,
    /// Of each box, the plane that values there are relative to.
    bases: Vec<Plane>,
    tops: Vec<Top>,
    counts: Vec<u64>,
    sums: Vec<i64>,
    /// Of each chunk, so that they can be added in order.
    top: Vec<(usize, f64)>,
}

/// Where the answers for single samples go: one chunk's.
#[derive(Default)]
struct Answers<'a> {
    winners: &'a mut [u32],
    seconds: &'a mut [u32],
    gaps: &'a mut [f32],
}

impl Cpu {
    /// A machine of `threads` threads, at least one. Requires planes as [`Planes`] says.
    pub fn new(planes: Planes, threads: usize) -> Self {
        let sampler = Sampler::new(planes.law, planes.sequence, planes.dimension);
        Self::on(planes, threads, Samples::Drawn(sampler))
    }

    /// A machine whose samples are the rows of `samples`, M × d, and not the source's: a draw takes
    /// rows `first .. first + count`, which must be within 0 .. M.
    pub fn of_samples(planes: Planes, threads: usize, samples: Vec<f32>) -> Self {
        Self::on(planes, threads, Samples::Given(samples))
    }

    fn on(planes: Planes, threads: usize, samples: Samples) -> Self {
        let d = planes.dimension;
        let level = Level::new();
        let mut all = Panels::new(level, d);
        if d > FEW {
            let site = |k: usize, j: usize| planes.sites[k * d + j];
            all.pack(planes.len(), |k| k as u32, site, |_| 0.0);
        }
        Self { threads: threads.max(1), level, samples, all, last: None, kept: Vec::new(), planes }
    }

    /// The threads of this machine that can run at once; one where there are no threads.
    pub fn threads() -> usize {
        std::thread::available_parallelism().map_or(1, usize::from)
    }

    /// As [`CellMass::estimate`], at once.
    pub fn count(&mut self, heights: &[f64], draw: Draw, want: Want) -> Estimate {
        let (n, d) = (self.planes.len(), self.planes.dimension);
        let each = Chunk::samples(d);
        let chunks = (draw.count as usize).div_ceil(each);
        if d > FEW {
            self.all.set_heights(heights);
        }
        // A draw that is asked for a second time is kept.
        let again = self.last.replace(draw) == Some(draw);
        let known = again && !self.kept.is_empty();
        let keep = again && !known && Chunk::bytes(d, draw.count as usize) <= KEPT;
        if !again {
            self.kept = Vec::new();
        }
        let made: Vec<Mutex<Chunk>> =
            (0..if keep { chunks } else { 0 }).map(|_| Mutex::default()).collect();
        let mut estimate = Estimate { samples: u64::from(draw.count), ..Estimate::default() };
        let room = |wanted: bool| if wanted { draw.count as usize } else { 0 };
        estimate.winners = vec![0; room(want.winners || want.seconds)];
        estimate.seconds = vec![0; room(want.seconds)];
        estimate.gaps = vec![0.0; room(want.seconds)];
        let answers = answers(&mut estimate, chunks, each);
        let this = &*self;
        let new = || Tally {
            chunk: Chunk::default(),
            panels: Panels::new(this.level, d),
            pruner: (d <= FEW).then(|| Pruner::new(&this.planes, heights)),
            near: Vec::new(),
            bases: Vec::new(),
            tops: Vec::new(),
            counts: vec![0; n],
            sums: vec![0; if want.sums { n * d } else { 0 }],
            top: Vec::new(),
        };
        let task = |tally: &mut Tally, k: usize| {
            let mut fresh = std::mem::take(&mut tally.chunk);
            let chunk = match this.kept.get(k) {
                Some(chunk) if known => chunk,
                _ => {
                    let first = (k * each) as u32;
                    let part = Draw {
                        first: draw.first + first,
                        count: (draw.count - first).min(each as u32),
                        ..draw
                    };
                    this.fill(&mut fresh, part);
                    &fresh
                }
            };
            this.assign(tally, chunk, want.seconds);
            let mut taken = take(&answers[k]);
            tally.add(k, chunk, d, &mut taken);
            match made.get(k) {
                Some(slot) => *lock(slot) = fresh.keep(),
                None => tally.chunk = fresh,
            }
        };
        let tallies = share(self.threads, chunks, new, task);
        drop(answers);
        if keep {
            self.kept = made.into_iter().map(|slot| std::mem::take(&mut *lock(&slot))).collect();
        }
        merge(&mut estimate, tallies);
        estimate
    }

    fn fill(&self, chunk: &mut Chunk, draw: Draw) {
        let (law, d) = (self.planes.law, self.planes.dimension);
        match &self.samples {
            Samples::Drawn(sampler) => {
                chunk.fill(law, d, draw.count as usize, |rows| {
                    sampler.fill(draw, draw.count as usize, rows);
                });
            }
            Samples::Given(samples) => {
                let count = draw.count as usize;
                chunk.fill(law, d, count, |rows| {
                    let given = samples[draw.first as usize * d..].chunks_exact(d);
                    for (k, sample) in given.take(count).enumerate() {
                        sample.iter().enumerate().for_each(|(j, x)| rows[j * count + k] = *x);
                    }
                });
            }
        }
    }

    /// The planes on top of each sample of a chunk, into `tally.tops`.
    fn assign(&self, tally: &mut Tally, chunk: &Chunk, seconds: bool) {
        let d = self.planes.dimension;
        tally.tops.clear();
        tally.tops.resize(chunk.groups.len() / (GROUP * d), Top::NONE);
        tally.bases.clear();
        let Some(pruner) = &mut tally.pruner else {
            return self.all.assign(&chunk.groups, &mut tally.tops, seconds);
        };
        let boxes = chunk.groups.chunks(BOX_GROUPS * GROUP * d).zip(&chunk.boxes);
        for (k, ((groups, extent), tops)) in
            boxes.zip(tally.tops.chunks_mut(BOX_GROUPS)).enumerate()
        {
            if k % REGION == 0 {
                let region = &chunk.boxes[k..chunk.boxes.len().min(k + REGION)];
                pruner.enter(&Extent::around(region), seconds);
            }
            let local = pruner.choose(extent, seconds);
            tally.panels.pack(
                local.len(),
                |k| local.index(k),
                |k, j| local.site(k, j),
                |k| local.height(k),
            );
            tally.bases.push(local.plane);
            tally.near.clear();
            for (row, c) in groups.chunks_exact(GROUP).zip(extent.centre[..d].iter().cycle()) {
                tally.near.extend(row.iter().map(|x| x - c));
            }
            tally.panels.assign(&tally.near, tops, seconds);
        }
    }
}

impl Tally {
    /// Counts what a chunk's samples found.
    fn add(&mut self, k: usize, chunk: &Chunk, d: usize, answers: &mut Answers<'_>) {
        let mut sum = 0.0;
        for place in 0..chunk.count {
            let (top, lane) = (&self.tops[place / GROUP], place % GROUP);
            let i = top.index[lane];
            self.counts[i as usize] += 1;
            sum += f64::from(top.value[lane]);
            if let Some(base) = self.bases.get(place / (GROUP * BOX_GROUPS)) {
                let group = &chunk.groups[place / GROUP * GROUP * d..][..GROUP * d];
                let centre = chunk.boxes[place / (GROUP * BOX_GROUPS)].centre;
                sum += base.value;
                for j in 0..d {
                    sum += f64::from(group[j * GROUP + lane] - centre[j]) * base.slope[j];
                }
            }
            if !self.sums.is_empty() {
                let group = &chunk.groups[place / GROUP * GROUP * d..][..GROUP * d];
                let sums = &mut self.sums[i as usize * d..][..d];
                for (j, s) in sums.iter_mut().enumerate() {
                    *s += (f64::from(group[j * GROUP + lane]) / GRAIN) as i64;
                }
            }
            let sample = chunk.order.get(place).map_or(place, |k| *k as usize);
            if let Some(winner) = answers.winners.get_mut(sample) {
                *winner = i;
            }
            if let Some(second) = answers.seconds.get_mut(sample) {
                // One plane alone has no second: its own winner, at no distance.
                let some = top.second_value[lane] > f32::MIN;
                *second = if some { top.second[lane] } else { i };
                let below = if some { top.second_value[lane] } else { top.value[lane] };
                answers.gaps[sample] = top.value[lane] - below;
            }
        }
        self.top.push((k, sum));
    }
}

fn lock<T>(slot: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    slot.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// A chunk's share of the answers, taken once.
fn take<'a>(slot: &Mutex<Answers<'a>>) -> Answers<'a> {
    std::mem::take(&mut *lock(slot))
}

fn answers(estimate: &mut Estimate, chunks: usize, each: usize) -> Vec<Mutex<Answers<'_>>> {
    let mut winners = estimate.winners.chunks_mut(each);
    let mut seconds = estimate.seconds.chunks_mut(each);
    let mut gaps = estimate.gaps.chunks_mut(each);
    let slot = |_| {
        Mutex::new(Answers {
            winners: winners.next().unwrap_or_default(),
            seconds: seconds.next().unwrap_or_default(),
            gaps: gaps.next().unwrap_or_default(),
        })
    };
    (0..chunks).map(slot).collect()
}

fn merge(estimate: &mut Estimate, tallies: Vec<Tally>) {
    let mut top = Vec::new();
    let mut sums: Vec<i64> = Vec::new();
    for tally in tallies {
        if estimate.counts.is_empty() {
            (estimate.counts, sums) = (tally.counts, tally.sums);
        } else {
            estimate.counts.iter_mut().zip(&tally.counts).for_each(|(a, b)| *a += b);
            sums.iter_mut().zip(&tally.sums).for_each(|(a, b)| *a += b);
        }
        top.extend(tally.top);
    }
    top.sort_unstable_by_key(|(k, _)| *k);
    estimate.top = top.iter().map(|(_, sum)| sum).sum();
    estimate.sums = sums.iter().map(|s| *s as f64 * GRAIN).collect();
}

impl CellMass for Cpu {
    fn planes(&self) -> &Planes {
        &self.planes
    }

    fn name(&self) -> String {
        match self.threads {
            1 => "CPU, 1 thread".to_owned(),
            threads => format!("CPU, {threads} threads"),
        }
    }

    async fn estimate(
        &mut self,
        heights: &[f64],
        draw: Draw,
        want: Want,
    ) -> Result<Estimate, MachineError> {
        Ok(self.count(heights, draw, want))
    }

    async fn descend(
        &mut self,
        adam: &mut Adam,
        steps: &AdamSteps,
    ) -> Result<Estimate, MachineError> {
        let mut all = Estimate { counts: vec![0; self.planes.len()], ..Estimate::default() };
        for k in 0..steps.steps {
            let first = steps.draw.first.wrapping_add(k.wrapping_mul(steps.draw.count));
            let draw = Draw { first, ..steps.draw };
            let estimate = self.count(&adam.heights, draw, Want::default());
            adam.step(&estimate.counts, estimate.samples, &self.planes.masses, steps);
            all.samples += estimate.samples;
            all.top += estimate.top;
            all.counts.iter_mut().zip(&estimate.counts).for_each(|(a, b)| *a += b);
        }
        Ok(all)
    }
}

/// The samples of a draw, M × d, in centred coordinates.
pub fn samples(planes: &Planes, draw: Draw) -> Vec<f32> {
    let (d, count) = (planes.dimension, draw.count as usize);
    let mut rows = vec![0.0; d * count];
    Sampler::new(planes.law, planes.sequence, d).fill(draw, count, &mut rows);
    let mut out = vec![0.0; d * count];
    for (j, row) in rows.chunks_exact(count).enumerate() {
        row.iter().enumerate().for_each(|(k, x)| out[k * d + j] = *x);
    }
    out
}
