//! What is drawn, and the sizes of the experiment: the parts of a scenario that do not solve again.

use serde::{Deserialize, Serialize};

/// Measure of the singular set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MeasureName {
    /// Jump of the map above κ times the median jump.
    Jump,
    /// The paper's angle between supporting planes above θ.
    Angle,
}

/// Which layers are drawn, and with which thresholds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct View {
    /// Power cells.
    pub cells: bool,
    /// Sites.
    pub sites: bool,
    /// Weighted Delaunay triangulation.
    pub dual: bool,
    /// Singular set.
    pub singular: bool,
    /// Its measure.
    pub measure: MeasureName,
    /// Threshold of `jump`, in median jumps.
    pub kappa: f64,
    /// Threshold of `angle`, radians.
    pub theta: f64,
    /// Factor by which centred sites are scaled before angles are measured.
    pub scale: f64,
    /// Arrows from centroid to site.
    pub arrows: bool,
    /// Samples of the source and their images.
    pub samples: bool,
    /// How many of them.
    pub sample_count: usize,
    /// Displacement interpolation: 0 is the source, 1 the target.
    pub t: f64,
    /// Map samples by the extended map instead of the transport map.
    pub extended: bool,
}

impl Default for View {
    fn default() -> Self {
        View {
            cells: true,
            sites: true,
            dual: false,
            singular: true,
            measure: MeasureName::Jump,
            kappa: 3.0,
            theta: 0.75,
            scale: 1.0,
            arrows: false,
            samples: false,
            sample_count: 1000,
            t: 1.0,
            extended: false,
        }
    }
}

/// Sizes of the AE-OT experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct ExperimentSettings {
    /// Real samples, 1 to 5,000.
    pub real: usize,
    /// Generated samples.
    pub generated: usize,
}

impl Default for ExperimentSettings {
    fn default() -> Self {
        ExperimentSettings { real: 512, generated: 2500 }
    }
}

/// Which controls the page shows; a teacher hides them by the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Controls {
    /// Everything.
    All,
    /// The two or three that matter.
    Few,
    /// None: the figure alone.
    None,
}
