//! The headless application: a [`Scenario`] in, a [`Frame`] out. Plain data throughout.
//!
//! [`Lab`] holds the scene a person works on: it opens links and scenarios, edits, undoes, solves
//! and draws. Beside it stand the parts that are useful alone: the parser of points, the words
//! for domains, the link codec, the JSON of a plan, the AE-OT experiment.
//!
//! Deliberately absent: any browser type, a clock (a [`Lab`] is given one), threads, input and
//! output. The same scenario gives the same frame, timings aside.

pub mod app;
mod bits;
pub mod colours;
pub mod domain;
pub mod error;
pub mod experiment;
pub mod frame;
pub mod gan;
mod history;
pub mod latent;
mod letters;
pub mod link;
mod method;
pub mod monte_carlo;
mod packed;
pub mod plan_json;
pub mod points;
pub mod potential;
mod preset;
pub mod presets;
pub mod scenario;
pub mod solve;
pub mod source;
pub mod space;
mod view;

pub use app::{Experiment, Lab};
pub use error::Error;
pub use frame::Frame;
pub use scenario::{Preset, Scenario};
