//! Semi-discrete transport in any dimension, by Monte Carlo estimates of the cell masses.
//!
//! A [`Problem`] is a source law and Dirac masses in R^d. [`adam`], [`lbfgs`] and [`hierarchical`]
//! each solve it with the same entry, on whatever implements [`Machines`] and [`CellMass`]: this
//! crate knows no processor's threads and no graphics card. Solvers are `async` because a card's
//! answers come later; a processor's are ready at once.
//!
//! What the answer says of itself comes from fresh samples (see [`Measure`]).

pub mod adam;
mod cell_mass;
mod clusters;
mod hessian;
pub mod hierarchical;
pub mod lbfgs;
mod lift;
mod measure;
mod problem;
mod run;
mod solve;
mod start;

pub use cell_mass::{
    ADAM_EPSILON, Adam, AdamSteps, CellMass, Draw, Estimate, Law, MachineError, Planes, Sequence,
    Want,
};
pub use measure::{Measure, Value};
pub use problem::{MAX_DIMENSION, MAX_SITES, Problem, ProblemError};
pub use solve::{Answer, Ended, Machines, Mark, Observer, Options, Progress};
