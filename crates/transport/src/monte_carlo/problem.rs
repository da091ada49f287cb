//! What is to be solved, validated at the door, and the units in which a machine works on it.

use std::collections::HashMap;
use std::fmt;

use super::cell_mass::{Law, Planes, Sequence};
use crate::TargetError;
use crate::target::normalised;

/// Largest dimension.
pub const MAX_DIMENSION: usize = 256;
/// Most sites that Monte Carlo takes.
pub const MAX_SITES: usize = 100_000;

/// A source law and Dirac masses in R^d. Sites at one place (in the machine's `f32`) are merged:
/// the first one carries the sum of the masses there, the others mass 0.
#[derive(Clone, Debug)]
pub struct Problem {
    dimension: usize,
    sites: Vec<f64>,
    masses: Vec<f64>,
    factor: f64,
    merged: Vec<(u32, u32)>,
    law: Law,
    /// Mean of the sites, and the root mean square of their distance from it.
    mean: Vec<f64>,
    scale: f64,
    /// The sites that are not merged into others, and in the machine's units their coordinates.
    places: Vec<u32>,
    local: Vec<f32>,
    /// What f32 leaves of them.
    rests: Vec<f32>,
}

/// Why this is no problem that Monte Carlo can solve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemError {
    /// d is 0 or above [`MAX_DIMENSION`].
    Dimension {
        /// The d given.
        dimension: usize,
    },
    /// The number of coordinates is no multiple of d.
    Coordinates {
        /// How many there are.
        count: usize,
        /// The d given.
        dimension: usize,
    },
    /// More than [`MAX_SITES`] sites.
    TooMany {
        /// How many there are.
        count: usize,
    },
    /// As in the plane.
    Target(TargetError),
}

impl ProblemError {
    /// A short stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Dimension { .. } => "dimension",
            Self::Coordinates { .. } => "coordinates",
            Self::TooMany { .. } => "too-many-sites",
            Self::Target(e) => e.code(),
        }
    }

    /// Index of the site that is wrong, where there is one.
    pub fn index(&self) -> Option<usize> {
        match self {
            Self::Target(e) => e.index(),
            _ => None,
        }
    }
}

impl fmt::Display for ProblemError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dimension { dimension } => write!(
                f,
                "the dimension is {dimension}; give sites of 1 to {MAX_DIMENSION} coordinates"
            ),
            Self::Coordinates { count, dimension } => write!(
                f,
                "{count} coordinates do not make sites of dimension {dimension}; give each site \
                 {dimension}"
            ),
            Self::TooMany { count } => {
                write!(f, "there are {count} sites; Monte Carlo takes {MAX_SITES}: give fewer")
            }
            Self::Target(e) => e.fmt(f),
        }
    }
}

impl std::error::Error for ProblemError {}

impl From<TargetError> for ProblemError {
    fn from(e: TargetError) -> Self {
        Self::Target(e)
    }
}

impl Problem {
    /// N × d coordinates, one site after the other, and N masses, or equal ones.
    ///
    /// # Errors
    /// [`ProblemError`] names the first site at fault.
    pub fn new(
        law: Law,
        dimension: usize,
        sites: &[f64],
        masses: Option<&[f64]>,
    ) -> Result<Self, ProblemError> {
        if !(1..=MAX_DIMENSION).contains(&dimension) {
            return Err(ProblemError::Dimension { dimension });
        }
        if !sites.len().is_multiple_of(dimension) {
            return Err(ProblemError::Coordinates { count: sites.len(), dimension });
        }
        let n = sites.len() / dimension;
        if n == 0 {
            return Err(TargetError::Empty.into());
        }
        if n > MAX_SITES {
            return Err(ProblemError::TooMany { count: n });
        }
        for (k, y) in sites.iter().enumerate() {
            let index = k / dimension;
            if !y.is_finite() {
                return Err(TargetError::NotFinite { index }.into());
            }
            // Squares of distances are summed.
            if y.abs() > 1e100 {
                return Err(TargetError::TooLarge { index }.into());
            }
        }
        // Machines hold the masses in f32.
        let (masses, factor) = normalised(n, masses, f64::from(f32::MIN_POSITIVE))?;
        let mut mean = vec![0.0; dimension];
        for site in sites.chunks_exact(dimension) {
            mean.iter_mut().zip(site).for_each(|(m, y)| *m += y / n as f64);
        }
        let distance =
            |site: &[f64]| -> f64 { site.iter().zip(&mean).map(|(y, m)| (y - m) * (y - m)).sum() };
        let spread = sites.chunks_exact(dimension).map(distance).sum::<f64>() / n as f64;
        let scale = if spread > 0.0 { spread.sqrt() } else { 1.0 };
        let mut this = Self {
            dimension,
            sites: sites.to_vec(),
            masses,
            factor,
            merged: Vec::new(),
            law,
            mean,
            scale,
            places: Vec::new(),
            local: Vec::new(),
            rests: Vec::new(),
        };
        this.merge();
        Ok(this)
    }

