//! Semi-discrete transport in any dimension, by Monte Carlo estimates of the cell masses.

mod cell_mass;

pub use cell_mass::{
    ADAM_EPSILON, Adam, AdamSteps, CellMass, Draw, Estimate, Law, MachineError, Planes, Sequence,
    Want,
};
