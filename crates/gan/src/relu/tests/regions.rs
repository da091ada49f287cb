//! Regions fill the domain, carry the network's own map, and are never more than the bounds.

use super::super::clip::area;
use super::*;
use std::collections::HashSet;

/// Everything that must hold of any decomposition; the number of regions.
fn check(name: &str, network: &Network, domain: &[[f64; 2]], seed: u64) -> usize {
    let regions = network.regions(domain);
    let widths = network.widths();
    let (whole, sum) = (area(domain), regions.areas().iter().sum::<f64>());
    assert!((sum / whole - 1.0).abs() < 1e-12, "{name}: areas are off by {:e}", sum / whole - 1.0);
    assert!(regions.areas().iter().all(|a| *a > 0.0), "{name}: a region without area");
    let count = regions.count();
    assert!(!most_regions_of_plane(&widths).is_exceeded_by(count), "{name}: {count} regions");
    assert!(!most_regions(&widths).is_exceeded_by(count), "{name}: {count} regions");
    let distinct: HashSet<&[u64]> = regions.patterns.chunks(widths.len()).collect();
    assert_eq!(distinct.len(), count, "{name}: a pattern stands for one convex region");
    let mut rng = generator(seed);
    let size = regions.images.as_flattened().iter().fold(1.0_f64, |m, y| m.max(y.abs()));
    for k in 0..count {
        let (vertices, images) = regions.region(k);
        let a = regions.matrices[k];
        let mut points: Vec<[f64; 2]> = (0..3).map(|_| inside(vertices, &mut rng)).collect();
        points.extend_from_slice(vertices);
        for (x, y) in points.iter().zip(network.map(&points)) {
            let (dx, dy) = (x[0] - vertices[0][0], x[1] - vertices[0][1]);
            let affine =
                [images[0][0] + a[0] * dx + a[1] * dy, images[0][1] + a[2] * dx + a[3] * dy];
            let off = (affine[0] - y[0]).hypot(affine[1] - y[1]);
            assert!(off < 1e-9 * size, "{name}: region {k} is off by {off:e} at {x:?}");
        }
        // The pattern is that of the network inside.
        let x = inside(vertices, &mut rng);
        if area(vertices) > 1e-6 * whole {
            for (found, (above, sure)) in patterns(&regions, k, &widths).zip(pattern_at(network, x))
            {
                assert_eq!(found & sure, above & sure, "{name}: region {k} at {x:?}");
            }
        }
    }
    count
}

fn patterns(regions: &Regions, k: usize, widths: &[usize]) -> impl Iterator<Item = u64> {
    regions.patterns[k * widths.len()..][..widths.len()].iter().copied()
}

/// Layer by layer, which units are above 0 at x, and which are clearly above or below: one that
/// cancels to 0 on a whole region has the sign of its rounding.
fn pattern_at(network: &Network, x: [f64; 2]) -> Vec<(u64, u64)> {
    let mut values = network.frame.local(x).to_vec();
    let mut pattern = Vec::new();
    for layer in network.hidden() {
        let mut next = layer.bias.clone();
        for (x, row) in values.iter().zip(layer.rows()) {
            next.iter_mut().zip(row).for_each(|(y, w)| *y += x * w);
        }
        let bits = |is: &dyn Fn(f64) -> bool| -> u64 {
            next.iter().zip(0..).map(|(y, unit)| u64::from(is(*y)) << unit).sum()
        };
        pattern.push((bits(&|y| y > 0.0), bits(&|y| y.abs() > 1e-12)));
        values = next.iter().map(|y| y.max(0.0)).collect();
    }
    pattern
}

#[test]
fn random_networks_of_every_shape() {
    let shapes: [&[usize]; 9] = [
        &[2],
        &[7],
        &[64],
        &[2, 2],
        &[32, 32],
        &[2, 40, 3],
        &[16, 16, 16],
        &[8, 8, 8, 8],
        &[24, 24, 24, 24],
    ];
    let mut most = 0;
    for (k, widths) in shapes.iter().enumerate() {
        for seed in 0..6 {
            let bias = [0.0, 0.3, 1.0][seed as usize % 3];
            let network = random_network(widths, bias, 10 * k as u64 + seed);
            let domain =
                if seed < 3 { SQUARE.to_vec() } else { ellipse([0.2, -0.1], [1.3, 0.4], 60) };
            let count = check(&format!("{widths:?}, seed {seed}"), &network, &domain, seed);
            most = most.max(count);
        }
    }
    println!("at most {most} regions");
    assert!(most > 500);
}

