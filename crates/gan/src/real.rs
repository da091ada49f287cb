//! Where real points come from.

use crate::random::{Purpose, Random, random};
use rand_core::Rng;

/// Something that draws real points. What it draws must follow from `rng` and from plain data, or
/// the same seed will not give the same run. Closures of this shape are such things.
pub trait Real {
    /// Fills `points` with independent draws.
    fn draw(&mut self, rng: &mut Random, points: &mut [[f64; 2]]);
}

impl<F: FnMut(&mut Random, &mut [[f64; 2]])> Real for F {
    fn draw(&mut self, rng: &mut Random, points: &mut [[f64; 2]]) {
        self(rng, points);
    }
}

/// A fixed set of real points, drawn from with replacement.
#[derive(Clone, Debug, PartialEq)]
pub struct Bank(Vec<[f64; 2]>);

impl Bank {
    /// `None` without a point.
    pub fn new(points: Vec<[f64; 2]>) -> Option<Self> {
        (!points.is_empty()).then_some(Self(points))
    }

    /// The points.
    pub fn points(&self) -> &[[f64; 2]] {
        &self.0
    }
}

impl Real for Bank {
    fn draw(&mut self, rng: &mut Random, points: &mut [[f64; 2]]) {
        let count = self.0.len() as u128;
        for point in points {
            // The high half of a product of 64-bit numbers: uniform but for one part in 2⁶⁴ / count.
            *point = self.0[((u128::from(rng.next_u64()) * count) >> 64) as usize];
        }
    }
}

/// A fixed set of real packs, each taken once an epoch, in an order of that epoch's own.
#[derive(Clone, Debug)]
pub struct Epochs {
    points: Vec<[f64; 2]>,
    packing: usize,
    seed: u64,
    taken: u64,
    order: Vec<u32>,
}

impl Epochs {
    /// Packs of `packing` points that are neighbours in `points`; what is left of an incomplete last
    /// one is never taken. The orders follow from `seed`. `None` without a pack.
    pub fn new(points: Vec<[f64; 2]>, packing: usize, seed: u64) -> Option<Self> {
        let packs = u32::try_from(points.len().checked_div(packing)?).ok()?;
        (packs > 0).then(|| Self { points, packing, seed, taken: 0, order: (0..packs).collect() })
    }

    /// Packs in an epoch.
    pub fn packs(&self) -> usize {
        self.order.len()
    }

    /// Goes on as if so many packs had been taken: a saved run has taken its batch at every update
    /// of the discriminator.
    pub fn go_to(&mut self, taken: u64) {
        self.taken = taken;
        if !taken.is_multiple_of(self.order.len() as u64) {
            self.shuffle();
        }
    }

    /// The order of the epoch at hand: Fisher and Yates's shuffle.
    fn shuffle(&mut self) {
        let packs = self.order.len() as u64;
        let mut rng = random(self.seed, Purpose::Epoch, self.taken / packs);
        self.order.iter_mut().zip(0..).for_each(|(place, k)| *place = k);
        for last in (1..self.order.len()).rev() {
            let other = ((u128::from(rng.next_u64()) * (last as u128 + 1)) >> 64) as usize;
            self.order.swap(last, other);
        }
    }
}

impl Real for Epochs {
    /// Takes the next packs; `rng` is not read. The number of points must be a multiple of the
    /// packing.
    fn draw(&mut self, _: &mut Random, points: &mut [[f64; 2]]) {
        for pack in points.chunks_exact_mut(self.packing) {
            let place = (self.taken % self.order.len() as u64) as usize;
            if place == 0 {
                self.shuffle();
            }
            let first = self.order[place] as usize * self.packing;
            pack.copy_from_slice(&self.points[first..first + self.packing]);
            self.taken += 1;
        }
    }
}
