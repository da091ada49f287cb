//! The nearest of a fixed set of points, for thousands of them.

use crate::Point;

/// Points of a leaf, scanned one by one; a set this small is searched by brute force.
const LEAF: usize = 16;

/// No index: there are at most `u32::MAX` points, so that none has this one.
const NONE: u32 = u32::MAX;

/// A k-d tree over points of the plane.
///
/// A tree and no uniform grid: modes may be a thousand times smaller than their distances, and
/// one outlier would put all other points into one bucket of a grid. Building takes
/// O(n log n), a query O(log n) for points near the set.
///
/// Equal distances go to the lowest index, as in a loop over all points with `<`; the tests
/// compare the two.
#[derive(Debug, Clone)]
pub struct Nearest {
    /// The points in the order of the leaves, each with its index in the input.
    points: Vec<(Point, u32)>,
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Copy)]
enum Node {
    /// Points `from..to`.
    Leaf { from: u32, to: u32 },
    /// Below or on `value` along `axis` left, on or above it right.
    Split { axis: u8, value: f64, left: u32, right: u32 },
}

impl Nearest {
    /// Builds the tree over `points`, all finite, no more than 2³² − 1 of them. An empty set is
    /// allowed and has no nearest point.
    pub fn new(points: &[Point]) -> Self {
        let mut points: Vec<_> = points.iter().zip(0u32..).map(|(&p, i)| (p, i)).collect();
        let mut nodes = Vec::new();
        build(&mut points, 0, &mut nodes);
        Self { points, nodes }
    }

    /// Index of the point nearest to `query`, and their squared distance; none in an empty set.
    pub fn find(&self, query: Point) -> Option<(usize, f64)> {
        self.find_other(query, usize::MAX)
    }

    /// [`find`](Self::find) among all points but the one of index `skip`.
    pub fn find_other(&self, query: Point, skip: usize) -> Option<(usize, f64)> {
        let mut best = (NONE, f64::INFINITY);
        self.search(0, query, u32::try_from(skip).unwrap_or(NONE), &mut best);
        (best.0 != NONE).then_some((best.0 as usize, best.1))
    }

    fn search(&self, node: u32, query: Point, skip: u32, best: &mut (u32, f64)) {
        match self.nodes[node as usize] {
            Node::Leaf { from, to } => {
                for &(point, index) in &self.points[from as usize..to as usize] {
                    let d = squared_distance(point, query);
                    if index != skip && (d < best.1 || (d == best.1 && index < best.0)) {
                        *best = (index, d);
                    }
                }
            }
            Node::Split { axis, value, left, right } => {
                let offset = query[axis as usize] - value;
                let (near, far) = if offset <= 0.0 { (left, right) } else { (right, left) };
                self.search(near, query, skip, best);
                // `<=`, so that a tie on the other side is seen and its index compared.
                if offset * offset <= best.1 {
                    self.search(far, query, skip, best);
                }
            }
        }
    }

    /// Panics unless every point is in exactly one leaf and on the right side of every split.
    #[cfg(test)]
    fn sanity_check(&self) {
        let mut seen = vec![false; self.points.len()];
        let mut stack = vec![(0u32, [f64::NEG_INFINITY; 2], [f64::INFINITY; 2])];
        while let Some((node, low, high)) = stack.pop() {
            match self.nodes[node as usize] {
                Node::Leaf { from, to } => {
                    for (point, index) in &self.points[from as usize..to as usize] {
                        assert!(!std::mem::replace(&mut seen[*index as usize], true));
                        for axis in 0..2 {
                            assert!((low[axis]..=high[axis]).contains(&point[axis]));
                        }
                    }
                }
                Node::Split { axis, value, left, right } => {
                    let (mut below, mut above) = (high, low);
                    below[axis as usize] = value;
                    above[axis as usize] = value;
                    stack.push((left, low, below));
                    stack.push((right, above, high));
                }
            }
        }
        assert!(seen.iter().all(|&s| s));
    }
}

