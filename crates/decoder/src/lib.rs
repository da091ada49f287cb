//! Autoencoders of small pictures: the only crate that knows burn.
//!
//! A [`Shape`] says how large the pictures and the layers are; [`Shape::faces`] and [`Shape::digits`]
//! are ready made. A [`Picturer`] turns latent codes into pixels; it is what a `.bdec` file ([`file`])
//! holds in half precision, with what it is and how it was trained. With feature `training` there are
//! also the encoder, a [`Trainer`] that goes step by step and is saved as bytes, and [`images`], which
//! reads the training data.
//!
//! burn-flex computes, unless feature `ndarray` stands alone. Deliberately absent: a clock, any input
//! or output, and randomness of burn's: weights are drawn from a seed here, so that a run does not
//! depend on the backend's generator.

mod decoder;
mod error;
pub mod file;
mod labeller;
mod layers;
mod picturer;
mod shape;
mod weights;

#[cfg(feature = "training")]
pub mod images;
#[cfg(feature = "training")]
pub mod measure;
#[cfg(feature = "training")]
mod threads;
#[cfg(feature = "training")]
mod training;

pub use error::Error;
pub use file::{About, FILE_VERSION, Labels, Record};
pub use labeller::Labeller;
pub use picturer::{Backend, Picturer};
pub use shape::{MAX_LATENT, MIN_LATENT, Shape};
#[cfg(feature = "training")]
pub use training::{Plan, Progress, Settings, Stage, Trainer, train_labeller};
