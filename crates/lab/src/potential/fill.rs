//! Sites spread evenly over a region.

use super::outlines::Region;
use crate::presets::{generator, uniform};
use geometry::Point;

/// Points of the fine lattice a site: what Lloyd's iteration takes for the region.
const FINE: usize = 64;
/// Rounds of Lloyd's iteration. The mesh of 1,000 sites ends on a star of area 3.138 for π; of a
/// lattice merely cut by the outline, of 3.117; after 40 rounds, of 3.138.
const ROUNDS: usize = 12;
/// The stream of the seed from which the first lattice is shifted.
const STREAM: u64 = 7;

/// About a typical distance of neighbours among `count` sites.
pub(super) fn spacing(region: &Region, count: usize) -> f64 {
    (region.area / count as f64).sqrt()
}

/// `count` sites in the region, each near the centroid of the part that is nearest to it (Lloyd,
/// IEEE Trans. Inf. Theory 28, 1982), from a hexagonal lattice on.
pub(super) fn fill(region: &Region, count: usize, seed: u32) -> Vec<Point> {
    let fine = region.lattice(spacing(region, count * FINE));
    let mut sites = hexagons(region, count, seed);
    for _ in 0..ROUNDS {
        lloyd(&mut sites, &fine, region);
    }
    sites
}

/// `count` points of a hexagonal lattice inside, turned and shifted by the seed so that it has no
/// symmetry with the region.
fn hexagons(region: &Region, count: usize, seed: u32) -> Vec<Point> {
    let mut rng = generator(seed, STREAM);
    let (sin, cos) = libm::sincos(uniform(&mut rng) * std::f64::consts::FRAC_PI_3);
    let shift = [uniform(&mut rng), uniform(&mut rng)];
    let b = region.bounds();
    let (middle, reach) =
        ([0.5 * (b[0] + b[2]), 0.5 * (b[1] + b[3])], (b[2] - b[0]).hypot(b[3] - b[1]) / 2.0);
    let lattice = |side: f64| {
        let rise = side * 0.75_f64.sqrt();
        let rows = (reach / rise).ceil() as i32 + 1;
        let columns = (reach / side).ceil() as i32 + 1;
        let mut points = Vec::new();
        for row in -rows..=rows {
            for column in -columns..=columns {
                let half = if row % 2 == 0 { 0.0 } else { 0.5 };
                let p = [
                    side * (f64::from(column) + half + shift[0]),
                    rise * (f64::from(row) + shift[1]),
                ];
                let p = [middle[0] + cos * p[0] - sin * p[1], middle[1] + sin * p[0] + cos * p[1]];
                if region.contains(p) {
                    points.push(p);
                }
            }
        }
        points
    };
    // A hexagon has the area √¾ side²; the number inside falls as the side grows.
    let typical = spacing(region, count) / 0.75_f64.powf(0.25);
    let (mut low, mut high) = (0.7 * typical, 1.3 * typical);
    let mut best = lattice(low);
    for _ in 0..40 {
        let side = 0.5 * (low + high);
        let points = lattice(side);
        if points.len() >= count {
            low = side;
            best = points;
        } else {
            high = side;
        }
        if best.len() == count {
            break;
        }
    }
    // Where the number jumps, every so manyth of the points too many goes.
    let spare = best.len().saturating_sub(count);
    let all = best.len();
    let goes = |k: usize| k * spare / all != (k + 1) * spare / all;
    best.into_iter().enumerate().filter(|(k, _)| !goes(*k)).map(|(_, p)| p).collect()
}

/// One round: each site goes to the mean of the fine points that are nearest to it.
fn lloyd(sites: &mut [Point], fine: &[Point], region: &Region) {
    let near = Near::new(sites, region.bounds(), spacing(region, sites.len()));
    let mut sums = vec![[0.0; 3]; sites.len()];
    for p in fine {
        let sum = &mut sums[near.nearest(sites, *p)];
        *sum = [sum[0] + p[0], sum[1] + p[1], sum[2] + 1.0];
    }
    for (site, [x, y, count]) in sites.iter_mut().zip(sums) {
        if count > 0.0 {
            *site = [x / count, y / count];
        }
    }
}

/// Sites by the squares of a grid.
struct Near {
    corner: Point,
    side: f64,
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    entries: Vec<u32>,
}

impl Near {
    fn new(sites: &[Point], bounds: [f64; 4], side: f64) -> Self {
        let [x0, y0, x1, y1] = bounds;
        let cells = |length: f64| ((length / side).ceil() as usize).max(1);
        let (columns, rows) = (cells(x1 - x0), cells(y1 - y0));
        let mut this = Self {
            corner: [x0, y0],
            side,
            columns,
            rows,
            starts: vec![0; columns * rows + 1],
            entries: vec![0; sites.len()],
        };
        let squares: Vec<usize> = sites.iter().map(|p| this.index(this.square(*p))).collect();
        for s in &squares {
            this.starts[s + 1] += 1;
        }
        for s in 0..columns * rows {
            this.starts[s + 1] += this.starts[s];
        }
        let mut next = this.starts.clone();
        for (i, s) in (0_u32..).zip(squares) {
            this.entries[next[s] as usize] = i;
            next[s] += 1;
        }
        this
    }

    fn square(&self, p: Point) -> [usize; 2] {
        let along = |k: usize, most: usize| {
            (((p[k] - self.corner[k]) / self.side).max(0.0) as usize).min(most - 1)
        };
        [along(0, self.columns), along(1, self.rows)]
    }

    fn index(&self, [column, row]: [usize; 2]) -> usize {
        row * self.columns + column
    }

    fn nearest(&self, sites: &[Point], p: Point) -> usize {
        let [column, row] = self.square(p);
        let (mut best, mut least) = (0, f64::INFINITY);
        // Rings of squares, until no nearer site can be in the next one.
        for ring in 0..self.columns.max(self.rows) {
            if least < (self.side * (ring as f64 - 1.0).max(0.0)).powi(2) {
                break;
            }
            for r in row.saturating_sub(ring)..=(row + ring).min(self.rows - 1) {
                for c in column.saturating_sub(ring)..=(column + ring).min(self.columns - 1) {
                    if r.abs_diff(row).max(c.abs_diff(column)) != ring {
                        continue;
                    }
                    let s = self.index([c, r]);
                    for &i in &self.entries[self.starts[s] as usize..self.starts[s + 1] as usize] {
                        let y = sites[i as usize];
                        let squared = (y[0] - p[0]).powi(2) + (y[1] - p[1]).powi(2);
                        if squared < least {
                            (least, best) = (squared, i as usize);
                        }
                    }
                }
            }
        }
        best
    }
}
