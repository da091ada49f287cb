//! The critic for free: the potential that a critic of the squared distance would have to learn,
//! learnt by a network, beside the one that an exact solve hands over.
//!
//! For the cost ½|x − y|² the potential is φ = ½|x|² − u with the Brenier potential u, and W₂² =
//! 2(∫φ dμ + Σ νᵢ φᶜ(yᵢ)); x − ∇φ is the map, so that critic and generator are one (Lei et al.,
//! Engineering 6, 2020, section 5.1). What a Wasserstein GAN's critic is set against stands apart,
//! in [`Wasserstein1`]: another cost, another space.

mod wasserstein;

pub use wasserstein::{Critics, MAX_BATCH, Wasserstein1};

use crate::error::Error;
use crate::gan::{lattice, stopped};
use crate::source;
use ::gan::SemiDualError;
use geometry::{ConvexPolygon, Point};
use serde::Serialize;
use transport::{Density, Plan, Potential, Source, Target};

/// Squares along the longer side of the domain's box. Finer lattices bring the network no nearer
/// to the truth in the same time: a step's cost grows with their square.
pub const SIDE: usize = 32;

/// A solved scene, as its frame has it.
pub struct Request<'a> {
    /// Vertices of Ω.
    pub domain: &'a [Point],
    /// Density of the source on it.
    pub density: Density,
    /// Sites, masses and heights of the plan.
    pub sites: &'a [Point],
    /// One a site.
    pub masses: &'a [f64],
    /// One a site, the exact ones.
    pub heights: &'a [f64],
    /// Of the network's first weights.
    pub seed: u32,
}

/// A network on Ω that learns φ, and the exact φ.
///
/// The network sees μ as a lattice: of each square of [`SIDE`] to the longer side of the domain's
/// box, the part inside Ω stands as one point at its centre of mass. That lowers the least cost by
/// at most [`Lattice::spread`], the mean squared distance within the parts, h²/6 for whole squares
/// of side h, and raises it at most by what the squares do that a wall crosses.
pub struct SemiDual {
    dual: ::gan::SemiDual,
    domain: ConvexPolygon,
    plan: Plan,
    lattice: Lattice,
    /// The exact φ at the lattice's points, its mean, and the exact images.
    exact: Vec<f64>,
    mean: f64,
    images: Vec<Point>,
    w2_lattice: f64,
}

/// μ as points with masses.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    /// Centres of mass of the parts of Ω.
    pub points: Vec<Point>,
    /// μ of each.
    pub weights: Vec<f64>,
    /// h, the side of a square.
    pub spacing: f64,
    /// ∫|x − c(x)|² dμ, c(x) being the point of the part that holds x.
    pub spread: f64,
}

/// Where training stands. Lengths are the scene's, potentials are for the cost ½|x − y|².
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Numbers {
    /// Steps made.
    pub steps: u64,
    /// 2(∫φ_ξ dμ + Σ νᵢ φ_ξᶜ(yᵢ)) over the lattice.
    pub w2: f64,
    /// The same for the exact φ: what no network on this lattice can exceed by more than rounding
    /// and the squares that a wall crosses.
    pub w2_lattice: f64,
    /// The exact W₂² is at least this.
    pub w2_dual: f64,
    /// The exact W₂² is at most this.
    pub w2_upper: f64,
    /// max |wᵢ − νᵢ| / νᵢ of the heights.
    pub residual: f64,
    /// Root mean square over μ of φ_ξ − φ, both with mean 0.
    pub difference: f64,
    /// That of φ itself.
    pub scale: f64,
    /// Root mean square distance over μ between x − ∇φ_ξ(x) and T(x).
    pub map_error: f64,
    /// Side of the lattice's squares.
    pub spacing: f64,
    /// What the lattice takes from W₂² at most.
    pub spread: f64,
    /// Points of the lattice.
    pub points: usize,
}

/// Both potentials over a box, with mean 0 over μ, row by row from below. Outside Ω neither means
/// anything: a picture ends at the domain.
#[derive(Clone, Debug, PartialEq)]
pub struct Fields {
    /// φ.
    pub exact: Vec<f32>,
    /// φ_ξ.
    pub network: Vec<f32>,
    /// The largest |φ| inside Ω: the ends of a scale that stays while the network learns.
    pub reach: f32,
}

