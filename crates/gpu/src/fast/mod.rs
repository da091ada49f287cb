//! The CPU machine: the kernels blocked for caches and registers, with SIMD, on all threads.

pub(crate) mod assign;
pub(crate) mod chunk;
pub(crate) mod prune;
pub(crate) mod share;
