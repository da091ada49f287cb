//! The kernels of `shaders/`, written down plainly: the oracle of the tests.

pub mod sample;
