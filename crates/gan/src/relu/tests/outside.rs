//! What a network leaves between places, and its images of lines.

use super::super::clip::area;
use super::*;

/// The identity, as a network: x = max(0, x + 2) − 2 over the square.
fn identity() -> Network {
    network(&[
        (&[&[1.0, 0.0], &[0.0, 1.0]], &[2.0, 2.0]),
        (&[&[1.0, 0.0], &[0.0, 1.0]], &[-2.0, -2.0]),
    ])
}

fn rectangle(x0: f64, y0: f64, x1: f64, y1: f64) -> Vec<[f64; 2]> {
    vec![[x0, y0], [x1, y0], [x1, y1], [x0, y1]]
}

fn left(network: &Network, places: &[Vec<[f64; 2]>]) -> f64 {
    network.regions(&SQUARE).outside(places).parts().map(area).sum()
}

fn holds(polygon: &[[f64; 2]], p: [f64; 2]) -> bool {
    let sides = polygon.iter().zip(polygon.iter().cycle().skip(1));
    sides.clone().all(|(a, b)| (b[0] - a[0]) * (p[1] - a[1]) >= (b[1] - a[1]) * (p[0] - a[0]))
}

#[test]
fn closed_forms() {
    let same = |a: f64, b: f64| assert!((a - b).abs() < 1e-14, "{a} {b}");
    same(left(&identity(), &[]), 4.0);
    same(left(&identity(), &[rectangle(-0.5, -0.5, 0.5, 0.5)]), 3.0);
    same(left(&identity(), &[rectangle(-3.0, -3.0, 3.0, 3.0)]), 0.0);
    same(left(&identity(), &[rectangle(5.0, 5.0, 6.0, 6.0)]), 4.0);
    // Two that overlap, and one that the border of the domain cuts.
    let places = [
        rectangle(-0.5, -0.5, 0.5, 0.5),
        rectangle(0.0, 0.0, 0.75, 0.75),
        rectangle(-2.0, 0.5, -0.5, 3.0),
    ];
    same(left(&identity(), &places), 4.0 - 1.0 - 0.5625 + 0.25 - 0.25);
    // x ↦ |x|: both halves go to the same place.
    let fold = network(&[
        (&[&[1.0, -1.0, 0.0], &[0.0, 0.0, 1.0]], &[0.0, 0.0, 2.0]),
        (&[&[1.0, 0.0], &[1.0, 0.0], &[0.0, 1.0]], &[0.0, -2.0]),
    ]);
    same(left(&fold, &[rectangle(0.5, -1.0, 1.0, 1.0)]), 2.0);
    // All in one point, inside a place and outside of it.
    let point = network(&[
        (&[&[0.0, 0.0], &[0.0, 0.0]], &[0.0; 2]),
        (&[&[0.0, 0.0], &[0.0, 0.0]], &[0.3, 0.3]),
    ]);
    same(left(&point, &[rectangle(0.0, 0.0, 1.0, 1.0)]), 0.0);
    same(left(&point, &[rectangle(0.4, 0.0, 1.0, 1.0)]), 4.0);
}

/// A point is in one of the parts exactly where its image is in none of the places.
#[test]
fn parts_are_where_images_are_outside() {
    let (mut out, mut count) = (0, 0);
    for seed in 0..8 {
        let network = random_network(&[14, 10], 0.6, seed);
        let mut rng = generator(90 + seed);
        let place = |k: usize| {
            let centre = [uniform(&mut rng) * 4.0 - 2.0, uniform(&mut rng) * 4.0 - 2.0];
            ellipse(centre, [0.2 + uniform(&mut rng), 0.2 + uniform(&mut rng)], 3 + k % 10)
        };
        let places: Vec<Vec<[f64; 2]>> = (0..25).map(place).collect();
        let outside = network.regions(&SQUARE).outside(&places);
        for _ in 0..2000 {
            let x = inside(&SQUARE, &mut rng);
            let image = network.map(&[x])[0];
            let is_out = !places.iter().any(|place| holds(place, image));
            assert_eq!(outside.parts().any(|part| holds(part, x)), is_out, "seed {seed} at {x:?}");
            out += usize::from(is_out);
            count += 1;
        }
    }
    assert!(out > count / 30 && out < count / 2, "{out} of {count}");
}

/// Corners of a line's image are where the line leaves a region; between them it is straight.
#[test]
fn lines_have_their_corners() {
    let fold = network(&[
        (&[&[1.0, -1.0, 0.0], &[0.0, 0.0, 1.0]], &[0.0, 0.0, 2.0]),
        (&[&[1.0, 0.0], &[1.0, 0.0], &[0.0, 1.0]], &[0.0, -2.0]),
    ]);
    let chain = fold.line([-1.0, 0.5], [1.0, 0.5]);
    // Both units change at once: the corner is there twice.
    assert_eq!(chain, [[1.0, 0.5], [0.0, 0.5], [0.0, 0.5], [1.0, 0.5]]);
    for seed in 0..5 {
        let network = random_network(&[20, 15, 9], 0.4, 40 + seed);
        let (a, b) = ([-1.0, -0.3], [0.9, 0.8]);
        let chain = network.line(a, b);
        assert!(chain.len() > 10, "{}", chain.len());
        let at = |t: f64| [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
        let dense: Vec<[f64; 2]> = (0..=4000).map(|k| at(f64::from(k) / 4000.0)).collect();
        let length = |chain: &[[f64; 2]]| {
            chain.windows(2).map(|w| (w[0][0] - w[1][0]).hypot(w[0][1] - w[1][1])).sum::<f64>()
        };
        let (exact, sampled) = (length(&chain), length(&network.map(&dense)));
        assert!(sampled <= exact * (1.0 + 1e-12) && sampled > 0.999 * exact, "{sampled} {exact}");
    }
}
