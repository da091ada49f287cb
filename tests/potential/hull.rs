//! Convex hulls by brute force, that share no code with the crates they check: the upper envelope of
//! planes by intersection of half-spaces, the lower hull of points by their supporting planes.

pub(crate) type Point = [f64; 2];

/// z = ⟨x, y⟩ + h.
pub(crate) fn plane(x: Point, y: Point, h: f64) -> f64 {
    x[0] * y[0] + x[1] * y[1] + h
}

/// The part of a convex polygon where ⟨a, x⟩ ≤ b.
pub(crate) fn cut(polygon: &[Point], a: Point, b: f64) -> Vec<Point> {
    let over: Vec<f64> = polygon.iter().map(|p| a[0] * p[0] + a[1] * p[1] - b).collect();
    let mut kept = Vec::new();
    for k in 0..polygon.len() {
        let next = (k + 1) % polygon.len();
        if over[k] <= 0.0 {
            kept.push(polygon[k]);
        }
        if (over[k] < 0.0 && over[next] > 0.0) || (over[k] > 0.0 && over[next] < 0.0) {
            let t = over[k] / (over[k] - over[next]);
            let (p, q) = (polygon[k], polygon[next]);
            kept.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1])]);
        }
    }
    kept
}

/// The facet of the polyhedron {(x, z) : x ∈ Ω, z ≥ ⟨x, yⱼ⟩ + hⱼ for all j} in plane i, projected.
/// `against` are the planes that are looked at.
pub(crate) fn facet(
    domain: &[Point],
    sites: &[Point],
    heights: &[f64],
    i: usize,
    against: impl Iterator<Item = usize>,
) -> Vec<Point> {
    let mut polygon = domain.to_vec();
    for j in against.filter(|j| *j != i) {
        let a = [sites[j][0] - sites[i][0], sites[j][1] - sites[i][1]];
        let b = heights[i] - heights[j];
        if a == [0.0; 2] {
            // Parallel: of equal planes the first is the one that counts.
            if b < 0.0 || (b == 0.0 && j < i) {
                return Vec::new();
            }
        } else {
            polygon = cut(&polygon, a, b);
        }
        if polygon.is_empty() {
            break;
        }
    }
    polygon
}

/// Area of a polygon, about its first vertex.
pub(crate) fn area(polygon: &[Point]) -> f64 {
    let Some((o, rest)) = polygon.split_first() else { return 0.0 };
    let turn =
        |w: &[Point]| (w[0][0] - o[0]) * (w[1][1] - o[1]) - (w[0][1] - o[1]) * (w[1][0] - o[0]);
    0.5 * rest.windows(2).map(turn).sum::<f64>()
}

/// Facets of the lower hull of (yᵢ, zᵢ) as counter-clockwise triples, the smallest index first: those
/// that have every other point above. For points in general position.
pub(crate) fn lower_hull(sites: &[Point], z: &[f64]) -> Vec<[u32; 3]> {
    let n = sites.len();
    let mut found = Vec::new();
    for i in 0..n {
        for j in i + 1..n {
            for k in i + 1..n {
                let (u, v) = (from(sites, z, i, j), from(sites, z, i, k));
                let turn = u[0] * v[1] - u[1] * v[0];
                let above = |l: usize| {
                    let w = from(sites, z, i, l);
                    w[0] * (u[1] * v[2] - u[2] * v[1])
                        + w[1] * (u[2] * v[0] - u[0] * v[2])
                        + w[2] * turn
                        > 0.0
                };
                if turn > 0.0 && (0..n).all(|l| l == i || l == j || l == k || above(l)) {
                    found.push([i as u32, j as u32, k as u32]);
                }
            }
        }
    }
    found.sort_unstable();
    found
}

fn from(sites: &[Point], z: &[f64], i: usize, j: usize) -> [f64; 3] {
    [sites[j][0] - sites[i][0], sites[j][1] - sites[i][1], z[j] - z[i]]
}

/// Area of the convex hull of points.
pub(crate) fn hull_area(points: &[Point]) -> f64 {
    let mut sorted = points.to_vec();
    sorted.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    sorted.dedup();
    let chain = |points: &mut dyn Iterator<Item = Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for p in points {
            while let [.., a, b] = chain[..]
                && (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]) <= 0.0
            {
                chain.pop();
            }
            chain.push(p);
        }
        chain.pop();
        chain
    };
    let mut hull = chain(&mut sorted.iter().copied());
    hull.extend(chain(&mut sorted.iter().rev().copied()));
    area(&hull)
}
