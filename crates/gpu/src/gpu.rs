//! The GPU machine.

use crate::{
    device::Executor,
    kernels::{self, SAMPLES, Samples, Shape, Step, Tops},
    recording::{BufferId, Command, Recording},
    sobol::directions,
    twin::{accumulate, adam::correction},
};
use std::ops::Range;
use transport::monte_carlo::{
    Adam, AdamSteps, CellMass, Draw, Estimate, Law, MachineError, Planes, Sequence, Want,
};

/// Coordinates of the samples that are on the device at a time: 128 MiB of them, WebGPU's least.
const COORDINATES: usize = 1 << 25;

/// Samples at a time in low dimension, where each has more results than coordinates.
const MOST: usize = 1 << 20;

/// Batches recorded at a time: their commands, params and partial sums stay small.
const BATCHES: usize = 512;

/// What a sample's coordinate costs, in multiply-adds: scrambling, and a quantile.
const COST: u64 = 128;

/// Cell masses on a graphics device.
///
/// The same planes, heights and draw give the same answer on the same device; on another, `f32`
/// may round otherwise, and of planes that are level there another may win.
#[derive(Debug)]
pub struct Gpu {
    planes: Planes,
    shape: Shape,
    executor: Executor,
    directions: BufferId,
    sites: BufferId,
    heights: BufferId,
    counts: BufferId,
    /// Bound where the assignment has a place for second planes and none are wanted.
    stand_ins: [BufferId; 2],
    batch: Option<Batch>,
    budget: Budget,
}

/// How much a [`Gpu`] does at a time. Smaller steps take longer and give the same answers, but for
/// the last digits of sums of heights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Samples on the device, at least 256.
    pub samples: usize,
    /// Multiply-adds in a submission.
    pub work: u64,
}

/// Room for some samples and what is found for each.
#[derive(Clone, Copy, Debug)]
struct Batch {
    room: usize,
    samples: BufferId,
    winners: BufferId,
    values: BufferId,
    seconds: Option<[BufferId; 2]>,
}

impl Gpu {
    /// Opens the fastest device there is for these planes; with `real`, none that is software.
    /// Requires planes as [`Planes`] says.
    ///
    /// # Errors
    /// Where there is none, or it refuses.
    pub async fn open(planes: Planes, real: bool) -> Result<Self, MachineError> {
        Self::on(Executor::open(real).await?, planes).await
    }

    async fn on(mut executor: Executor, planes: Planes) -> Result<Self, MachineError> {
        let shape = Shape::new(planes.dimension, planes.len());
        if shape.rows * shape.places > executor.largest() {
            return Err(MachineError(format!("{} sites are too many for it", planes.len())));
        }
        let table: Vec<u32> = match planes.sequence {
            Sequence::Sobol => {
                let radius = usize::from(planes.law == Law::Ball);
                (0..planes.dimension + radius).flat_map(directions).collect()
            }
            Sequence::Philox => vec![0; 32],
        };
        let directions = executor.create(table.len());
        let sites = executor.create(shape.rows * shape.places);
        let heights = executor.create(shape.places);
        let counts = executor.create(shape.cells);
        let most = COORDINATES.min(executor.largest()) / shape.rows;
        let budget = Budget { samples: most.min(MOST), work: executor.work() };
        let stand_ins = [(); 2].map(|()| executor.create(1));
        let mut upload = Recording::default();
        upload.push(Command::Upload(directions, table));
        upload.upload(sites, &shape.sites(&planes.sites));
        executor.execute(&upload).await?;
        Ok(Self {
            planes,
            shape,
            executor,
            directions,
            sites,
            heights,
            counts,
            stand_ins,
            batch: None,
            budget,
        })
    }

    /// What it does at a time.
    pub fn budget(&self) -> Budget {
        self.budget
    }