impl Lattice {
    /// Of `side` squares along the longer side of the domain's box.
    ///
    /// # Errors
    /// Those of `transport`, for a domain that is degenerate in `f64`.
    pub fn new(source: &Source, side: usize) -> Result<Self, Error> {
        let [x0, y0, x1, y1] = source.domain().bounds();
        let middle = [0.5 * (x0 + x1), 0.5 * (y0 + y1)];
        let spacing = (x1 - x0).max(y1 - y0) / side as f64;
        let count = |length: f64| ((length / spacing).round() as usize).max(1);
        // About the box's middle, so that squares of numbers stay small.
        let moved = |p: Point| [p[0] - middle[0], p[1] - middle[1]];
        let domain =
            ConvexPolygon::new(source.domain().vertices().iter().map(|v| moved(*v)).collect())?;
        let density = match source.density() {
            Density::Uniform => Density::Uniform,
            Density::Gaussian { mean, sigma } => Density::Gaussian { mean: moved(mean), sigma },
        };
        let source = source::of_density(domain, density)?;
        let (columns, rows) = (count(x1 - x0), count(y1 - y0));
        let at = |k: usize, of: usize| spacing * (k as f64 + 0.5 - 0.5 * of as f64);
        let sites: Vec<Point> = (0..rows)
            .flat_map(|j| (0..columns).map(move |i| [at(i, columns), at(j, rows)]))
            .collect();
        // The cells of nearest points: squares, those at the border reaching out as far as Ω does.
        let heights: Vec<f64> = sites.iter().map(|y| -0.5 * (y[0] * y[0] + y[1] * y[1])).collect();
        let plan = Plan::from_heights(&source, &Target::new(&sites, None)?, &heights)?;
        let parts = || (0..sites.len()).filter(|i| plan.cell_masses[*i] > 0.0);
        let off = |i: usize| distance(plan.centroids[i], sites[i]).powi(2);
        let spread =
            plan.report.w2_primal - parts().map(|i| plan.cell_masses[i] * off(i)).sum::<f64>();
        let back = |c: Point| [c[0] + middle[0], c[1] + middle[1]];
        Ok(Self {
            points: parts().map(|i| back(plan.centroids[i])).collect(),
            weights: parts().map(|i| plan.cell_masses[i]).collect(),
            spacing,
            spread: spread.max(0.0),
        })
    }
}

impl SemiDual {
    /// A network at its start, beside the plan of the request.
    ///
    /// # Errors
    /// Those of `geometry` and `transport`, and code `critic` for more sites than a network is
    /// trained on.
    pub fn new(request: &Request<'_>) -> Result<Self, Error> {
        let domain = ConvexPolygon::new(request.domain.to_vec())?;
        let source = source::of_density(domain.clone(), request.density)?;
        // Sites merged in the scene have mass 0; here only those that carry mass stand.
        let kept: Vec<usize> =
            (0..request.masses.len().min(request.sites.len()).min(request.heights.len()))
                .filter(|i| request.masses[*i] != 0.0)
                .collect();
        let sites: Vec<Point> = kept.iter().map(|i| request.sites[*i]).collect();
        let masses: Vec<f64> = kept.iter().map(|i| request.masses[*i]).collect();
        let heights: Vec<f64> = kept.iter().map(|i| request.heights[*i]).collect();
        let plan = Plan::from_heights(&source, &Target::new(&sites, Some(&masses))?, &heights)?;
        let lattice = Lattice::new(&source, SIDE)?;
        let refused = |e: SemiDualError| {
            let message = format!("No network can be trained on this scene: {e}.");
            Error { index: e.index(), ..Error::new("critic", message) }
        };
        let Lattice { points, weights, .. } = &lattice;
        let dual =
            ::gan::SemiDual::new(request.seed.into(), points, weights, &plan.sites, &plan.masses)
                .map_err(refused)?;
        let potential = plan.potential();
        let exact: Vec<f64> = points.iter().map(|x| value(&potential, *x)).collect();
        let images = points.iter().map(|x| potential.gradient(*x)).collect();
        let w2_lattice = semi_dual(&lattice, &exact, &plan);
        let mean = lattice.mean(&exact);
        Ok(Self { dual, domain, plan, lattice, exact, mean, images, w2_lattice })
    }

