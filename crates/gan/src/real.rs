//! Where real points come from.

use crate::random::Random;
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
