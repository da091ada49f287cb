//! The target measure: Dirac masses, validated at the door.

use std::collections::HashMap;
use std::fmt;

use geometry::{MAX_COORDINATE, Point};

/// Dirac masses νᵢ > 0 at sites yᵢ, normalised to Σ νᵢ = 1, sites at one place merged.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    sites: Vec<Point>,
    masses: Vec<f64>,
    factor: f64,
    merged: Vec<(u32, u32)>,
    pub(crate) centre: Point,
    /// A power of two, so that scaling by it is exact.
    pub(crate) scale: f64,
}

/// Why sites and masses are not a target measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetError {
    /// No site at all.
    Empty,
    /// More than 2²⁶ − 1 sites.
    TooMany,
    /// Sites and masses differ in number.
    LengthMismatch {
        /// Number of sites.
        sites: usize,
        /// Number of masses.
        masses: usize,
    },
    /// A coordinate is NaN or infinite.
    NotFinite {
        /// Index of the site.
        index: usize,
    },
    /// A coordinate beyond the largest one accepted.
    TooLarge {
        /// Index of the site.
        index: usize,
    },
    /// A mass that is NaN, infinite, zero or negative.
    BadMass {
        /// Index of the site.
        index: usize,
    },
    /// The masses sum to zero, or to infinity.
    NoMass,
}

impl TargetError {
    /// A short stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "no-sites",
            Self::TooMany => "too-many-sites",
            Self::LengthMismatch { .. } => "length-mismatch",
            Self::NotFinite { .. } => "site-not-finite",
            Self::TooLarge { .. } => "site-too-large",
            Self::BadMass { .. } => "bad-mass",
            Self::NoMass => "no-mass",
        }
    }

    /// Index of the site that is wrong, where there is one.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::NotFinite { index } | Self::TooLarge { index } | Self::BadMass { index } => {
                Some(index)
            }
            _ => None,
        }
    }
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => write!(f, "there is no site; give at least one"),
            Self::TooMany => write!(f, "there are more sites than {}; give fewer", (1 << 26) - 1),
            Self::LengthMismatch { sites, masses } => {
                write!(f, "{sites} sites but {masses} masses; give one mass for each site")
            }
            Self::NotFinite { index } => write!(
                f,
                "site {index} has a coordinate that is not a finite number; correct or remove it"
            ),
            Self::TooLarge { index } => {
                write!(f, "site {index} lies beyond {MAX_COORDINATE:e}; rescale the sites")
            }
            Self::BadMass { index } => write!(
                f,
                "the mass of site {index} is not a positive finite number; correct it or remove \
                 the site"
            ),
            Self::NoMass => write!(f, "the masses do not have a positive finite sum; rescale them"),
        }
    }
}

impl std::error::Error for TargetError {}

impl Target {
    /// Masses at `sites`; `None` gives each the same mass. Sites closer than the rounding of
    /// coordinates relative to the sites' centre are one place: the first one carries the sum of
    /// the masses there, the others mass 0.
    ///
    /// # Errors
    /// [`TargetError`] names the first site at fault.
    pub fn new(sites: &[Point], masses: Option<&[f64]>) -> Result<Self, TargetError> {
        if sites.is_empty() {
            return Err(TargetError::Empty);
        }
        if sites.len() >= 1 << 26 {
            return Err(TargetError::TooMany);
        }
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for (index, p) in sites.iter().enumerate() {
            if !p.iter().all(|c| c.is_finite()) {
                return Err(TargetError::NotFinite { index });
            }
            // Squares of coordinates are heights, which the predicates multiply again.
            if p.iter().any(|c| c.abs() > MAX_COORDINATE * 1e-3) {
                return Err(TargetError::TooLarge { index });
            }
            bounds = [
                bounds[0].min(p[0]),
                bounds[1].min(p[1]),
                bounds[2].max(p[0]),
                bounds[3].max(p[1]),
            ];
        }
        let (masses, factor) = normalised(sites.len(), masses, f64::MIN_POSITIVE)?;
        let centre = [0.5 * (bounds[0] + bounds[2]), 0.5 * (bounds[1] + bounds[3])];
        let radius = 0.5 * (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]);
        let mut this = Self {
            sites: sites.to_vec(),
            masses,
            factor,
            merged: Vec::new(),
            centre,
            scale: power_of_two_above(radius),
        };
        this.merge();
        Ok(this)
    }

    fn merge(&mut self) {
        let mut first: HashMap<[u64; 2], u32> = HashMap::with_capacity(self.sites.len());
        for i in 0..self.sites.len() {
            // + 0.0 makes −0 and 0 one.
            let place = self.local(i).map(|c| (c + 0.0).to_bits());
            let j = *first.entry(place).or_insert(i as u32);
            if j as usize != i {
                self.masses[j as usize] += self.masses[i];
                self.masses[i] = 0.0;
                self.merged.push((i as u32, j));
            }
        }
    }

    /// Site `i` relative to the centre of all, in units of their extent.
    pub(crate) fn local(&self, i: usize) -> Point {
        let p = self.sites[i];
        [(p[0] - self.centre[0]) / self.scale, (p[1] - self.centre[1]) / self.scale]
    }

    /// Number of sites given, merged ones included.
    pub fn len(&self) -> usize {
        self.sites.len()
    }

    /// Never: a target has at least one site.
    pub fn is_empty(&self) -> bool {
        self.sites.is_empty()
    }

    /// The sites as given.
    pub fn sites(&self) -> &[Point] {
        &self.sites
    }

    /// Masses, summing to one; 0 for sites merged into an earlier one.
    pub fn masses(&self) -> &[f64] {
        &self.masses
    }

    /// What the masses given were multiplied by.
    pub fn factor(&self) -> f64 {
        self.factor
    }

    /// Pairs of a merged site and the earlier site at the same place that carries its mass.
    pub fn merged(&self) -> &[(u32, u32)] {
        &self.merged
    }

    /// Largest distance of two sites, or at most √2 times more: the diagonal of their box.
    pub fn diameter(&self) -> f64 {
        let mut b = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for p in &self.sites {
            b = [b[0].min(p[0]), b[1].min(p[1]), b[2].max(p[0]), b[3].max(p[1])];
        }
        (b[2] - b[0]).hypot(b[3] - b[1])
    }
}

