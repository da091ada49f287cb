//! What a Monte Carlo solver asks of the machine: which plane is on top, over many samples.

use std::fmt;
use std::future::Future;

/// The source measure in dimension d, in coordinates centred at its mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// Uniform on the unit cube: [0,1]^d, given as x − ½.
    Cube,
    /// The standard normal distribution N(0, I).
    Gaussian,
    /// Uniform on the unit ball about 0.
    Ball,
}

/// Where the samples come from. Both are counter-based: sample `k` of a seed is a function of `k`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sequence {
    /// Sobol's sequence with the direction numbers of Joe and Kuo (SIAM J. Sci. Comput. 30, 2008),
    /// scrambled as Owen proposed by Burley's hash (JCGT 9(4), 2020). 24 bits a coordinate.
    Sobol,
    /// Independent samples by Philox 4×32-10 (Salmon, Moraes, Dror, Shaw, SC 2011).
    Philox,
}

/// Samples `first .. first + count` of a sequence. Another seed is another, independent scramble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draw {
    /// Seed of the scramble, or key of the counter-based generator.
    pub seed: u32,
    /// Index of the first sample.
    pub first: u32,
    /// How many, at least 1; `first + count` ≤ 2³².
    pub count: u32,
}

/// The supporting planes without their heights, in the machine's units: sites centred at their
/// mean and scaled, so that `f32` holds them well.
#[derive(Clone, Debug, PartialEq)]
pub struct Planes {
    /// d, from 1 to 256.
    pub dimension: usize,
    /// N × d, one site after the other.
    pub sites: Vec<f32>,
    /// N × d, what `f32` leaves of the sites, for machines that can tell; or empty for nothing.
    pub rests: Vec<f32>,
    /// Target masses νᵢ > 0, summing to 1.
    pub masses: Vec<f32>,
    /// The source.
    pub law: Law,
    /// The samples.
    pub sequence: Sequence,
}

impl Planes {
    /// N.
    pub fn len(&self) -> usize {
        self.masses.len()
    }

    /// Never, for planes that a solver makes.
    pub fn is_empty(&self) -> bool {
        self.masses.is_empty()
    }
}

/// What of an estimate is wanted beside the counts and the mean of u.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Want {
    /// For each sample the index of the highest plane.
    pub winners: bool,
    /// For each sample the second highest plane as well, and how far below it is. Implies winners.
    pub seconds: bool,
    /// For each cell the sum of its samples.
    pub sums: bool,
}

/// Sums over the samples of a [`Draw`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Number of samples M.
    pub samples: u64,
    /// N counts, summing to M: cell masses are `counts / M`.
    pub counts: Vec<u64>,
    /// Σ maxᵢ (⟨x, yᵢ⟩ + hᵢ) over the samples, in the machine's units.
    pub top: f64,
    /// M indices, or empty. Of planes that are level the lowest index wins.
    pub winners: Vec<u32>,
    /// M indices of the second highest plane (its own winner where N = 1), or empty.
    pub seconds: Vec<u32>,
    /// M differences ≥ 0 of the two planes, or empty.
    pub gaps: Vec<f32>,
    /// N × d sums of the samples in each cell, or empty; each coordinate to within 2⁻¹⁶ a sample.
    pub sums: Vec<f64>,
}

impl Estimate {
    /// Adds the samples of `other`, which come after these.
    pub fn add(&mut self, other: Self) {
        if self.samples == 0 {
            *self = other;
            return;
        }
        self.samples += other.samples;
        self.top += other.top;
        self.counts.iter_mut().zip(other.counts).for_each(|(a, b)| *a += b);
        self.sums.iter_mut().zip(other.sums).for_each(|(a, b)| *a += b);
        self.winners.extend(other.winners);
        self.seconds.extend(other.seconds);
        self.gaps.extend(other.gaps);
    }
}

/// Heights under descent by Adam (Kingma and Ba, ICLR 2015), and their average.
#[derive(Clone, Debug, PartialEq)]
pub struct Adam {
    /// N heights hᵢ, in the machine's units.
    pub heights: Vec<f64>,
    /// N first moments of the gradient.
    pub first: Vec<f32>,
    /// N second moments.
    pub second: Vec<f32>,
    /// N heights averaged over the last `averaged` steps.
    pub average: Vec<f64>,
    /// Steps taken.
    pub steps: u32,
    /// Steps in the average.
    pub averaged: u32,
}

impl Adam {
    /// At rest at `heights`.
    pub fn new(heights: Vec<f64>) -> Self {
        let zero = vec![0.0; heights.len()];
        Self {
            average: heights.clone(),
            first: zero.clone(),
            second: zero,
            heights,
            steps: 0,
            averaged: 0,
        }
    }

    /// Takes one step, from the `counts` of `samples` samples and the target `masses`, and moves
    /// the average by the heights arrived at.
    pub fn step(&mut self, counts: &[u64], samples: u64, masses: &[f32], steps: &AdamSteps) {
        self.steps += 1;
        self.averaged += 1;
        let correct = |beta: f32| 1.0 / (1.0 - f64::from(beta).powf(f64::from(self.steps)));
        let (correct1, correct2) = (correct(steps.beta1), correct(steps.beta2));
        for i in 0..masses.len() {
            let g = (counts[i] as f64 / (samples as f64 * f64::from(masses[i])) - 1.0) as f32;
            self.first[i] = steps.beta1 * self.first[i] + (1.0 - steps.beta1) * g;
            self.second[i] = steps.beta2 * self.second[i] + (1.0 - steps.beta2) * g * g;
            let size = (f64::from(self.second[i]) * correct2).sqrt() + f64::from(ADAM_EPSILON);
            self.heights[i] -= f64::from(steps.rate) * f64::from(self.first[i]) * correct1 / size;
            self.average[i] += (self.heights[i] - self.average[i]) / f64::from(self.averaged);
        }
    }
}

/// Some steps of Adam, each on samples of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AdamSteps {
    /// How many, at least 1.
    pub steps: u32,
    /// The samples of the first step; each further step takes the next `draw.count` of them.
    pub draw: Draw,
    /// Length of a step, in the machine's units of height.
    pub rate: f32,
    /// Decay of the first moment.
    pub beta1: f32,
    /// Decay of the second moment.
    pub beta2: f32,
}

/// Added to √v̂: the gradient is (wᵢ − νᵢ) / νᵢ, whose size is one.
pub const ADAM_EPSILON: f32 = 1e-8;

/// The machine failed: what it said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MachineError(pub String);

impl fmt::Display for MachineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MachineError {}

/// A machine that estimates cell masses for the [`Planes`] it was given. Answers come later, as a
/// graphics card's do in a browser; a processor's are ready at once.
///
/// The same planes, heights and draw give the same answer, whatever the number of threads.
pub trait CellMass {
    /// The planes.
    fn planes(&self) -> &Planes;

    /// What runs, in words: `CPU, 2 threads` or `WebGPU: adapter`.
    fn name(&self) -> String;

    /// Cell masses at N `heights`, in the machine's units.
    fn estimate(
        &mut self,
        heights: &[f64],
        draw: Draw,
        want: Want,
    ) -> impl Future<Output = Result<Estimate, MachineError>>;

    /// Takes steps of Adam against the gradient (wᵢ − νᵢ) / νᵢ and moves the average by each.
    /// Returns what all steps' samples added up to: their counts are of moving heights, good for
    /// watching the descent and nothing else.
    fn descend(
        &mut self,
        adam: &mut Adam,
        steps: &AdamSteps,
    ) -> impl Future<Output = Result<Estimate, MachineError>>;
}