    /// Keeps it to steps no larger than `budget`.
    pub fn limit(&mut self, budget: Budget) {
        let samples = self.budget.samples.min(budget.samples.max(SAMPLES));
        self.budget = Budget { samples, work: self.budget.work.min(budget.work) };
        self.forget_batch();
    }

    /// Whether a processor plays the device.
    pub fn is_software(&self) -> bool {
        self.executor.is_software()
    }

    /// Gives the device back: whatever is asked of it from now on is an error.
    pub fn destroy(&self) {
        self.executor.destroy();
    }

    /// Room for the samples of a draw, or for as many as there may be at a time.
    fn batch(&mut self, count: usize, seconds: bool) -> Batch {
        let most = self.budget.samples / SAMPLES * SAMPLES;
        let room = count.min(most).next_multiple_of(SAMPLES);
        let held = self.batch.filter(|batch| batch.room >= room);
        let mut batch = held.unwrap_or_else(|| {
            self.forget_batch();
            let samples = self.executor.create(room * self.shape.rows);
            let [winners, values] = [(); 2].map(|()| self.executor.create(room));
            Batch { room, samples, winners, values, seconds: None }
        });
        if seconds && batch.seconds.is_none() {
            batch.seconds = Some([(); 2].map(|()| self.executor.create(batch.room)));
        }
        self.batch = Some(batch);
        batch
    }

    fn forget_batch(&mut self) {
        if let Some(old) = self.batch.take() {
            let seconds = old.seconds.into_iter().flatten();
            for buffer in [old.samples, old.winners, old.values].into_iter().chain(seconds) {
                self.executor.release(buffer);
            }
        }
    }

    /// Records what becomes of `count` samples from `first` on, up to their counts, and to their
    /// sums where there are buffers for them.
    fn record(
        &self,
        recording: &mut Recording,
        batch: Batch,
        draw: Draw,
        seconds: bool,
        sums: Option<[BufferId; 2]>,
    ) {
        let (limit, shape, count) = (self.budget.work, &self.shape, draw.count as usize);
        let Planes { law, sequence, dimension, .. } = self.planes;
        let samples = Samples { buffer: batch.samples, stride: batch.room, count };
        let coordinates = (count * dimension) as u64;

        let made = kernels::coordinates(
            (law, sequence),
            draw.seed,
            draw.first,
            dimension,
            self.directions,
            samples,
        );
        recording.dispatch(made, COST * coordinates, limit);
        if law == Law::Ball {
            let (seed, first) = (draw.seed, draw.first);
            let moved = kernels::ball(sequence, seed, first, dimension, self.directions, samples);
            recording.dispatch(moved, coordinates, limit);
        }
        let Batch { winners, values, .. } = batch;
        let tops = Tops { winners, values, seconds: batch.seconds.unwrap_or(self.stand_ins) };
        for part in parts(shape.places, shape.part(count, limit)) {
            let work = shape.work(count, part.len());
            let planes = [self.sites, self.heights];
            let found = kernels::assign(shape, samples, planes, part, tops, seconds);
            recording.dispatch(found, work, limit);
        }
        let counted = kernels::counts(count, shape.cells, batch.winners, self.counts);
        recording.dispatch(counted, count as u64, limit);
        if let Some(sums) = sums {
            let summed = kernels::sums(shape, samples, batch.winners, sums);
            recording.dispatch(summed, COST * coordinates, limit);
        }
    }
}

impl CellMass for Gpu {
    fn planes(&self) -> &Planes {
        &self.planes
    }

    fn name(&self) -> String {
        self.executor.name()
    }

