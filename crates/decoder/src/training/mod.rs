//! Training in the two steps of An, Guo, Lei, Luo, Yau and Gu, *AE-OT: a new generative model based on
//! extended semi-discrete optimal transport* (ICLR 2020), section 4: encoder and decoder together, then
//! the decoder alone.

mod adam;
mod encoder;
mod labeller;
pub(crate) mod random;
mod state;
#[cfg(test)]
mod tests;
mod trainer;

pub use labeller::train_labeller;
pub use trainer::{Plan, Progress, Settings, Stage, Trainer};
