//! What of the scene in space is drawn, and from where: nothing here solves again.

use super::ensure;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// Switches, sliders and the eye. Angles are in degrees.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct SpaceView {
    /// Displacement interpolation: 0 is the source, 1 the target.
    pub t: f64,
    /// Share of the source's width that is cut away, from the side of `cut_yaw`, `cut_pitch`.
    pub cut: f64,
    /// Azimuth from which it is cut.
    pub cut_yaw: f64,
    /// Elevation from which it is cut.
    pub cut_pitch: f64,
    /// Only samples near the singular set.
    pub tear: bool,
    /// Threshold of the singular set, in median jumps.
    pub kappa: f64,
    /// The sites.
    pub sites: bool,
    /// Azimuth of the eye.
    pub yaw: f64,
    /// Its elevation.
    pub pitch: f64,
    /// Magnification.
    pub zoom: f64,
}

impl Default for SpaceView {
    fn default() -> Self {
        SpaceView {
            t: 0.0,
            cut: 0.0,
            cut_yaw: 30.0,
            cut_pitch: 20.0,
            tear: false,
            kappa: 3.0,
            sites: false,
            yaw: 30.0,
            pitch: 20.0,
            zoom: 1.0,
        }
    }
}

impl SpaceView {
    /// Checks every number.
    pub(super) fn validate(&self) -> Result<(), Error> {
        for (name, value, low, high) in [
            ("t", self.t, 0.0, 1.0),
            ("The cut", self.cut, 0.0, 1.0),
            ("The cut’s azimuth", self.cut_yaw, -360.0, 360.0),
            ("The cut’s elevation", self.cut_pitch, -90.0, 90.0),
            ("κ", self.kappa, 1.0, 100.0),
            ("The azimuth", self.yaw, -360.0, 360.0),
            ("The elevation", self.pitch, -90.0, 90.0),
            ("The zoom", self.zoom, 0.2, 20.0),
        ] {
            ensure(
                value >= low && value <= high,
                &format!("{name} is {value}. Choose a number from {low} to {high}."),
            )?;
        }
        Ok(())
    }
}