    async fn estimate(
        &mut self,
        heights: &[f64],
        draw: Draw,
        want: Want,
    ) -> Result<Estimate, MachineError> {
        let (n, d) = (self.shape.cells, self.shape.dimension);
        let one_by_one = want.winners || want.seconds;
        let batch = self.batch(draw.count as usize, want.seconds);
        let batches: Vec<Draw> = batches(draw, batch.room).collect();
        let at_a_time = if one_by_one { 1 } else { batches.len().min(BATCHES) };
        let partial = self.executor.create(kernels::shares(batch.room) * at_a_time);
        let sums = want.sums.then(|| [(); 2].map(|()| self.executor.create(n * d)));
        let mut recording = Recording::default();
        recording.upload(self.heights, &self.shape.heights(&rounded(heights)));
        recording.push(Command::Clear(self.counts));

        let mut estimate = Estimate { samples: draw.count.into(), ..Estimate::default() };
        let limit = self.budget.work;
        for group in batches.chunks(at_a_time) {
            let mut place = 0;
            for part in group {
                let count = part.count as usize;
                self.record(&mut recording, batch, *part, want.seconds, sums);
                let summed = kernels::energy(count, batch.values, partial, place);
                recording.dispatch(summed, count as u64, limit);
                place += kernels::shares(count);
            }
            recording.push(Command::Read(partial, place));
            if one_by_one {
                let count = group[0].count as usize;
                let seconds = batch.seconds.filter(|_| want.seconds);
                let further = seconds.into_iter().flat_map(|[a, b]| [batch.values, a, b]);
                for buffer in [batch.winners].into_iter().chain(further) {
                    recording.push(Command::Read(buffer, count));
                }
            }
            if group.last() == batches.last() {
                recording.push(Command::Read(self.counts, n));
                for words in sums.into_iter().flatten() {
                    recording.push(Command::Read(words, n * d));
                }
            }
            let mut read = self.executor.execute(&recording).await?.into_iter();
            recording = Recording::default();
            let mut next = |wanted: bool| match wanted {
                true => read.next().unwrap_or_default(),
                false => Vec::new(),
            };
            estimate.top += total(&next(true));
            estimate.winners.extend(next(one_by_one));
            let [values, seconds, second_values] = [(); 3].map(|()| next(want.seconds));
            estimate.seconds.extend(seconds);
            let gap = |(a, b): (&u32, &u32)| f32::from_bits(*a) - f32::from_bits(*b);
            estimate.gaps.extend(values.iter().zip(&second_values).map(gap));
            // Empty before the last group.
            estimate.counts = next(true).into_iter().map(u64::from).collect();
            let counts = &estimate.counts;
            let real = |(k, words)| accumulate::real(whole(words), counts[k / d]);
            estimate.sums = next(true).into_iter().zip(next(true)).enumerate().map(real).collect();
        }
        if n == 1 {
            // The winner is second to itself; the kernel knows only what fills up a tile.
            estimate.seconds.fill(0);
            estimate.gaps.fill(0.0);
        }
        for buffer in sums.into_iter().flatten().chain([partial]) {
            self.executor.release(buffer);
        }
        Ok(estimate)
    }

