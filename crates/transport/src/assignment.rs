//! Exact transport between two sets of as many points: the linear assignment problem.
//!
//! By Birkhoff's theorem the cheapest way to carry n equal masses to n others is a permutation, so
//! that for the cost |x − y| the least mean cost is the 1-Wasserstein distance of the two samples.

use std::fmt;

use geometry::{MAX_COORDINATE, Point};

/// Most points a side: the costs are stored, 8 n² bytes.
pub const MAX_POINTS: usize = 4096;

/// Largest cost accepted, in absolute value.
pub const MAX_COST: f64 = 1e100;

/// A cheapest assignment, with the prices that prove it.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// For each row its column: a permutation.
    pub columns: Vec<u32>,
    /// uᵢ = minⱼ cᵢⱼ − vⱼ.
    pub row_potentials: Vec<f64>,
    /// vⱼ.
    pub column_potentials: Vec<f64>,
    /// Mean cost of the pairs: an upper bound of the least mean cost.
    pub primal: f64,
    /// Mean of uᵢ + vᵢ: since uᵢ + vⱼ ≤ cᵢⱼ for all pairs, a lower bound. At the optimum it equals
    /// `primal` to the rounding of n sums.
    pub dual: f64,
}

/// Why costs or points are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssignmentError {
    /// Nothing to assign.
    Empty,
    /// More than [`MAX_POINTS`] a side.
    TooMany {
        /// As given.
        count: usize,
    },
    /// Two sets of different size.
    LengthMismatch {
        /// Points of the first.
        rows: usize,
        /// Points of the second.
        columns: usize,
    },
    /// A cost that is not finite, or beyond [`MAX_COST`].
    BadCost {
        /// Its row.
        row: usize,
        /// Its column.
        column: usize,
    },
    /// A coordinate that is not finite, or beyond what `geometry` accepts.
    BadPoint {
        /// 0 for the first set, 1 for the second.
        set: usize,
        /// The point within its set.
        index: usize,
    },
}

impl AssignmentError {
    /// A short stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "assignment-empty",
            Self::TooMany { .. } => "assignment-too-many",
            Self::LengthMismatch { .. } => "length-mismatch",
            Self::BadCost { .. } => "bad-cost",
            Self::BadPoint { .. } => "bad-point",
        }
    }

    /// Index of the row or point that is wrong, where there is one.
    pub fn index(&self) -> Option<usize> {
        match *self {
            Self::BadCost { row, .. } => Some(row),
            Self::BadPoint { index, .. } => Some(index),
            _ => None,
        }
    }
}

impl fmt::Display for AssignmentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Empty => write!(f, "there is nothing to assign; give at least one point a side"),
            Self::TooMany { count } => {
                write!(f, "{count} points a side; give at most {MAX_POINTS}")
            }
            Self::LengthMismatch { rows, columns } => {
                write!(f, "{rows} points against {columns}; give as many on either side")
            }
            Self::BadCost { row, column } => write!(
                f,
                "the cost of row {row} and column {column} is not a finite number of usable size"
            ),
            Self::BadPoint { set, index } => write!(
                f,
                "point {index} of set {set} has a coordinate that is not a finite number of \
                 usable size"
            ),
        }
    }
}

impl std::error::Error for AssignmentError {}

/// The cheapest permutation of `count` rows and columns, `cost(row, column)` being asked once for
/// each pair.
///
/// Shortest augmenting paths in the manner of Jonker and Volgenant (Computing 38, 1987): columns
/// are priced at their least cost, rows that this leaves alone at their cheapest columns, and each
/// row that is left over by a shortest path in reduced costs (Dijkstra on a dense graph), O(n³) in
/// all. Departs from the paper in leaving out its reduction by augmenting rows, which is of use
/// for whole numbers and may cycle in floating point.
///
/// Guarantees a permutation; `primal` − `dual` bounds how far it is from the best one. Ties are
/// broken by the order of rows and columns, the same on every machine.
///
/// # Errors
/// [`AssignmentError`] for no rows, too many, or a cost that is no number.
pub fn assign(
    count: usize,
    mut cost: impl FnMut(usize, usize) -> f64,
) -> Result<Assignment, AssignmentError> {
    if count == 0 {
        return Err(AssignmentError::Empty);
    }
    if count > MAX_POINTS {
        return Err(AssignmentError::TooMany { count });
    }
    let mut costs = Vec::with_capacity(count * count);
    for row in 0..count {
        for column in 0..count {
            let c = cost(row, column);
            // Written so that a NaN is refused.
            if !(c.abs() <= MAX_COST) {
                return Err(AssignmentError::BadCost { row, column });
            }
            costs.push(c);
        }
    }
    Ok(solve(&costs, count))
}

