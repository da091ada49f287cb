//! GANs on the plane: generator, discriminator, packing, training.
//!
//! A [`Config`] says what a run follows from; [`Config::paper`] and [`Config::page`] are ready made.
//! A [`Trainer`] makes the run step by step, and can be saved as bytes and resumed. Real points come
//! from whatever is a [`Real`]: a closure, or a [`Bank`].
//!
//! Every derivative is written out by hand, in code that is generic over the number: training runs in
//! f32 on SIMD kernels, and the tests hold the same code in f64 against finite differences. No term
//! of a product is fused and no function of the system is called, so native runs and wasm agree bit
//! for bit.
//!
//! With feature `threads`, which the page's wasm does without, `Trainer::set_threads` spreads a run
//! over the processor's cores, to the same bits.
//!
//! Deliberately absent: a clock, any input or output, and automatic differentiation.

mod adam;
mod config;
mod discriminator;
mod error;
mod frozen;
mod generator;
mod linear;
mod look;
mod loss;
mod matrix;
mod norm;
mod objective;
mod piecewise;
mod product;
mod random;
mod real;
pub mod relu;
mod scalar;
mod semidual;
mod state;
mod trainer;

#[cfg(test)]
mod tests;

pub use adam::AdamSettings;
pub use config::{
    Arithmetic, Config, DiscriminatorSpec, GeneratorSpec, Init, Latent, Law, MAX_BATCH,
    MAX_DISCRIMINATOR_STEPS, MAX_LATENT, MAX_LAYERS, MAX_PACKING, MAX_PARAMETERS, MAX_WIDTH,
    Schedule,
};
pub use error::{ConfigError, StateError, StepError};
pub use frozen::{FROZEN_VERSION, Frozen};
pub use look::{COMPANIONS, STATISTICS};
pub use loss::Loss;
pub use piecewise::Activation;
pub use random::Random;
pub use real::{Bank, Epochs, Real};
pub use semidual::{MAX_SEMIDUAL_POINTS, SemiDual, SemiDualError};
pub use state::{STATE_VERSION, checksum};
pub use trainer::{Counters, DiscriminatorLoss, Losses, Trainer};
