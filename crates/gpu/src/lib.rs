//! Monte Carlo cell assignment: which supporting plane is on top, over many samples.
//!
//! The only crate that knows wgpu. Every kernel `shaders/X.wgsl` has a plain serial twin
//! `twin::X` that says in Rust what it computes; [`Cpu`] computes the same, blocked and with SIMD.

mod cpu;
mod fast;
pub mod sampler;
pub mod sobol;
pub mod twin;

pub use cpu::{Cpu, CpuMachines};