/// `n` masses summing to one, equal where none are given, and what they were multiplied by.
///
/// # Errors
/// Another number of masses, one that is not positive and finite or below `least` when normalised,
/// or no usable sum.
pub(crate) fn normalised(
    n: usize,
    masses: Option<&[f64]>,
    least: f64,
) -> Result<(Vec<f64>, f64), TargetError> {
    let mut masses = match masses {
        None => vec![1.0; n],
        Some(m) if m.len() != n => {
            return Err(TargetError::LengthMismatch { sites: n, masses: m.len() });
        }
        Some(m) => m.to_vec(),
    };
    if let Some(index) = masses.iter().position(|m| !(m.is_finite() && *m > 0.0)) {
        return Err(TargetError::BadMass { index });
    }
    let total: f64 = masses.iter().sum();
    let factor = 1.0 / total;
    if !(total.is_finite() && factor.is_finite() && factor > 0.0) {
        return Err(TargetError::NoMass);
    }
    for (index, m) in masses.iter_mut().enumerate() {
        *m *= factor;
        if !(*m >= least) {
            return Err(TargetError::BadMass { index });
        }
    }
    Ok((masses, factor))
}

/// The smallest power of two that is at least `x`; one for zero.
pub(crate) fn power_of_two_above(x: f64) -> f64 {
    if x > 0.0 { x.log2().ceil().exp2() } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masses_are_normalised_and_places_merged() {
        let t = Target::new(
            &[[0.0, 1.0], [2.0, 2.0], [-0.0, 1.0], [2.0, 2.0]],
            Some(&[1.0, 2.0, 3.0, 4.0]),
        )
        .unwrap();
        assert_eq!(t.factor(), 0.1);
        assert_eq!(t.merged(), [(2, 0), (3, 1)]);
        assert_eq!(t.masses()[2..], [0.0, 0.0]);
        assert!((t.masses()[0] - 0.4).abs() < 1e-15 && (t.masses()[1] - 0.6).abs() < 1e-15);
    }

    #[test]
    fn errors_name_the_site() {
        let err = |s: &[Point], m: Option<&[f64]>| Target::new(s, m).unwrap_err();
        let two = [[0.0, 0.0], [1.0, 0.0]];
        assert_eq!(err(&[], None), TargetError::Empty);
        assert_eq!(err(&[[0.0, 0.0], [f64::NAN, 0.0]], None), TargetError::NotFinite { index: 1 });
        assert_eq!(err(&[[0.0, f64::INFINITY]], None), TargetError::NotFinite { index: 0 });
        assert_eq!(err(&[[0.0, 1e60]], None), TargetError::TooLarge { index: 0 });
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(err(&two, Some(&[1.0, bad])), TargetError::BadMass { index: 1 });
        }
        assert_eq!(err(&two, Some(&[1e-320, 1e300])), TargetError::BadMass { index: 0 });
        assert_eq!(err(&two, Some(&[f64::MAX, f64::MAX])), TargetError::NoMass);
        assert_eq!(err(&two, Some(&[1.0])), TargetError::LengthMismatch { sites: 2, masses: 1 });
        assert!(err(&two, Some(&[1.0, -1.0])).to_string().contains("site 1"));
    }
}
