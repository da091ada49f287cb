//! What is asked of a Monte Carlo solve, as plain data.

use crate::error::Error;
use gpu::Device;
use serde::Deserialize;
use transport::monte_carlo::{Options, Sequence};

/// Most display samples.
pub const MAX_SHOWN: usize = 20_000;

/// A Monte Carlo method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Stochastic descent with averaging.
    Adam,
    /// Fixed samples and a sampled Hessian.
    Lbfgs,
    /// Clusters first.
    Hierarchical,
}

impl Method {
    /// The method of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "adam" => Some(Self::Adam),
            "lbfgs" => Some(Self::Lbfgs),
            "hierarchical" => Some(Self::Hierarchical),
            _ => None,
        }
    }
}

/// The machine to run on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceName {
    /// A GPU where there is a real one.
    #[default]
    Auto,
    /// The processor.
    Cpu,
    /// A GPU, or an error.
    Gpu,
}

impl From<DeviceName> for Device {
    fn from(name: DeviceName) -> Self {
        match name {
            DeviceName::Auto => Device::Auto,
            DeviceName::Cpu => Device::Cpu,
            DeviceName::Gpu => Device::Gpu,
        }
    }
}

/// Where samples come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SequenceName {
    /// Scrambled low-discrepancy.
    #[default]
    Sobol,
    /// Independent.
    Philox,
}

/// A Monte Carlo solve, without its sites and masses.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Request {
    /// `square`, `rectangle:…`, `disk:…` in the plane; `cube`, `ball`, `gaussian` in R^d.
    pub domain: String,
    /// d.
    pub dimension: usize,
    /// How.
    pub method: Method,
    /// Largest debiased root mean square of wᵢ/νᵢ − 1 to accept.
    pub tolerance: f64,
    /// Seed of all samples.
    pub seed: u32,
    /// Where samples come from.
    pub sequence: SequenceName,
    /// Samples of the first steps, or as many as seem right.
    pub samples: Option<u32>,
    /// Most samples of one step.
    pub max_samples: Option<u32>,
    /// Most steps.
    pub max_iterations: Option<usize>,
    /// Adam's first step length.
    pub rate: f64,
    /// What to run on.
    pub device: DeviceName,
    /// Display samples whose cells are told while the solve runs.
    pub show: usize,
    /// In the plane, compare with the exact solver.
    pub exact: bool,
    /// Heights to start from.
    pub start: Option<Vec<f64>>,
}

impl Default for Request {
    fn default() -> Self {
        let options = Options::default();
        Self {
            domain: "square".into(),
            dimension: 2,
            method: Method::Adam,
            tolerance: options.tolerance,
            seed: options.seed,
            sequence: SequenceName::Sobol,
            samples: None,
            max_samples: None,
            max_iterations: None,
            rate: options.rate,
            device: DeviceName::Auto,
            show: 0,
            exact: false,
            start: None,
        }
    }
}

impl Request {
    /// Reads the JSON form; what is absent has its default.
    ///
    /// # Errors
    /// Code `request`, naming the field.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text)
            .map_err(|e| Error::new("request", format!("The request cannot be read: {e}.")))
    }

    /// The solver's options.
    ///
    /// # Errors
    /// Codes `tolerance`, `samples`, `rate`, `request`: out of range.
    pub(super) fn options(&self) -> Result<Options, Error> {
        let default = Options::default();
        let refuse = |code, message: String| Err(Error::new(code, message));
        if !(self.tolerance > 0.0 && self.tolerance < 1.0) {
            let message =
                format!("The tolerance is {}. Choose a number between 0 and 1.", self.tolerance);
            return refuse("tolerance", message);
        }
        let max_samples = self.max_samples.unwrap_or(default.max_samples);
        if max_samples == 0 || self.samples == Some(0) {
            return refuse("samples", "There are no samples. Choose at least 1.".into());
        }
        if let Some(samples) = self.samples.filter(|samples| *samples > max_samples) {
            let message = format!(
                "The first steps would take {samples} samples, but the most is {max_samples}. Choose fewer samples, or raise the most."
            );
            return refuse("samples", message);
        }
        if !(self.rate > 0.0 && self.rate <= 10.0) {
            let message =
                format!("The learning rate is {}. Choose a number above 0, at most 10.", self.rate);
            return refuse("rate", message);
        }
        if self.show > MAX_SHOWN {
            let message =
                format!("{} display samples are too many. Choose at most {MAX_SHOWN}.", self.show);
            return refuse("request", message);
        }
        Ok(Options {
            tolerance: self.tolerance,
            seed: self.seed,
            sequence: match self.sequence {
                SequenceName::Sobol => Sequence::Sobol,
                SequenceName::Philox => Sequence::Philox,
            },
            samples: self.samples,
            max_samples,
            rate: self.rate,
            max_iterations: self.max_iterations.unwrap_or(default.max_iterations),
        })
    }
}