/// Far out and small, and in units of its own.
#[test]
fn frames_do_not_matter() {
    let near = random_network(&[12, 9], 0.5, 3);
    let frame = Frame { centre: [4e3, -7e3], length: 1e-3, mean: [50.0, 2.0], size: 20.0 };
    let far = Network { frame, ..near.clone() };
    let domain: Vec<[f64; 2]> = SQUARE.iter().map(|x| frame.back(*x)).collect();
    let (a, b) = (near.regions(&SQUARE), far.regions(&domain));
    assert_eq!(a.patterns, b.patterns);
    for (x, y) in a.areas().iter().zip(b.areas()) {
        assert!((x * 1e-6 - y).abs() < 1e-6 * y + 1e-15, "{x} {y}");
    }
    for (x, y) in a.slopes().iter().zip(b.slopes()) {
        assert!((x * 20.0 / 1e-3 / y - 1.0).abs() < 1e-12);
    }
}

/// Lines in general position that all meet inside: the bound is reached.
#[test]
fn the_bound_is_reached() {
    for n in 2..=64 {
        // Tangents of a circle, no two parallel and no three through a point.
        let at = |k: usize| 3.0 * k as f64 / n as f64;
        let rows: [Vec<f64>; 2] =
            [(0..n).map(|k| at(k).cos()).collect(), (0..n).map(|k| at(k).sin()).collect()];
        let last = vec![[1.0, -1.0].as_slice(); n];
        let network = network(&[(&[&rows[0], &rows[1]], &vec![-0.3; n]), (&last, &[0.0, 0.0])]);
        let wide = SQUARE.map(|x| [20.0 * x[0], 20.0 * x[1]]);
        let count = network.regions(&wide).count();
        assert_eq!(count, 1 + n + n * (n - 1) / 2, "{n} lines");
        assert_eq!(most_regions(&[n]).digits(), count.to_string());
    }
}

/// |x| and |y| in the first layer, folded once more at ½ in the second: 4 × 4 squares.
#[test]
fn a_folded_square() {
    let folded = network(&[
        (&[&[1.0, -1.0, 0.0, 0.0], &[0.0, 0.0, 1.0, -1.0]], &[0.0; 4]),
        (&[&[1.0, 0.0], &[1.0, 0.0], &[0.0, 1.0], &[0.0, 1.0]], &[-0.5, -0.5]),
        (&[&[1.0, 0.0], &[0.0, 1.0]], &[0.0, 0.0]),
    ]);
    assert_eq!(check("folded", &folded, &SQUARE, 1), 16);
    let regions = folded.regions(&SQUARE);
    assert!(regions.areas().iter().all(|a| (a - 0.25).abs() < 1e-15));
    let steep = regions.slopes().iter().filter(|s| **s == 1.0).count();
    assert_eq!((steep, regions.slopes().iter().filter(|s| **s == 0.0).count()), (12, 4));
}