    fn merge(&mut self) {
        let d = self.dimension;
        let mut first: HashMap<Vec<u32>, u32> = HashMap::with_capacity(self.masses.len());
        for i in 0..self.masses.len() {
            let site = &self.sites[i * d..][..d];
            let exact = site.iter().zip(&self.mean).map(|(y, m)| (y - m) / self.scale);
            let local: Vec<f32> = exact.clone().map(|y| y as f32).collect();
            // + 0.0 makes −0 and 0 one.
            let j = *first
                .entry(local.iter().map(|y| (y + 0.0).to_bits()).collect())
                .or_insert(i as u32);
            if j as usize == i {
                self.places.push(j);
                self.rests.extend(exact.zip(&local).map(|(y, r)| (y - f64::from(*r)) as f32));
                self.local.extend(local);
            } else {
                self.masses[j as usize] += self.masses[i];
                self.masses[i] = 0.0;
                self.merged.push((i as u32, j));
            }
        }
    }

    /// Other sites and masses under the same source: sites are valid, masses positive.
    pub(crate) fn part(&self, sites: &[f64], masses: &[f64]) -> Self {
        match Self::new(self.law, self.dimension, sites, Some(masses)) {
            Ok(part) => part,
            // Means and members of sites that were validated, with sums of their masses.
            Err(e) => unreachable!("a part of a valid problem is valid: {e}"),
        }
    }

    /// d.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// Number of sites given, merged ones included.
    pub fn len(&self) -> usize {
        self.masses.len()
    }

    /// Never: there is at least one site.
    pub fn is_empty(&self) -> bool {
        self.masses.is_empty()
    }

    /// N × d coordinates as given.
    pub fn sites(&self) -> &[f64] {
        &self.sites
    }

    /// N masses, summing to one; 0 for sites merged into an earlier one.
    pub fn masses(&self) -> &[f64] {
        &self.masses
    }

    /// What the masses given were multiplied by.
    pub fn factor(&self) -> f64 {
        self.factor
    }

    /// Pairs of a merged site and the earlier site that carries its mass.
    pub fn merged(&self) -> &[(u32, u32)] {
        &self.merged
    }

    /// The source.
    pub fn law(&self) -> Law {
        self.law
    }

    /// The indices of the sites that are planes to the machine, in its order.
    pub fn places(&self) -> &[u32] {
        &self.places
    }

    /// The length that is one in the machine's units.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// The planes for a machine: sites that are not merged, centred at the mean of all and in
    /// units of their root mean square distance from it, so that in any dimension ⟨x, y⟩ has the
    /// deviation of one coordinate of x.
    pub fn planes(&self, sequence: Sequence) -> Planes {
        Planes {
            dimension: self.dimension,
            sites: self.local.clone(),
            rests: self.rests.clone(),
            masses: self.places.iter().map(|i| self.masses[*i as usize] as f32).collect(),
            law: self.law,
            sequence,
        }
    }

    /// Heights of all N sites, Σ hᵢ = 0, from those of the machine's planes.
    pub fn heights(&self, local: &[f64]) -> Vec<f64> {
        let mut heights = vec![0.0; self.len()];
        for (i, h) in self.places.iter().zip(local) {
            heights[*i as usize] = self.scale * h - self.tilt(*i as usize);
        }
        for (i, j) in &self.merged {
            heights[*i as usize] = heights[*j as usize];
        }
        let mean = heights.iter().sum::<f64>() / heights.len() as f64;
        heights.iter_mut().for_each(|h| *h -= mean);
        heights
    }

    /// Heights of all N sites in the machine's units, merged ones as those that carry their mass.
    pub(crate) fn spread_out(&self, local: &[f64]) -> Vec<f64> {
        let mut all = vec![0.0; self.len()];
        for (i, h) in self.places.iter().zip(local) {
            all[*i as usize] = *h;
        }
        for (i, j) in &self.merged {
            all[*i as usize] = all[*j as usize];
        }
        all
    }