    /// So many steps; the estimate of W₂² that the last one started from.
    ///
    /// # Errors
    /// Code `diverged`; the steps before stay.
    pub fn advance(&mut self, steps: usize) -> Result<f64, Error> {
        let mut estimate = f64::NAN;
        for _ in 0..steps {
            estimate = self.dual.step().map_err(stopped)?;
        }
        Ok(estimate)
    }

    /// Steps made.
    pub fn steps(&self) -> u64 {
        self.dual.steps()
    }

    /// The network's estimate of W₂² as it stands, see [`Numbers::w2`].
    pub fn w2(&mut self) -> f64 {
        self.dual.w2()
    }

    /// How near the network is.
    pub fn numbers(&mut self) -> Numbers {
        let Lattice { points, weights, spacing, spread } = &self.lattice;
        let learnt = self.dual.potential(points);
        let own = self.lattice.mean(&learnt);
        let (mut difference, mut scale, mut map_error) = (0.0, 0.0, 0.0);
        let images = self.dual.map(points);
        for (k, weight) in weights.iter().enumerate() {
            let phi = self.exact[k] - self.mean;
            difference += weight * (learnt[k] - own - phi).powi(2);
            scale += weight * phi * phi;
            map_error += weight * distance(images[k], self.images[k]).powi(2);
        }
        let report = &self.plan.report;
        Numbers {
            steps: self.dual.steps(),
            w2: self.dual.w2(),
            w2_lattice: self.w2_lattice,
            w2_dual: report.w2_dual,
            w2_upper: report.w2_upper,
            residual: report.residual,
            difference: difference.sqrt(),
            scale: scale.sqrt(),
            map_error: map_error.sqrt(),
            spacing: *spacing,
            spread: *spread,
            points: points.len(),
        }
    }

    /// Both potentials in the middles of `n` × `n` equal parts of the box x0, y0, x1, y1.
    ///
    /// # Errors
    /// Code `gan`: no box, or too many parts.
    pub fn fields(&mut self, area: &[f64], n: usize) -> Result<Fields, Error> {
        let places: Vec<Point> = lattice(area, n)?.iter().map(|p| p.map(f64::from)).collect();
        let learnt = self.dual.potential(&places);
        let own = self.dual.potential(&self.lattice.points);
        let own = self.lattice.mean(&own);
        let potential = self.plan.potential();
        let mut fields = Fields { exact: Vec::new(), network: Vec::new(), reach: 0.0 };
        for (x, learnt) in places.iter().zip(&learnt) {
            let exact = (value(&potential, *x) - self.mean) as f32;
            if self.domain.contains(*x) {
                fields.reach = fields.reach.max(exact.abs());
            }
            fields.exact.push(exact);
            fields.network.push((learnt - own) as f32);
        }
        Ok(fields)
    }
}

impl Lattice {
    fn mean(&self, values: &[f64]) -> f64 {
        self.weights.iter().zip(values).map(|(w, v)| w * v).sum()
    }
}

/// φ(x) = ½|x|² − u(x).
fn value(u: &Potential<'_>, x: Point) -> f64 {
    0.5 * (x[0] * x[0] + x[1] * x[1]) - u.value(x)
}

/// 2(Σ w φ(x) + Σ νᵢ φᶜ(yᵢ)), the minimum over the lattice's points.
fn semi_dual(lattice: &Lattice, phi: &[f64], plan: &Plan) -> f64 {
    let conjugate = |y: &Point| {
        let cost = |(x, phi): (&Point, &f64)| 0.5 * distance(*x, *y).powi(2) - phi;
        lattice.points.iter().zip(phi).map(cost).fold(f64::INFINITY, f64::min)
    };
    let sites = plan.sites.iter().zip(&plan.masses);
    2.0 * (lattice.mean(phi) + sites.map(|(y, m)| m * conjugate(y)).sum::<f64>())
}

fn distance(p: Point, q: Point) -> f64 {
    let (x, y) = (p[0] - q[0], p[1] - q[1]);
    (x * x + y * y).sqrt()
}

#[cfg(test)]
mod tests;