#[test]
fn hostile_networks() {
    let (ones, zeros) = ([1.0; 4], [0.0; 4]);
    let out: [&[f64]; 4] = [&[1.0, 0.5], &[0.0, 1.0], &[-1.0, 0.3], &[0.2, 0.2]];
    let last: (&[&[f64]], &[f64]) = (&out, &[0.1, -0.2]);
    // Dead from the start, and zero everywhere.
    let dead = network(&[(&[&zeros, &zeros], &[-1.0; 4]), last]);
    assert_eq!(check("dead", &dead, &SQUARE, 1), 1);
    let zero =
        network(&[(&[&zeros, &zeros], &zeros), (&[&zeros, &zeros, &zeros, &zeros], &zeros), last]);
    assert_eq!(check("zero", &zero, &SQUARE, 2), 1);
    // The same unit four times, also from different sums, and each with its opposite.
    let same = network(&[(&[&ones, &ones], &[0.25; 4]), last]);
    assert_eq!(check("duplicates", &same, &SQUARE, 3), 2);
    let thirds = [0.1 + 0.2, 0.3, 0.3, 0.15 + 0.15];
    let rounded = network(&[(&[&thirds, &thirds], &[0.1; 4]), last]);
    assert_eq!(check("duplicates up to rounding", &rounded, &SQUARE, 4), 2);
    let opposite = network(&[(&[&[0.3, -0.3, 0.7, -0.7], &[0.1, -0.1, 0.9, -0.9]], &zeros), last]);
    assert_eq!(check("opposites", &opposite, &SQUARE, 5), 4);
    // Through corners, along sides, and all through one point.
    let corners = network(&[
        (&[&[1.0, 1.0, 1.0, 0.0], &[1.0, -1.0, 0.0, 1.0]], &[0.0, 0.0, 1.0, -1.0]),
        last,
    ]);
    assert_eq!(check("corners", &corners, &SQUARE, 6), 4);
    let n = 40;
    let angle = |k: usize| 0.05 + 3.0 * k as f64 / n as f64;
    let star: [Vec<f64>; 2] =
        [(0..n).map(|k| angle(k).cos()).collect(), (0..n).map(|k| angle(k).sin()).collect()];
    // Through (0.3, 0.7), which no line meets exactly.
    let bias: Vec<f64> = (0..n).map(|k| -0.3 * star[0][k] - 0.7 * star[1][k]).collect();
    let rows = vec![[1.0, 2.0].as_slice(); n];
    let pencil = network(&[(&[&star[0], &star[1]], &bias), (&rows, &[0.0, 0.0])]);
    assert_eq!(check("a pencil of lines", &pencil, &SQUARE, 7), 2 * n);
    // A second layer that repeats the borders of the first.
    let again = network(&[
        (&[&[1.0, -1.0], &[0.5, -0.5]], &[0.1, -0.1]),
        (&[&[1.0, 1.0, 2.0], &[1.0, -1.0, -2.0]], &[0.0, 0.0, 0.0]),
        (&[&[1.0, 0.0], &[0.0, 1.0], &[1.0, 1.0]], &[0.0, 0.0]),
    ]);
    assert_eq!(check("borders again", &again, &SQUARE, 8), 2);
    // Steep by 10⁹ and flat by 10⁻⁹ beside one another.
    let uneven = network(&[
        (&[&[1e9, 1e-9, 1.0, -1e9], &[1e9, -1e-9, 2.0, 3e8]], &[1.0, 0.0, 0.5, 2.0]),
        last,
    ]);
    assert!(check("uneven", &uneven, &SQUARE, 9) >= 5);
}

/// Random networks with small whole numbers: many lines through the same points, many units alike.
#[test]
fn small_whole_numbers() {
    for seed in 0..60 {
        let widths = [[9, 6, 5].as_slice(), &[20, 12], &[30]][seed as usize % 3];
        let mut network = random_network(widths, 1.0, 500 + seed);
        for layer in &mut network.layers {
            let round = |x: &mut f64| *x = (*x * 1.5).round();
            layer.weights.iter_mut().chain(&mut layer.bias).for_each(round);
        }
        check(&format!("whole numbers, seed {seed}"), &network, &SQUARE, seed);
    }
}

#[test]
fn bounds_by_hand() {
    let both = |w: &[usize]| (most_regions(w).digits(), most_regions_of_plane(w).digits());
    assert_eq!(both(&[3]), ("7".into(), "7".into()));
    // 529 · 2³² and 529².
    assert_eq!(both(&[32, 32]), ("2272037699584".into(), "279841".into()));
    // Two units feed the second layer: two dimensions either way.
    assert_eq!(both(&[2, 5]), ("64".into(), "64".into()));
    // 2081 · 2⁶⁴ · 2⁶⁴ · 2⁶⁴ and 2081⁴.
    let (slides, plane) = both(&[64; 4]);
    let digits = "13062648711339682669542277789695153811909001679929655821336576";
    assert_eq!((slides.as_str(), plane.as_str()), (digits, "18753758574721"));
    let bound = most_regions(&[64; 4]);
    let log10 = 2081_f64.log10() + 192.0 * 2_f64.log10();
    assert!((bound.log10() - log10).abs() < 1e-12);
    assert!(!bound.is_exceeded_by(usize::MAX) && most_regions(&[2]).is_exceeded_by(5));
    assert!(!most_regions(&[2]).is_exceeded_by(4));
}