    /// The machine's heights of given ones. Requires N of them.
    pub fn local_heights(&self, heights: &[f64]) -> Vec<f64> {
        let at = |i: &u32| (heights[*i as usize] + self.tilt(*i as usize)) / self.scale;
        let mut local: Vec<f64> = self.places.iter().map(at).collect();
        centre(&mut local);
        local
    }

    /// ⟨mean of the source, yᵢ⟩: what centring the source adds to a height.
    fn tilt(&self, i: usize) -> f64 {
        match self.law {
            // The sum is taken about the sites' mean, which all planes share.
            Law::Cube => {
                let site = &self.sites[i * self.dimension..][..self.dimension];
                site.iter().zip(&self.mean).map(|(y, m)| 0.5 * (y - m)).sum()
            }
            Law::Gaussian | Law::Ball => 0.0,
        }
    }

    /// ∫|x|² dμ about the source's mean.
    fn source_spread(&self) -> f64 {
        let d = self.dimension as f64;
        match self.law {
            Law::Cube => d / 12.0,
            Law::Gaussian => d,
            Law::Ball => d / (d + 2.0),
        }
    }

    /// Energy and bounds of W₂² at machine heights, from the mean of u and the cell masses, both
    /// estimated in the machine's units.
    pub(crate) fn costs(&self, local: &[f64], top: f64, cell_masses: &[f64]) -> Costs {
        let (d, s) = (self.dimension, self.scale);
        // Everything about the source's mean and the sites' mean; what separates those two adds
        // its square to W₂² and nothing else.
        let centre = if self.law == Law::Cube { 0.5 } else { 0.0 };
        let apart: f64 = self.mean.iter().map(|m| (m - centre) * (m - centre)).sum();
        let (mut height, mut reached, mut spread, mut spread_reached) = (0.0, 0.0, 0.0, 0.0);
        // The sites' mean is not the target's, nor that of the masses reached.
        let (mut tilt, mut tilt_reached) = (0.0, 0.0);
        for (k, i) in self.places.iter().enumerate() {
            let (v, w) = (self.masses[*i as usize], cell_masses[k]);
            let (mut square, mut along) = (0.0, 0.0);
            for (y, m) in self.local[k * d..][..d].iter().zip(&self.mean) {
                square += f64::from(*y) * f64::from(*y);
                along += f64::from(*y) * (m - centre);
            }
            height += v * local[k];
            reached += w * local[k];
            spread += v * square;
            spread_reached += w * square;
            tilt += v * along;
            tilt_reached += w * along;
        }
        let rest = self.source_spread() + apart;
        Costs {
            energy: self.energy(s * (top - height)),
            dual: rest + s * (2.0 * tilt + s * spread) - 2.0 * s * (top - height),
            primal: rest + s * (2.0 * tilt_reached + s * spread_reached)
                - 2.0 * s * (top - reached),
        }
    }

    /// E of the heights as they are given out, from E in centred coordinates.
    fn energy(&self, centred: f64) -> f64 {
        let centre = if self.law == Law::Cube { 0.5 } else { 0.0 };
        let mean = |k: usize| {
            (0..self.len())
                .map(|i| self.masses[i] * self.sites[i * self.dimension + k])
                .sum::<f64>()
        };
        // ∫⟨x, y⟩ with x = centre + x′: the constant ⟨centre, Σ νᵢ yᵢ⟩ that centring took out.
        centred + (0..self.dimension).map(|k| centre * mean(k)).sum::<f64>()
    }

    /// Largest distance of two sites, or at most √d times more: the diagonal of their box.
    pub fn diameter(&self) -> f64 {
        let d = self.dimension;
        let side = |k: usize| {
            let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
            for y in self.sites.iter().skip(k).step_by(d) {
                (low, high) = (low.min(*y), high.max(*y));
            }
            high - low
        };
        (0..d).map(|k| side(k) * side(k)).sum::<f64>().sqrt()
    }
}

/// Energy and W₂² of estimated cell masses, in the problem's units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Costs {
    pub(crate) energy: f64,
    pub(crate) dual: f64,
    pub(crate) primal: f64,
}

/// Takes the mean away.
pub(crate) fn centre(heights: &mut [f64]) {
    let mean = heights.iter().sum::<f64>() / heights.len() as f64;
    heights.iter_mut().for_each(|h| *h -= mean);
}