/// Puts the subtree of `points`, which start at `offset` of the whole, into `nodes`.
fn build(points: &mut [(Point, u32)], offset: u32, nodes: &mut Vec<Node>) -> u32 {
    let place = nodes.len() as u32;
    nodes.push(Node::Leaf { from: offset, to: offset + points.len() as u32 });
    if points.len() > LEAF {
        let axis = wider_axis(points);
        let middle = points.len() / 2;
        points.select_nth_unstable_by(middle, |a, b| a.0[axis].total_cmp(&b.0[axis]));
        let value = points[middle].0[axis];
        let (below, above) = points.split_at_mut(middle);
        let left = build(below, offset, nodes);
        let right = build(above, offset + middle as u32, nodes);
        nodes[place as usize] = Node::Split { axis: axis as u8, value, left, right };
    }
    place
}

/// The axis along which the points extend farther.
fn wider_axis(points: &[(Point, u32)]) -> usize {
    let extent = |axis: usize| {
        let (low, high) = points
            .iter()
            .map(|(p, _)| p[axis])
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
        high - low
    };
    usize::from(extent(1) > extent(0))
}

/// |a − b|².
pub(crate) fn squared_distance(a: Point, b: Point) -> f64 {
    let (x, y) = (a[0] - b[0], a[1] - b[1]);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_rng::{rng, uniform};
    use proptest::prelude::*;

    fn brute(points: &[Point], query: Point) -> Option<(usize, f64)> {
        let mut best: Option<(usize, f64)> = None;
        for (i, &p) in points.iter().enumerate() {
            let d = squared_distance(p, query);
            if best.is_none_or(|b| d < b.1) {
                best = Some((i, d));
            }
        }
        best
    }

    #[test]
    fn empty_has_no_nearest() {
        assert_eq!(Nearest::new(&[]).find([0.0, 0.0]), None);
    }

    #[test]
    fn equals_brute_force_on_clusters_with_an_outlier() {
        let mut rng = rng(1);
        let mut points: Vec<Point> = (0..3000)
            .map(|i| {
                let centre = (i % 7) as f64;
                [centre + 1e-3 * uniform(&mut rng), 1e-3 * uniform(&mut rng)]
            })
            .collect();
        points.push([1e9, -1e9]);
        let tree = Nearest::new(&points);
        tree.sanity_check();
        for _ in 0..500 {
            let query = [8.0 * uniform(&mut rng), 2.0 * uniform(&mut rng) - 1.0];
            assert_eq!(tree.find(query), brute(&points, query));
        }
    }

    #[test]
    fn equals_brute_force_among_thousands_of_equal_coordinates() {
        // A lattice queried at its own points and half-way: every second query is a tie.
        let points: Vec<Point> =
            (0..2500).map(|i| [f64::from(i % 50), f64::from((i / 50) % 25)]).collect();
        let tree = Nearest::new(&points);
        tree.sanity_check();
        for i in 0..100 {
            for j in 0..50 {
                let query = [0.5 * f64::from(i), 0.5 * f64::from(j)];
                assert_eq!(tree.find(query), brute(&points, query), "{query:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn equals_brute_force(
            points in prop::collection::vec((-8i32..8, -8i32..8), 1..120),
            queries in prop::collection::vec((-20i32..20, -20i32..20), 1..20),
        ) {
            // Integers make ties frequent.
            let points: Vec<Point> =
                points.iter().map(|&(x, y)| [f64::from(x), f64::from(y)]).collect();
            let tree = Nearest::new(&points);
            tree.sanity_check();
            for (x, y) in queries {
                let query = [0.5 * f64::from(x), 0.5 * f64::from(y)];
                prop_assert_eq!(tree.find(query), brute(&points, query));
            }
            for (i, &point) in points.iter().enumerate() {
                let others: Vec<Point> =
                    points.iter().enumerate().filter(|(j, _)| *j != i).map(|(_, &p)| p).collect();
                prop_assert_eq!(
                    tree.find_other(point, i).map(|f| f.1),
                    brute(&others, point).map(|f| f.1)
                );
            }
        }
    }
}
