//! The potential of a latent space, and its map made continuous wherever it may be.

use super::panels::Panels;
use super::simplex::on_simplex;
use super::{Extension, LatentError};

/// N supporting planes over [0,1]^d. Works about the cube's middle and the sites' mean: with
/// x̂ = x − ½ and ŷ = y − mean the planes are ⟨x̂, ŷᵢ⟩ + ĥᵢ, up to a term common to all.
#[derive(Clone, Debug)]
pub struct LatentMap {
    dimension: usize,
    mean: Vec<f64>,
    /// ŷ, N × d.
    pub(super) centred: Vec<f64>,
    /// ĥ, N.
    pub(super) local: Vec<f64>,
    /// |ŷ|², N.
    squares: Vec<f64>,
    panels: Panels,
}

/// The two highest planes at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Top {
    /// The highest, whose cell the point is in; of level ones the lowest index.
    pub cell: u32,
    /// The second highest; the cell itself where N = 1.
    pub second: u32,
    /// How far it is below, ≥ 0.
    pub gap: f64,
    /// |y_second − y_cell|, in the sites' units.
    pub jump: f64,
}

/// What T̃ makes of a point.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// T̃(x), d numbers, in the sites' units.
    pub target: Vec<f64>,
    /// The site of the cell that holds x.
    pub cell: u32,
    /// Sites and their weights λ > 0, Σ λ = 1, the heaviest first.
    pub weights: Vec<(u32, f64)>,
}

