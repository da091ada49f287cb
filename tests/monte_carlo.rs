//! A Monte Carlo solve as the page asks for it: what is shown while it runs, and what comes out.

#![allow(clippy::unwrap_used)] // a test fails by it

use lab::monte_carlo::{Beside, Request, Shown, Solution, Watcher, solve};

/// Milliseconds that pass by one at each look.
fn clock() -> f64 {
    use std::sync::atomic::{AtomicU32, Ordering};
    static NOW: AtomicU32 = AtomicU32::new(0);
    f64::from(NOW.fetch_add(100, Ordering::Relaxed))
}

/// Notes what it sees, and ends the solve at a look.
#[derive(Default)]
struct Witness {
    looks: usize,
    end: Option<usize>,
    positions: Vec<f64>,
    newton: Vec<Beside>,
    phases: Vec<&'static str>,
    beside: Vec<Beside>,
    winners: Vec<u32>,
    heights: Vec<f64>,
}

impl Watcher for Witness {
    async fn watch(&mut self, shown: &Shown<'_>) -> bool {
        self.looks += 1;
        assert!(self.looks == 1 || (shown.positions.is_empty() && shown.newton.is_empty()));
        self.positions.extend(shown.positions);
        self.newton.extend(shown.newton);
        if self.phases.last() != Some(&shown.phase) {
            self.phases.push(shown.phase);
        }
        self.beside.extend(shown.exact);
        if !shown.winners.is_empty() {
            self.winners = shown.winners.to_vec();
        }
        if !shown.heights.is_empty() {
            self.heights = shown.heights.to_vec();
        }
        assert!(shown.device.starts_with("CPU"));
        self.end.is_none_or(|end| self.looks < end)
    }
}

const SITES: [f64; 10] = [0.1, 0.2, 0.8, 0.3, 0.5, 0.9, 0.4, 0.4, 2.0, -1.0];

fn request(json: &str) -> Request {
    Request::from_json(json).unwrap()
}

fn run(json: &str, witness: &mut Witness) -> Solution {
    pollster::block_on(solve(&request(json), &SITES, None, clock, 1, witness)).unwrap()
}

#[test]
fn a_rectangle_is_watched_beside_the_exact_solver() {
    for method in ["adam", "lbfgs", "hierarchical"] {
        let mut seen = Witness::default();
        let json = format!(
            r#"{{"domain":"rectangle:-1,0,3,1","method":"{method}","tolerance":0.005,"device":"cpu","show":500,"exact":true}}"#
        );
        let solved = run(&json, &mut seen);
        assert_eq!(solved.report.stopped, "tolerance");
        assert_eq!((seen.positions.len(), seen.winners.len()), (1000, 500));
        for p in seen.positions.chunks(2) {
            assert!((-1.0..=3.0).contains(&p[0]) && (0.0..=1.0).contains(&p[1]), "{p:?}");
        }
        // The display samples are in the cells they are said to be in.
        let plane =
            |i: usize, p: &[f64]| p[0] * SITES[2 * i] + p[1] * SITES[2 * i + 1] + solved.heights[i];
        let final_winner =
            |p: &[f64]| (0..5).max_by(|a, b| plane(*a, p).total_cmp(&plane(*b, p))).unwrap() as u32;
        let wrong =
            seen.positions.chunks(2).zip(&seen.winners).filter(|(p, w)| final_winner(p) != **w);
        assert!(wrong.count() < 25, "{method}: the last look is near the answer");
        // Newton's curve falls to nothing, Monte Carlo's does not end above one hundredth.
        assert!(seen.newton.len() > 2 && seen.newton.last().unwrap().residual < 1e-8);
        assert!(seen.newton[0].energy_gap > seen.newton.last().unwrap().energy_gap);
        let exact = solved.exact.unwrap();
        assert!(exact.residual < 0.02 && exact.height_error < 0.01, "{method} {exact:?}");
        assert!(seen.beside[0].energy_gap > exact.energy_gap);
        let areas = solved.plan.unwrap().cell_masses;
        for (w, v) in solved.cell_masses.iter().zip(areas) {
            assert!((w - v).abs() < 0.005, "{method} {w} {v}");
        }
    }
}

#[test]
fn an_ended_solve_leaves_heights_to_go_on_from() {
    let mut seen = Witness { end: Some(2), ..Witness::default() };
    let json = r#"{"method":"adam","device":"cpu","tolerance":0.002}"#;
    let ended = run(json, &mut seen);
    assert_eq!((ended.report.stopped, seen.looks), ("cancelled", 2));
    let heights: Vec<String> = ended.heights.iter().map(f64::to_string).collect();
    let json = format!(
        r#"{{"method":"lbfgs","device":"cpu","tolerance":0.002,"start":[{}]}}"#,
        heights.join(",")
    );
    let whole = run(&json, &mut Witness::default());
    assert_eq!(whole.report.stopped, "tolerance");
}

#[test]
fn the_same_request_gives_the_same_answer() {
    for domain in ["cube", "ball", "gaussian", "disk:1,2,3"] {
        let json =
            format!(r#"{{"domain":"{domain}","method":"hierarchical","device":"cpu","seed":3}}"#);
        let (a, b) = (run(&json, &mut Witness::default()), run(&json, &mut Witness::default()));
        assert_eq!(a.heights, b.heights, "{domain}");
        assert_eq!((a.report.stopped, a.centroids.len()), ("tolerance", 10));
        // Σ wᵢ cᵢ is the mean of the source.
        let mean: Vec<f64> = (0..2)
            .map(|k| (0..5).map(|i| a.cell_masses[i] * a.centroids[2 * i + k]).sum())
            .collect();
        let exact = match domain {
            "cube" => [0.5, 0.5],
            "disk:1,2,3" => [1.0, 2.0],
            _ => [0.0, 0.0],
        };
        for k in 0..2 {
            assert!((mean[k] - exact[k]).abs() < 0.05, "{domain} {mean:?}");
        }
    }
}

#[test]
fn bad_requests_are_named() {
    for (json, code, says) in [
        (r#"{"domain":"polygon:0,0;1,0;0,1"}"#, "domain", "disk"),
        (r#"{"domain":"square","dimension":5}"#, "dimension", "cube"),
        (r#"{"dimension":300,"domain":"cube"}"#, "dimension", "256"),
        (r#"{"tolerance":0}"#, "tolerance", "between 0 and 1"),
        (r#"{"samples":10,"maxSamples":5}"#, "samples", "raise the most"),
        (r#"{"rate":0}"#, "rate", "above 0"),
        (r#"{"start":[1,2]}"#, "start", "5 finite heights"),
        (r#"{"show":50000}"#, "request", "20000"),
    ] {
        let solved = Request::from_json(json).and_then(|request| {
            pollster::block_on(solve(&request, &SITES, None, clock, 1, &mut ())).map(|_| ())
        });
        let error = solved.unwrap_err();
        assert_eq!(error.code, code, "{json}: {}", error.message);
        assert!(error.message.contains(says), "{}", error.message);
    }
    let unknown = Request::from_json(r#"{"colour":1}"#).unwrap_err();
    assert!(unknown.code == "request" && unknown.message.contains("colour"));
}
