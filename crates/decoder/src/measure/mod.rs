//! What decoded pictures are measured by: principal components, which an autoencoder must beat, and a
//! fixed network's features.

mod features;
mod principal;

pub use features::{FEATURES, Features};
pub use principal::principal_errors;
