//! The critic of the Wasserstein loss, in the plane of the data, against the exact distance.

use crate::error::Error;
use crate::gan::{Gan, counted, lattice};
use ::gan::Loss;
use geometry::Point;
use serde::Serialize;
use transport::assignment::{self, Assignment, AssignmentError};

/// Most points of a batch: the exact answer takes a time that grows with their cube.
pub const MAX_BATCH: usize = 1024;

/// Places along a side at which the critic's slope is looked at.
const LOOKS: usize = 64;

/// What a critic says of a batch of as many real as generated points, and what is true of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Wasserstein1 {
    /// Points of either kind.
    pub count: usize,
    /// mean s(real) − mean s(generated).
    pub critic: f64,
    /// The largest |∇s| found at 64 × 64 places of the box around the batch and at its points. The
    /// penalty draws |∇s| towards 1 where it looks, and holds it nowhere.
    pub steepest: f64,
    /// `critic` / `steepest`: no more than W₁ but for slopes between the places looked at.
    pub lower: f64,
    /// W₁ of the batch: the mean length of the cheapest pairs.
    pub exact: f64,
    /// Its lower bound from prices: equal to `exact` up to rounding.
    pub dual: f64,
}

/// Two critics over a box, each with mean 0 there, since a constant says nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Critics {
    /// The network's scores.
    pub trained: Vec<f32>,
    /// A best critic of the batch.
    pub best: Vec<f32>,
    /// The largest absolute value of the best one.
    pub reach: f32,
}

impl Gan {
    /// The critic's estimate of W₁ on `count` real and `count` generated points, those of
    /// [`Gan::real`] and [`Gan::points`], beside the exact one. `None` for other losses, and for
    /// critics of packs, which are no functions on the plane.
    ///
    /// # Errors
    /// Code `gan`: too many points; `diverged` where the points are no longer finite.
    pub fn wasserstein1(&mut self, count: usize) -> Result<Option<Wasserstein1>, Error> {
        if !self.has_critic() {
            return Ok(None);
        }
        let (real, generated, found) = self.pairs(count)?;
        let mean =
            |scores: Vec<f32>| scores.iter().map(|s| f64::from(*s)).sum::<f64>() / count as f64;
        let critic =
            mean(self.trainer.discriminate(&real)) - mean(self.trainer.discriminate(&generated));
        let mut places = [real, generated].concat();
        if let Some(area) = around(&places) {
            places.extend(lattice(&area, LOOKS)?);
        }
        // The generator's loss is −s: its arrows are ∇s.
        let slopes = self.trainer.gradient_field(&places);
        let steepest =
            slopes.iter().map(|g| f64::from(g[0]).hypot(f64::from(g[1]))).fold(0.0, f64::max);
        let lower = if steepest > 0.0 { critic / steepest } else { 0.0 };
        let Assignment { primal: exact, dual, .. } = found;
        Ok(Some(Wasserstein1 { count, critic, steepest, lower, exact, dual }))
    }

    /// The critic over a box, at the places of [`Gan::field`], and a best one of the same batch: the
    /// 1-Lipschitz function minⱼ |x − yⱼ| − vⱼ of the prices v of the generated points yⱼ, whose mean
    /// over the real points less that over the generated ones is W₁.
    ///
    /// # Errors
    /// As [`Gan::wasserstein1`], and those of [`Gan::field`].
    pub fn critics(&mut self, count: usize, area: &[f64], n: usize) -> Result<Critics, Error> {
        let places = lattice(area, n)?;
        let (_, generated, found) = self.pairs(count)?;
        let generated = doubles(&generated);
        let trained = self.trainer.discriminate(&places).into_iter().map(f64::from);
        let trained = centred(trained.collect());
        let best = places.iter().map(|x| found.critic(&generated, x.map(f64::from)));
        let best = centred(best.collect());
        let reach = best.iter().fold(0.0_f32, |most, v| most.max(v.abs()));
        Ok(Critics { trained, best, reach })
    }

    fn has_critic(&self) -> bool {
        let config = self.trainer.config();
        config.packing == 1 && matches!(config.loss, Loss::Wasserstein { .. })
    }

    #[allow(clippy::type_complexity)]
    fn pairs(&mut self, count: usize) -> Result<(Vec<[f32; 2]>, Vec<[f32; 2]>, Assignment), Error> {
        counted("points", count, MAX_BATCH)?;
        let real = self.real(count)?;
        let real: Vec<[f32; 2]> = real.as_chunks::<2>().0.to_vec();
        let generated = self.trainer.generate(count);
        let found = assignment::euclidean(&doubles(&real), &doubles(&generated)).map_err(|e| {
            let code =
                if matches!(e, AssignmentError::BadPoint { .. }) { "diverged" } else { e.code() };
            Error { index: e.index(), ..Error::new(code, format!("This batch has no W₁: {e}.")) }
        })?;
        Ok((real, generated, found))
    }
}

fn centred(values: Vec<f64>) -> Vec<f32> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|v| (v - mean) as f32).collect()
}

fn doubles(points: &[[f32; 2]]) -> Vec<Point> {
    points.iter().map(|p| p.map(f64::from)).collect()
}

/// The box around points; none where it has no area.
fn around(points: &[[f32; 2]]) -> Option<[f64; 4]> {
    let mut area = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for p in points {
        for k in 0..2 {
            area[k] = area[k].min(p[k].into());
            area[k + 2] = area[k + 2].max(p[k].into());
        }
    }
    (area[0] < area[2] && area[1] < area[3]).then_some(area)
}
