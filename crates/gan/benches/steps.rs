//! Steps of training a second, natively: `cargo bench -p brenier-gan --bench steps -- --json`. The
//! medians of three rounds, with portable and with fused products on one thread, and with fused ones
//! on all cores, where there are several.

use gan::{Arithmetic, Config, Loss, Random, Trainer};
use std::time::{Duration, Instant};

/// A round lasts at least so long.
const ROUND: Duration = Duration::from_millis(1500);

/// Centres of the 5 × 5 grid, in turn.
fn centres(_: &mut Random, points: &mut [[f64; 2]]) {
    for (k, point) in points.iter_mut().enumerate() {
        *point = [k % 5, k / 5 % 5].map(|c| 2.0 * c as f64 - 4.0);
    }
}

fn rate(config: &Config, threads: usize) -> Option<f64> {
    let mut rates = Vec::new();
    for _ in 0..3 {
        let mut trainer = Trainer::new(config.clone()).ok()?;
        trainer.set_threads(threads);
        trainer.step(&mut centres).ok()?;
        let (began, mut steps) = (Instant::now(), 0_u32);
        while began.elapsed() < ROUND {
            trainer.step(&mut centres).ok()?;
            steps += 1;
        }
        rates.push(f64::from(steps) / began.elapsed().as_secs_f64());
    }
    rates.sort_by(f64::total_cmp);
    Some(rates[1])
}

#[allow(clippy::print_stdout)] // a benchmark prints
fn main() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut rows = Vec::new();
    for (name, make) in [
        ("page", (|m| Config::page(Loss::NonSaturating, m, 0)) as fn(usize) -> Config),
        ("paper", |m| Config::paper(m, 0)),
    ] {
        for packing in [1, 4] {
            let works = [
                ("portable", Arithmetic::Portable, 1),
                ("fused", Arithmetic::Fused, 1),
                ("fused on all cores", Arithmetic::Fused, cores),
            ];
            for (words, arithmetic, threads) in &works[..if cores > 1 { 3 } else { 2 }] {
                let config = Config { arithmetic: *arithmetic, ..make(packing) };
                let Some(rate) = rate(&config, *threads) else { continue };
                rows.push(format!(
                    "{{\"name\":\"{words}\",\"architecture\":\"{name}\",\"packing\":{packing},\"threads\":{threads},\"rate\":{rate}}}"
                ));
            }
        }
    }
    println!("{{\"rows\":[{}]}}", rows.join(","));
}