impl Image {
    /// max λ: 1 where T̃(x) is a site.
    pub fn heaviest(&self) -> f64 {
        self.weights.first().map_or(1.0, |w| w.1)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

impl LatentMap {
    /// Of N × d `sites` and N `heights`, of u(x) = max ⟨x, yᵢ⟩ + hᵢ over [0,1]^d.
    ///
    /// # Errors
    /// [`LatentError`] for no site, lengths that do not fit, and numbers that are not finite.
    pub fn new(dimension: usize, sites: &[f64], heights: &[f64]) -> Result<Self, LatentError> {
        if dimension == 0 || sites.is_empty() || !sites.len().is_multiple_of(dimension) {
            return Err(LatentError::Sites { count: sites.len(), dimension });
        }
        let n = sites.len() / dimension;
        if let Some(k) = sites.iter().position(|y| !(y.abs() < 1e15)) {
            return Err(LatentError::NotFinite { index: k / dimension });
        }
        let mut mean = vec![0.0; dimension];
        for site in sites.chunks_exact(dimension) {
            mean.iter_mut().zip(site).for_each(|(m, y)| *m += y / n as f64);
        }
        let centred: Vec<f64> = sites
            .chunks_exact(dimension)
            .flat_map(|y| y.iter().zip(&mean).map(|(y, m)| y - m))
            .collect();
        let squares = centred.chunks_exact(dimension).map(|y| dot(y, y)).collect();
        let panels = Panels::new(dimension, &centred);
        let mut this = Self { dimension, mean, centred, local: vec![], squares, panels };
        this.set_heights(heights)?;
        Ok(this)
    }

    /// Other heights for the same sites.
    ///
    /// # Errors
    /// [`LatentError`] unless there are N finite ones; the map stays as it was.
    pub fn set_heights(&mut self, heights: &[f64]) -> Result<(), LatentError> {
        if heights.len() != self.len() {
            return Err(LatentError::Heights { count: heights.len(), sites: self.len() });
        }
        if let Some(index) = heights.iter().position(|h| !(h.abs() < 1e30)) {
            return Err(LatentError::NotFinite { index });
        }
        let mut local: Vec<f64> = self
            .centred
            .chunks_exact(self.dimension)
            .zip(heights)
            .map(|(y, h)| h + 0.5 * y.iter().sum::<f64>())
            .collect();
        let common = local.iter().sum::<f64>() / local.len() as f64;
        local.iter_mut().for_each(|h| *h -= common);
        self.local = local;
        Ok(())
    }

    /// d.
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// N.
    pub fn len(&self) -> usize {
        self.squares.len()
    }

    /// Never: there is at least one site.
    pub fn is_empty(&self) -> bool {
        self.squares.is_empty()
    }

    /// Mean of the sites, d numbers.
    pub fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// Root mean square distance of the sites from their mean.
    pub fn spread(&self) -> f64 {
        (self.squares.iter().sum::<f64>() / self.len() as f64).sqrt()
    }

    /// ŷᵢ.
    pub(super) fn site(&self, i: usize) -> &[f64] {
        &self.centred[i * self.dimension..][..self.dimension]
    }

    /// |yᵢ − yⱼ|, in the sites' units.
    pub fn jump(&self, i: u32, j: u32) -> f64 {
        let (a, b) = (self.site(i as usize), self.site(j as usize));
        a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    }

    /// The paper's measure of the same: the angle between the normals (s ŷᵢ, −1) and (s ŷⱼ, −1), in
    /// radians, of sites centred at their mean and multiplied by `scale` s.
    pub fn angle(&self, i: u32, j: u32, scale: f64) -> f64 {
        let (a, b) = (self.site(i as usize), self.site(j as usize));
        let length = |y: &[f64]| (scale * scale * dot(y, y) + 1.0).sqrt();
        let (p, q) = (length(a), length(b));
        // Kahan's: exact for small angles, where arccos is not.
        let (mut apart, mut along) = ((1.0 / p - 1.0 / q).powi(2), (1.0 / p + 1.0 / q).powi(2));
        for (a, b) in a.iter().zip(b) {
            apart += (scale * (a / p - b / q)).powi(2);
            along += (scale * (a / p + b / q)).powi(2);
        }
        2.0 * libm::atan2(apart.sqrt(), along.sqrt())
    }

    /// x̂.
    pub(super) fn about_middle(&self, x: &[f64]) -> Vec<f64> {
        x.iter().map(|x| x - 0.5).collect()
    }

    /// Plane i at x̂, up to what all planes share.
    fn height(&self, x: &[f64], i: usize) -> f64 {
        dot(x, self.site(i)) + self.local[i]
    }

    /// Of ⟨x, ŷᵢ⟩ + heightsᵢ the largest two, exactly but for the rounding of `f64`.
    fn best(&self, x: &[f64], heights: &[f64]) -> [(usize, f64); 2] {
        let values = self.panels.values(x, heights);
        let tallest = heights.iter().fold(0.0f64, |m, h| m.max(h.abs()));
        let slack = 2.0 * self.panels.rounding(x, tallest);
        let mut two = [f32::NEG_INFINITY; 2];
        for v in &values {
            two[1] = two[1].max(v.min(two[0]));
            two[0] = two[0].max(*v);
        }
        let least = if self.len() > 1 { two[1] } else { two[0] };
        let mut found = [(0, f64::NEG_INFINITY); 2];
        for (i, v) in values.iter().enumerate() {
            if f64::from(*v) >= f64::from(least) - slack {
                let exact = dot(x, self.site(i)) + heights[i];
                if exact > found[0].1 {
                    found = [(i, exact), found[0]];
                } else if exact > found[1].1 {
                    found[1] = (i, exact);
                }
            }
        }
        found
    }

    /// The two highest planes at x of [0,1]^d.
    pub fn top(&self, x: &[f64]) -> Top {
        let [(cell, most), (second, next)] = self.best(&self.about_middle(x), &self.local);
        let (cell, second) =
            (cell as u32, if self.len() > 1 { second as u32 } else { cell as u32 });
        let gap = if self.len() > 1 { most - next } else { 0.0 };
        Top { cell, second, gap, jump: self.jump(cell, second) }
    }

    /// The site nearest to a point of the target space, and its distance.
    pub fn nearest(&self, target: &[f64]) -> (u32, f64) {
        let z: Vec<f64> = target.iter().zip(&self.mean).map(|(y, m)| y - m).collect();
        let halves: Vec<f64> = self.squares.iter().map(|s| -0.5 * s).collect();
        let [(i, _), _] = self.best(&z, &halves);
        let square: f64 = z.iter().zip(self.site(i)).map(|(a, b)| (a - b) * (a - b)).sum();
        (i as u32, square.sqrt())
    }

    /// T̃(x), see [`Extension`]. By column generation: the weights of a few planes are found
    /// exactly, and the plane that would raise the maximum most joins them, until none would.
    pub fn map(&self, x: &[f64], extension: &Extension) -> Image {
        let x = self.about_middle(x);
        let [(cell, _), _] = self.best(&x, &self.local);
        let ramp = extension.ramp;
        let allowed = self.allowed(cell, extension.threshold);
        let mut support = vec![cell];
        let mut weights = vec![1.0];
        if ramp > 0.0 && allowed.as_ref().is_none_or(|a| a.len() > 1) {
            // bᵢ, the linear term, with |ŷᵢ|² so that the ramps lie symmetrically about the facets.
            let lifted: Vec<f64> =
                self.local.iter().zip(&self.squares).map(|(h, s)| h + 0.5 * ramp * s).collect();
            // The bound is far from what is met: 2 to 10.
            for _ in 0..4 * self.dimension + 64 {
                let mean = self.mix(&support, &weights);
                let at: Vec<f64> = x.iter().zip(&mean).map(|(x, y)| x - ramp * y).collect();
                let rise = |i: usize| dot(&at, self.site(i)) + lifted[i];
                let (next, value) = match &allowed {
                    None => self.best(&at, &lifted)[0],
                    Some(allowed) => allowed.iter().map(|i| (*i, rise(*i))).fold(
                        (cell, f64::NEG_INFINITY),
                        |best, one| {
                            if one.1 > best.1 { one } else { best }
                        },
                    ),
                };
                let level: f64 = support.iter().zip(&weights).map(|(i, w)| w * rise(*i)).sum();
                if value <= level + 1e-12 * (1.0 + level.abs()) || support.contains(&next) {
                    break;
                }
                support.push(next);
                weights = self.balance(&x, &support, ramp);
                let mut kept = weights.iter().map(|w| *w > 0.0);
                support.retain(|_| kept.next().unwrap_or(false));
                weights.retain(|w| *w > 0.0);
            }
        }
        let mut target = self.mix(&support, &weights);
        target.iter_mut().zip(&self.mean).for_each(|(t, m)| *t += m);
        let mut weights: Vec<(u32, f64)> = support.iter().map(|i| *i as u32).zip(weights).collect();
        weights.sort_by(|a, b| b.1.total_cmp(&a.1));
        Image { target, cell: cell as u32, weights }
    }

    /// The sites within the threshold of a cell's, or None for all.
    fn allowed(&self, cell: usize, threshold: f64) -> Option<Vec<usize>> {
        if threshold == f64::INFINITY {
            return None;
        }
        let y = self.site(cell);
        let halves: Vec<f64> = self.squares.iter().map(|s| -0.5 * s).collect();
        let tallest = halves.iter().fold(0.0f64, |m, h| m.max(-h));
        let slack = self.panels.rounding(y, tallest);
        let least = 0.5 * (self.squares[cell] - threshold * threshold) - slack;
        let values = self.panels.values(y, &halves);
        let near = |i: &usize| *i == cell || self.jump(cell as u32, *i as u32) <= threshold;
        let close = (0..self.len()).filter(|i| f64::from(values[*i]) >= least);
        let mut found: Vec<usize> = close.filter(near).collect();
        if found.is_empty() {
            found.push(cell);
        }
        Some(found)
    }

    /// λ that maximises Σ λᵢ (pᵢ + ε|ŷᵢ|²/2) − ε|Σ λᵢ ŷᵢ|²/2 on the support.
    fn balance(&self, x: &[f64], support: &[usize], ramp: f64) -> Vec<f64> {
        // Relative to the first: the rest is common to all, and numbers stay small.
        let (origin, top) = (self.site(support[0]), self.height(x, support[0]));
        let from: Vec<Vec<f64>> = support
            .iter()
            .map(|i| self.site(*i).iter().zip(origin).map(|(y, o)| y - o).collect())
            .collect();
        let gram: Vec<f64> =
            from.iter().flat_map(|a| from.iter().map(|b| ramp * dot(a, b))).collect();
        let linear: Vec<f64> = support
            .iter()
            .zip(&from)
            .map(|(i, y)| self.height(x, *i) - top + 0.5 * ramp * dot(y, y))
            .collect();
        on_simplex(&gram, &linear)
    }

    /// Σ λᵢ ŷᵢ.
    fn mix(&self, support: &[usize], weights: &[f64]) -> Vec<f64> {
        let mut sum = vec![0.0; self.dimension];
        for (i, w) in support.iter().zip(weights) {
            sum.iter_mut().zip(self.site(*i)).for_each(|(s, y)| *s += w * y);
        }
        sum
    }

    /// A point of [0,1]^d in cell i, near the middle of the cube where it may be, or None where a
    /// thousand steps find none, as of a site without a cell. By relaxation (Agmon; Motzkin and
    /// Schoenberg, Canad. J. Math. 6, 1954): the plane that is too high is the half-space to enter.
    pub fn point_in(&self, i: u32) -> Option<Vec<f64>> {
        let mut x = vec![0.0; self.dimension];
        for _ in 0..1000 {
            let [(top, most), (second, next)] = self.best(&x, &self.local);
            let other = if top == i as usize { second } else { top };
            let jump = self.jump(i, other as u32);
            let lead =
                if top == i as usize { most - next } else { self.height(&x, i as usize) - most };
            // A margin, so that what follows need not fear rounding.
            let wanted = 1e-4 * jump;
            if other == i as usize || lead >= wanted {
                return Some(x.iter().map(|x| x + 0.5).collect());
            }
            let step = 1.5 * (wanted - lead) / (jump * jump).max(f64::MIN_POSITIVE);
            let (a, b) = (self.site(i as usize), self.site(other));
            for (x, (a, b)) in x.iter_mut().zip(a.iter().zip(b)) {
                *x = (*x + step * (a - b)).clamp(-0.5, 0.5);
            }
        }
        None
    }
}
