//! u and φ over the domain, and W₂² read off both.

use super::Potential;
use crate::error::Error;
use geometry::Point;
use serde::Serialize;
use transport::{Plan, Target};

/// Most places of a field.
pub const MAX_PLACES: usize = 1 << 20;

/// u and φ = ½|x|² − u, φ less its mean over μ, in the middles of equal parts of Ω's box, row by row
/// from below; not a number outside Ω.
#[derive(Clone, Debug, PartialEq)]
pub struct Fields {
    /// u.
    pub u: Vec<f32>,
    /// φ − ∫φ dμ.
    pub phi: Vec<f32>,
    /// What is no array.
    pub numbers: FieldNumbers,
}

/// A field in numbers.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldNumbers {
    /// x0, y0, x1, y1 of Ω.
    pub bounds: [f64; 4],
    /// Parts in a row.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
    /// ∫φ dμ for φ = ½|x|² − u with Σ hᵢ = 0: what was taken off.
    pub mean: f64,
    /// Least and largest values shown.
    pub reach: Reaches,
    /// W₂² as the map and as the potential tell it.
    pub w2: W2,
}

/// Least and largest values.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reaches {
    /// Of u.
    pub u: [f64; 2],
    /// Of φ.
    pub phi: [f64; 2],
}

/// W₂² of a solved scene, twice, between its bounds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct W2 {
    /// ∫|x − ∇u|² dμ, cell by cell.
    pub generator: f64,
    /// 2(∫φ dμ + Σ νᵢ φᶜ(yᵢ)): an integral of φ and one number a site.
    pub critic: f64,
    /// Never more than W₂².
    pub dual: f64,
    /// Never less than W₂².
    pub upper: f64,
}

impl Potential {
    /// Both fields of the solved scene.
    ///
    /// # Errors
    /// Code `potential`: no columns or rows, or too many; those of `transport`.
    pub fn fields(&self, columns: usize, rows: usize) -> Result<Fields, Error> {
        if columns == 0 || rows == 0 || columns.saturating_mul(rows) > MAX_PLACES {
            let message = format!(
                "A field of {columns} × {rows} places cannot be drawn. Choose 1 to {MAX_PLACES} in all."
            );
            return Err(Error::new("potential", message));
        }
        let plan = &self.solved;
        let domain = self.source.domain();
        let bounds = domain.bounds();
        let [x0, y0, x1, y1] = bounds;
        let critic = Critic::new(self)?;
        let potential = plan.potential();
        let (mut u, mut phi) = (Vec::new(), Vec::new());
        let mut reach = Reaches {
            u: [f64::INFINITY, f64::NEG_INFINITY],
            phi: [f64::INFINITY, f64::NEG_INFINITY],
        };
        let put = |list: &mut Vec<f32>, reach: &mut [f64; 2], value: f64| {
            *reach = [reach[0].min(value), reach[1].max(value)];
            list.push(value as f32);
        };
        let mut row_hint = 0;
        for row in 0..rows {
            let mut hint = row_hint;
            for column in 0..columns {
                let part = |k: usize, of: usize, low: f64, high: f64| {
                    low + (high - low) * (k as f64 + 0.5) / of as f64
                };
                let x = [part(column, columns, x0, x1), part(row, rows, y0, y1)];
                if !domain.contains(x) {
                    u.push(f32::NAN);
                    phi.push(f32::NAN);
                    continue;
                }
                hint = potential.cell_of(x, hint);
                if column == 0 {
                    row_hint = hint;
                }
                let y = plan.sites[hint as usize];
                let value = x[0] * y[0] + x[1] * y[1] + plan.heights[hint as usize];
                put(&mut u, &mut reach.u, value);
                put(&mut phi, &mut reach.phi, critic.value(x, hint as usize));
            }
        }
        let report = &plan.report;
        let w2 = W2 {
            generator: report.w2_primal,
            critic: critic.w2(),
            dual: report.w2_dual,
            upper: report.w2_upper,
        };
        let mean = critic.shift;
        Ok(Fields { u, phi, numbers: FieldNumbers { bounds, columns, rows, mean, reach, w2 } })
    }
}

/// φ about the middle o of Ω's box, so that numbers stay small wherever Ω is: with ξ = x − o and
/// η = y − o, φ(x) = ½|ξ|² − maxᵢ (⟨ξ, ηᵢ⟩ + kᵢ) for kᵢ = hᵢ + ⟨o, yᵢ⟩ − ½|o|².
struct Critic<'a> {
    plan: &'a Plan,
    middle: Point,
    /// ∫φ dμ.
    shift: f64,
}

impl<'a> Critic<'a> {
    fn new(scene: &'a Potential) -> Result<Self, Error> {
        let [x0, y0, x1, y1] = scene.source.domain().bounds();
        let middle = [0.5 * (x0 + x1), 0.5 * (y0 + y1)];
        // All of μ carried to o: ∫|x − o|² dμ, whatever the density, and from no cell of the scene's.
        let all = Plan::from_heights(&scene.source, &Target::new(&[middle], None)?, &[0.0])?;
        let mut this = Self { plan: &scene.solved, middle, shift: 0.0 };
        let plan = this.plan;
        let carried = |i: &usize| plan.cell_masses[*i] > 0.0;
        let mean_of_u: f64 = (0..plan.sites.len())
            .filter(carried)
            .map(|i| plan.cell_masses[i] * this.plane(plan.centroids[i], i))
            .sum();
        this.shift = 0.5 * all.report.w2_primal - mean_of_u;
        Ok(this)
    }

    /// ⟨ξ, ηᵢ⟩ + kᵢ.
    fn plane(&self, x: Point, i: usize) -> f64 {
        let (o, y) = (self.middle, self.plan.sites[i]);
        (x[0] - o[0]) * (y[0] - o[0]) + (x[1] - o[1]) * (y[1] - o[1]) + self.intercept(i)
    }

    fn intercept(&self, i: usize) -> f64 {
        let (o, y) = (self.middle, self.plan.sites[i]);
        self.plan.heights[i] + o[0] * (y[0] - 0.5 * o[0]) + o[1] * (y[1] - 0.5 * o[1])
    }

    /// φ(x) − ∫φ dμ where plane i is on top.
    fn value(&self, x: Point, i: usize) -> f64 {
        let xi = [x[0] - self.middle[0], x[1] - self.middle[1]];
        0.5 * (xi[0] * xi[0] + xi[1] * xi[1]) - self.plane(x, i) - self.shift
    }

    /// 2(∫φ dμ + Σ νᵢ φᶜ(yᵢ)) with φᶜ(yᵢ) = ½|ηᵢ|² + kᵢ; what is taken off φ is added to φᶜ.
    fn w2(&self) -> f64 {
        let conjugate = |i: usize| {
            let (o, y) = (self.middle, self.plan.sites[i]);
            0.5 * ((y[0] - o[0]).powi(2) + (y[1] - o[1]).powi(2)) + self.intercept(i)
        };
        let masses = self.plan.masses.iter().enumerate();
        2.0 * (self.shift + masses.map(|(i, mass)| mass * conjugate(i)).sum::<f64>())
    }
}