/// The assignment of `a` to `b` that is cheapest in Euclidean distance: its `primal` is the
/// 1-Wasserstein distance of the two samples.
///
/// # Errors
/// [`AssignmentError`]: sets of different size, empty or too large, or the point at fault.
pub fn euclidean(a: &[Point], b: &[Point]) -> Result<Assignment, AssignmentError> {
    if a.len() != b.len() {
        return Err(AssignmentError::LengthMismatch { rows: a.len(), columns: b.len() });
    }
    for (set, points) in [a, b].into_iter().enumerate() {
        let bad = |p: &Point| !p.iter().all(|c| c.abs() <= MAX_COORDINATE);
        if let Some(index) = points.iter().position(bad) {
            return Err(AssignmentError::BadPoint { set, index });
        }
    }
    assign(a.len(), |i, j| distance(a[i], b[j]))
}

/// Not `hypot`, which differs between systems.
fn distance(p: Point, q: Point) -> f64 {
    let (x, y) = (p[0] - q[0], p[1] - q[1]);
    (x * x + y * y).sqrt()
}

impl Assignment {
    /// For an assignment by [`euclidean`] with second set `b`: f(x) = minⱼ |x − yⱼ| − vⱼ. It is
    /// 1-Lipschitz, and its mean over the first set less that over the second is `dual`: no
    /// 1-Lipschitz function has more (Kantorovich and Rubinstein). `b` must be the set solved for.
    pub fn critic(&self, b: &[Point], x: Point) -> f64 {
        let prices = b.iter().zip(&self.column_potentials);
        prices.map(|(y, v)| distance(x, *y) - v).fold(f64::INFINITY, f64::min)
    }
}

const NONE: u32 = u32::MAX;

fn solve(costs: &[f64], n: usize) -> Assignment {
    let mut v = vec![f64::INFINITY; n];
    let mut cheapest = vec![0u32; n];
    for (i, row) in (0u32..).zip(costs.chunks_exact(n)) {
        for j in 0..n {
            if row[j] < v[j] {
                (v[j], cheapest[j]) = (row[j], i);
            }
        }
    }
    // Rows of columns and columns of rows.
    let (mut rows, mut columns) = (vec![NONE; n], vec![NONE; n]);
    for j in 0..n {
        let i = cheapest[j] as usize;
        if columns[i] == NONE {
            (columns[i], rows[j]) = (j as u32, i as u32);
        }
    }
    let mut search = Search::new(n);
    for free in 0..n {
        if columns[free] == NONE {
            search.augment(costs, free, &mut v, &mut rows, &mut columns);
        }
    }
    // Whatever rounding did to the prices, these are feasible with them.
    let least = |row: &[f64]| row.iter().zip(&v).map(|(c, v)| c - v).fold(f64::INFINITY, f64::min);
    let u: Vec<f64> = costs.chunks_exact(n).map(least).collect();
    let share = 1.0 / n as f64;
    let pairs = columns.iter().enumerate();
    let primal = share * pairs.map(|(i, j)| costs[i * n + *j as usize]).sum::<f64>();
    let dual = share * u.iter().zip(&v).map(|(u, v)| u + v).sum::<f64>();
    Assignment { columns, row_potentials: u, column_potentials: v, primal, dual }
}

/// Dijkstra's memory, kept from row to row.
struct Search {
    /// Length of the shortest path known to each column.
    lengths: Vec<f64>,
    /// The row before each column on it.
    before: Vec<u32>,
    /// Columns: those reached first, in the order of their lengths, then the others.
    order: Vec<u32>,
}

impl Search {
    fn new(n: usize) -> Self {
        Self { lengths: vec![0.0; n], before: vec![0; n], order: (0..n as u32).collect() }
    }

    /// Gives the row `free` a column, along the shortest path to a column without a row.
    fn augment(
        &mut self,
        costs: &[f64],
        free: usize,
        v: &mut [f64],
        rows: &mut [u32],
        columns: &mut [u32],
    ) {
        let n = v.len();
        let row = &costs[free * n..][..n];
        for j in 0..n {
            self.lengths[j] = row[j] - v[j];
            self.before[j] = free as u32;
            self.order[j] = j as u32;
        }
        let (mut reached, mut nearest) = (0, 0);
        for k in 1..n {
            if self.lengths[k] < self.lengths[nearest] {
                nearest = k;
            }
        }
        let last = loop {
            self.order.swap(reached, nearest);
            let j = self.order[reached] as usize;
            if rows[j] == NONE {
                break j;
            }
            reached += 1;
            let i = rows[j] as usize;
            let row = &costs[i * n..][..n];
            let rise = row[j] - v[j] - self.lengths[j];
            // Paths through this row, and the nearest of all columns not yet reached, in one go.
            let mut least = f64::INFINITY;
            for at in reached..n {
                let k = self.order[at] as usize;
                let length = row[k] - v[k] - rise;
                if length < self.lengths[k] {
                    (self.lengths[k], self.before[k]) = (length, i as u32);
                }
                if self.lengths[k] < least {
                    (least, nearest) = (self.lengths[k], at);
                }
            }
        };
        let whole = self.lengths[last];
        for j in &self.order[..reached] {
            v[*j as usize] += self.lengths[*j as usize] - whole;
        }
        let mut j = last;
        loop {
            let i = self.before[j] as usize;
            rows[j] = i as u32;
            let next = std::mem::replace(&mut columns[i], j as u32);
            if i == free {
                return;
            }
            j = next as usize;
        }
    }
}