    async fn descend(
        &mut self,
        adam: &mut Adam,
        steps: &AdamSteps,
    ) -> Result<Estimate, MachineError> {
        let n = self.shape.cells;
        let limit = self.budget.work;
        let batch = self.batch(steps.draw.count as usize, false);
        let mut create = |words| self.executor.create(words);
        let masses = create(n);
        let state = [n, n, n, 2 * n].map(&mut create);
        let [first, second, average, totals] = state;
        let all = u64::from(steps.steps) * u64::from(steps.draw.count.div_ceil(batch.room as u32));
        let partial = create(kernels::shares(batch.room) * all.min(BATCHES as u64) as usize);

        let mut recording = Recording::default();
        // The device works on what f32 holds of the heights; the rest is added again at the end.
        let start = rounded(&adam.heights);
        recording.upload(self.heights, &self.shape.heights(&start));
        recording.upload(masses, &self.planes.masses);
        recording.upload(first, &adam.first);
        recording.upload(second, &adam.second);
        recording.upload(average, &rounded(&adam.average));
        recording.push(Command::Clear(self.counts));

        let (mut top, mut place, mut recorded) = (0.0, 0, 0);
        for step in 0..steps.steps {
            let start = steps.draw.first.wrapping_add(step.wrapping_mul(steps.draw.count));
            for part in batches(Draw { first: start, ..steps.draw }, batch.room) {
                let count = part.count as usize;
                self.record(&mut recording, batch, part, false, None);
                let summed = kernels::energy(count, batch.values, partial, place);
                recording.dispatch(summed, count as u64, limit);
                place += kernels::shares(count);
                recorded += 1;
                if recorded == BATCHES {
                    recording.push(Command::Read(partial, place));
                    let read = self.executor.execute(&recording).await?;
                    top += read.iter().map(|words| total(words)).sum::<f64>();
                    (recording, place, recorded) = (Recording::default(), 0, 0);
                }
            }
            let t = adam.steps + step + 1;
            let numbers = Step {
                samples: steps.draw.count as f32,
                rate: steps.rate,
                betas: [steps.beta1, steps.beta2],
                corrections: [steps.beta1, steps.beta2].map(|beta| correction(beta, t)),
                averaged: (adam.averaged + step + 1) as f32,
            };
            let buffers = [self.counts, masses, self.heights, first, second, average, totals];
            recording.dispatch(kernels::adam(n, numbers, buffers), n as u64, limit);
        }
        recording.push(Command::Read(partial, place.max(1)));
        for buffer in [self.heights, first, second, average] {
            recording.push(Command::Read(buffer, n));
        }
        recording.push(Command::Read(totals, 2 * n));
        let read = self.executor.execute(&recording).await?;
        for buffer in state.into_iter().chain([masses, partial]) {
            self.executor.release(buffer);
        }
        let [partial, heights, first, second, average, totals] = &read[..] else {
            return Err(MachineError("GPU gave too little back".to_owned()));
        };
        // Only now, so that a device that was lost on the way leaves no half of a step behind.
        let numbers = |words: &[u32]| -> Vec<f32> {
            words.iter().map(|word| f32::from_bits(*word)).collect()
        };
        let rests: Vec<f64> =
            adam.heights.iter().zip(&start).map(|(h, r)| h - f64::from(*r)).collect();
        let with_rests = |words: &[u32]| -> Vec<f64> {
            numbers(words).iter().zip(&rests).map(|(h, rest)| f64::from(*h) + rest).collect()
        };
        *adam = Adam {
            heights: with_rests(heights),
            first: numbers(first),
            second: numbers(second),
            average: with_rests(average),
            steps: adam.steps + steps.steps,
            averaged: adam.averaged + steps.steps,
        };
        Ok(Estimate {
            samples: u64::from(steps.draw.count) * u64::from(steps.steps),
            counts: totals.chunks_exact(2).map(|words| whole((words[0], words[1]))).collect(),
            top: top + total(&partial[..place]),
            ..Estimate::default()
        })
    }
}

fn rounded(heights: &[f64]) -> Vec<f32> {
    heights.iter().map(|h| *h as f32).collect()
}

/// Ranges of `length` that make up 0 .. `whole`.
fn parts(whole: usize, length: usize) -> impl Iterator<Item = Range<usize>> {
    (0..whole).step_by(length).map(move |start| start..start + length.min(whole - start))
}

/// A draw in parts of at most `room`.
fn batches(draw: Draw, room: usize) -> impl Iterator<Item = Draw> {
    parts(draw.count as usize, room).map(move |part| Draw {
        first: draw.first.wrapping_add(part.start as u32),
        count: part.len() as u32,
        ..draw
    })
}

/// Partial sums, added.
fn total(partial: &[u32]) -> f64 {
    partial.iter().map(|word| f64::from(f32::from_bits(*word))).sum()
}

/// A number from its low and its high word.
fn whole((low, high): (u32, u32)) -> u64 {
    u64::from(high) << 32 | u64::from(low)
}
