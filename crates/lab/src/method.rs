//! How a scene's heights are found: by Newton, exactly, or by one of the Monte Carlo solvers that
//! the exact heights then check. The scene itself is the same for all, so none of this solves again.

use crate::error::Error;
use serde::{Deserialize, Serialize};

/// The solver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MethodName {
    /// Damped Newton on exact cell masses.
    Newton,
    /// Adam on sampled cell masses, as the paper's authors do.
    Adam,
    /// L-BFGS on a fixed sample.
    Lbfgs,
    /// Clusters first, then the sites of each.
    Hierarchical,
}

/// Where samples come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SequenceName {
    /// Scrambled low-discrepancy points.
    Sobol,
    /// Independent points.
    Philox,
}

/// What computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DeviceName {
    /// WebGPU where there is one, else the processor.
    Auto,
    /// The processor.
    Cpu,
    /// WebGPU.
    Gpu,
}

/// The solver and its settings; those of Monte Carlo rest while Newton is chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Method {
    /// The solver.
    pub name: MethodName,
    /// Samples of every step, or `null`: few at first, and more where noise limits.
    pub samples: Option<u32>,
    /// Adam's first step length.
    pub rate: f64,
    /// Where samples come from.
    pub sequence: SequenceName,
    /// What computes.
    pub device: DeviceName,
    /// Largest root mean square of wᵢ/νᵢ − 1 to accept, noise taken off.
    pub tolerance: f64,
}

impl Default for Method {
    fn default() -> Self {
        Method {
            name: MethodName::Newton,
            samples: None,
            rate: 0.05,
            sequence: SequenceName::Sobol,
            device: DeviceName::Auto,
            tolerance: 0.01,
        }
    }
}

const METHODS: [(&str, MethodName); 4] = [
    ("newton", MethodName::Newton),
    ("adam", MethodName::Adam),
    ("lbfgs", MethodName::Lbfgs),
    ("hierarchical", MethodName::Hierarchical),
];
const SEQUENCES: [(&str, SequenceName); 2] =
    [("sobol", SequenceName::Sobol), ("philox", SequenceName::Philox)];
/// Every path with its name in links.
pub(crate) const DEVICES: [(&str, DeviceName); 3] =
    [("auto", DeviceName::Auto), ("cpu", DeviceName::Cpu), ("gpu", DeviceName::Gpu)];

/// The name of a value.
pub(crate) fn name_of<T: PartialEq + Copy>(list: &[(&'static str, T)], value: T) -> &'static str {
    list.iter().find(|(_, v)| *v == value).map_or("", |(name, _)| name)
}

/// The value that a part of a link names.
///
/// # Errors
/// Code `link`, with the names there are.
pub(crate) fn named<T: Copy>(
    list: &[(&'static str, T)],
    key: &str,
    value: &str,
) -> Result<T, Error> {
    list.iter().find(|(name, _)| *name == value).map(|(_, v)| *v).ok_or_else(|| {
        let names: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
        bad(format!("In this link “{key}={value}” should be one of {}.", names.join(", ")))
    })
}

fn bad(message: String) -> Error {
    Error::new("link", message)
}

impl Method {
    /// Checks every field.
    ///
    /// # Errors
    /// Code `scenario`, naming the field, its value and its range.
    pub fn validate(&self) -> Result<(), Error> {
        let ensure = |ok, message| if ok { Ok(()) } else { Err(Error::new("scenario", message)) };
        let Method { rate, tolerance, .. } = *self;
        if let Some(samples) = self.samples {
            ensure(
                (64..=1 << 24).contains(&samples),
                format!(
                    "The samples of a step are {samples}. Choose a number from 64 to 16,777,216."
                ),
            )?;
        }
        ensure(
            (1e-6..=10.0).contains(&rate),
            format!("Adam's step is {rate}. Choose a number from 0.000001 to 10."),
        )?;
        ensure(
            (1e-6..=0.5).contains(&tolerance),
            format!(
                "The tolerance of Monte Carlo is {tolerance}. Choose a number from 0.000001 to 0.5."
            ),
        )
    }

    /// Key, value and default of each part of a link.
    pub(crate) fn pairs(&self) -> [(&'static str, String, String); 6] {
        let written = |m: &Method| {
            [
                ("method", name_of(&METHODS, m.name).to_string()),
                ("mcSamples", m.samples.map_or("auto".to_string(), |s| s.to_string())),
                ("rate", m.rate.to_string()),
                ("sequence", name_of(&SEQUENCES, m.sequence).to_string()),
                ("device", name_of(&DEVICES, m.device).to_string()),
                ("mcTolerance", m.tolerance.to_string()),
            ]
        };
        let mut base = written(&Method::default()).into_iter();
        written(self).map(|(key, value)| (key, value, base.next().unwrap_or_default().1))
    }

    /// Takes in a part of a link; false where the key is not one of these.
    ///
    /// # Errors
    /// Code `link`: the value cannot be read.
    pub(crate) fn assign(&mut self, key: &str, value: &str) -> Result<bool, Error> {
        let number = || -> Result<f64, Error> {
            value.parse().map_err(|_| bad(format!("In this link “{key}={value}” is not a number.")))
        };
        match key {
            "method" => self.name = named(&METHODS, key, value)?,
            "mcSamples" if value == "auto" => self.samples = None,
            "mcSamples" => {
                self.samples = Some(value.parse().map_err(|_| {
                    bad(format!("In this link “{key}={value}” is not a whole number."))
                })?);
            }
            "rate" => self.rate = number()?,
            "sequence" => self.sequence = named(&SEQUENCES, key, value)?,
            "device" => self.device = named(&DEVICES, key, value)?,
            "mcTolerance" => self.tolerance = number()?,
            _ => return Ok(false),
        }
        Ok(true)
    }
}
