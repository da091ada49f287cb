//! Keeps the states of a solve, in the target's order and units, within a bounded memory.

use geometry::PowerDiagram;

use super::surface::{Energy, Point, Surface, is_empty};
use super::{Arrival, Method, Options, Recording, State, Try, Verdict};
use crate::frame::Frame;
use crate::{Stopped, Target};

/// Most numbers that all states together may have.
const MOST_NUMBERS: usize = 1 << 22;

pub(super) struct Recorder<'a> {
    method: Method,
    frame: &'a Frame,
    target: &'a Target,
    /// What to add to the frame's energy, in the user's units.
    constant: f64,
    /// The height that is one in the frame.
    unit: f64,
    most: usize,
    stride: usize,
    states: Vec<State>,
    evaluations: usize,
    /// The state that steps are tried from.
    current: State,
}

/// What is told of a state.
pub(super) struct Told<'p> {
    pub arrival: Arrival,
    pub heights: &'p [f64],
    pub masses: &'p [f64],
    pub energy: Energy,
    pub residual: f64,
    /// In the frame's units.
    pub step: f64,
    pub samples: u32,
}

impl<'p> Told<'p> {
    /// Of a point that was reached by a step.
    pub(super) fn step(point: &'p Point, step: f64) -> Self {
        Self {
            arrival: Arrival::Step,
            heights: &point.heights,
            masses: &point.masses,
            energy: point.energy,
            residual: point.residual,
            step,
            samples: 0,
        }
    }
}

impl<'a> Recorder<'a> {
    pub(super) fn new(
        method: Method,
        frame: &'a Frame,
        target: &'a Target,
        options: &Options,
        surface: &Surface<'_>,
        point: &Point,
    ) -> Self {
        // A state has heights and a direction.
        let affordable = MOST_NUMBERS / (2 * target.len());
        let start = Told { arrival: Arrival::Start, ..Told::step(point, 0.0) };
        let mut this = Self {
            method,
            frame,
            target,
            constant: constant(frame, target, &surface.diagram, &point.masses),
            unit: frame.length() * target.scale,
            most: options.most_states.min(affordable).max(2),
            stride: 1,
            states: Vec::new(),
            evaluations: 1,
            current: State {
                iteration: 0,
                arrival: Arrival::Start,
                heights: Vec::new(),
                residual: 0.0,
                energy: 0.0,
                empty: 0,
                step: 0.0,
                direction: Vec::new(),
                tries: Vec::new(),
                samples: 0,
            },
        };
        this.current = this.state(0, &start);
        this
    }

    /// The present state's.
    pub(super) fn iteration(&self) -> usize {
        self.current.iteration
    }

    /// Steps of these methods are heights; those of the others are shares of the direction, which
    /// are the same in all units.
    fn step_unit(&self) -> f64 {
        match self.method {
            Method::Gradient | Method::Adam => self.unit,
            Method::Newton | Method::Lbfgs => 1.0,
        }
    }

    fn state(&self, iteration: usize, told: &Told<'_>) -> State {
        State {
            iteration,
            arrival: told.arrival,
            heights: self.frame.heights(self.target, told.heights),
            residual: told.residual,
            energy: self.unit * told.energy.value + self.constant,
            empty: told
                .masses
                .iter()
                .zip(&self.frame.masses)
                .filter(|(w, v)| is_empty(**w, **v))
                .count(),
            step: self.step_unit() * told.step,
            direction: Vec::new(),
            tries: Vec::new(),
            samples: told.samples,
        }
    }

    /// The direction that steps from the present state go, in the frame.
    pub(super) fn stepping(&mut self, direction: &[f64]) {
        let unit = self.unit / self.step_unit();
        let mut all = vec![0.0; self.target.len()];
        for (&i, d) in self.frame.order.iter().zip(direction) {
            all[i as usize] = unit * d;
        }
        for &(i, j) in self.target.merged() {
            all[i as usize] = all[j as usize];
        }
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        all.iter_mut().for_each(|d| *d -= mean);
        self.current.direction = all;
    }

    pub(super) fn tried(&mut self, tau: f64, verdict: Verdict) {
        self.evaluations += 1;
        self.current.tries.push(Try { tau: self.step_unit() * tau, verdict });
    }

    /// A new present state.
    pub(super) fn arrived(&mut self, told: &Told<'_>) {
        let next = self.state(self.current.iteration + 1, told);
        // What was not tried before is seen for the first time.
        self.evaluations += usize::from(self.current.tries.is_empty());
        let passed = std::mem::replace(&mut self.current, next);
        if passed.iteration.is_multiple_of(self.stride) {
            self.states.push(passed);
        }
        // Room for the last.
        if self.states.len() >= self.most {
            self.stride *= 2;
            let stride = self.stride;
            self.states.retain(|s| s.iteration.is_multiple_of(stride));
        }
    }

    pub(super) fn finish(
        mut self,
        stopped: Stopped,
        surface: &Surface<'_>,
        point: &Point,
    ) -> Recording {
        let iterations = self.current.iteration;
        self.states.push(self.current);
        Recording {
            method: self.method,
            states: self.states,
            stride: self.stride,
            iterations,
            evaluations: self.evaluations,
            stopped,
            precision_limit: surface.precision_limit(&point.heights),
        }
    }
}

/// With x = c + L x′ and y = m + S y′ the energy is L S E′ + ⟨c, ȳ − m⟩ + ⟨x̄, m⟩, where x̄ and ȳ are
/// the means of the source and the target (see [`crate::frame`]).
fn constant(frame: &Frame, target: &Target, diagram: &PowerDiagram, masses: &[f64]) -> f64 {
    let (c, m) = (frame.source_point([0.0; 2]), target.centre);
    let mut constant = 0.0;
    for (k, w) in masses.iter().enumerate() {
        let x = frame.first_moment(diagram, k, *w).map(|x| frame.length() * x);
        constant += w * (c[0] * m[0] + c[1] * m[1]) + x[0] * m[0] + x[1] * m[1];
        let (y, v) = (target.sites()[frame.order[k] as usize], frame.masses[k]);
        constant += v * (c[0] * (y[0] - m[0]) + c[1] * (y[1] - m[1]));
    }
    constant
}
