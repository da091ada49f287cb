//! Monte Carlo cell assignment: which supporting plane is on top, over many samples.
//!
//! The only crate that knows wgpu. Every kernel `shaders/X.wgsl` has a plain serial twin
//! `twin::X` that says in Rust what it computes; [`Cpu`] computes the same, blocked and with SIMD.
//! [`Gpu`] records work as plain data and has it executed in one place, [`device`].

mod backend;
mod cpu;
pub mod device;
mod fast;
mod gpu;
pub mod kernels;
mod math;
pub mod recording;
pub mod sampler;
mod signal;
pub mod sobol;
pub mod twin;

pub use backend::{Backend, Device, Devices};
pub use cpu::{Cpu, samples};
pub use gpu::{Budget, Gpu};
