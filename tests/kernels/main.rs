//! Every kernel against its twin, on whatever GPU there is: Mesa's lavapipe will do. Shown as
//! ignored where there is none.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accumulate;
mod adam;
mod assign;
mod device;
mod energy;
mod machine;
mod sample;
mod tolerance;

use gpu::{
    device::Executor,
    recording::{BufferId, Command, Recording},
    twin::sample::point,
};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use transport::monte_carlo::{Law, Planes, Sequence};

/// The dimensions that the kernels are tried in: of both ways of the assignment, with and without
/// rows that fill up.
const DIMENSIONS: [usize; 8] = [1, 2, 3, 4, 5, 64, 100, 256];

/// Opened once: some drivers take longer to open than to run a test.
static EXECUTOR: LazyLock<Mutex<Executor>> =
    LazyLock::new(|| Mutex::new(pollster::block_on(Executor::open(false)).unwrap()));

/// The device, with commands to come.
struct Bench {
    executor: MutexGuard<'static, Executor>,
    recording: Recording,
    buffers: Vec<BufferId>,
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.buffers.iter().for_each(|buffer| self.executor.release(*buffer));
    }
}

impl Bench {
    fn new() -> Self {
        let executor = EXECUTOR.lock().unwrap_or_else(PoisonError::into_inner);
        Self { executor, recording: Recording::default(), buffers: Vec::new() }
    }

    /// A buffer of so many words, all zero.
    fn zeros(&mut self, words: usize) -> BufferId {
        let buffer = self.executor.create(words);
        self.buffers.push(buffer);
        buffer
    }

    /// A buffer of words.
    fn words(&mut self, words: &[u32]) -> BufferId {
        let buffer = self.zeros(words.len());
        self.recording.push(Command::Upload(buffer, words.to_vec()));
        buffer
    }

    /// A buffer of numbers.
    fn numbers(&mut self, numbers: &[f32]) -> BufferId {
        let buffer = self.zeros(numbers.len());
        self.recording.upload(buffer, numbers);
        buffer
    }

    fn dispatch(&mut self, dispatch: gpu::recording::Dispatch) {
        self.recording.dispatch(dispatch, 1, u64::MAX);
    }

    /// Executes what was recorded and brings back `words` words of each buffer.
    fn read<const K: usize>(&mut self, buffers: [(BufferId, usize); K]) -> [Vec<u32>; K] {
        for (buffer, words) in buffers {
            self.recording.push(Command::Read(buffer, words));
        }
        let recording = std::mem::take(&mut self.recording);
        pollster::block_on(self.executor.execute(&recording)).unwrap().try_into().unwrap()
    }
}

fn floats(words: &[u32]) -> Vec<f32> {
    words.iter().map(|word| f32::from_bits(*word)).collect()
}

/// `count` independent normal points, one after the other.
fn points(dimension: usize, count: usize, seed: u32) -> Vec<f32> {
    let mut all = vec![0.0; dimension * count];
    for (k, x) in all.chunks_mut(dimension).enumerate() {
        point(Law::Gaussian, Sequence::Philox, seed, k as u32, x);
    }
    all
}

/// Heights near those of a Voronoi diagram, where cells are not all empty.
fn heights(sites: &[f32], dimension: usize) -> Vec<f32> {
    sites.chunks(dimension).map(|y| -y.iter().map(|y| y * y).sum::<f32>() / 2.0).collect()
}

/// Heights as a machine takes them.
fn wide(heights: &[f32]) -> Vec<f64> {
    heights.iter().copied().map(f64::from).collect()
}

/// N planes over a source, and their heights. Masses are 1 : 2 : 3 : 1 : 2 : ….
fn planes(law: Law, sequence: Sequence, dimension: usize, cells: usize) -> (Planes, Vec<f32>) {
    let spread = if law == Law::Gaussian { 1.0 } else { 0.3 };
    let sites: Vec<f32> = points(dimension, cells, 17).iter().map(|y| spread * y).collect();
    let heights = heights(&sites, dimension);
    let parts: Vec<f32> = (0..cells).map(|i| (i % 3 + 1) as f32).collect();
    let whole: f32 = parts.iter().sum();
    let masses = parts.iter().map(|part| part / whole).collect();
    (Planes { dimension, sites, rests: Vec::new(), masses, law, sequence }, heights)
}
