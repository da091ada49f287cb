//! The presets by name, and what each starts with. What they make is in [`crate::presets`].

use serde::{Deserialize, Serialize};

/// Where the sites come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    /// `count` samples of the paper's grid of Gaussians at {−4,−2,0,2,4}².
    Grid,
    /// The centres of that grid, one Dirac mass each.
    Centres,
    /// `count` samples of Gaussians on the unit circle.
    Ring,
    /// Clusters of Dirac masses (the paper's Fig. 8 and 9 have two).
    Clusters,
    /// Sites filling a dumbbell, a region that is not convex (the paper's Fig. 10).
    Dumbbell,
    /// Sites along a spiral; as a mixture, modes at equal steps along it.
    Spiral,
    /// Independent uniform sites in the unit square.
    Random,
    /// Sites filling the letters of a short text.
    Letters,
    /// The person's own points.
    Own,
}

/// What a preset starts with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Defaults {
    /// Number of sites.
    pub count: usize,
    /// Number of modes, where the preset has them, else 1.
    pub modes: usize,
    /// Standard deviation of a mode.
    pub sigma: f64,
}

impl Preset {
    /// Every preset with its name in links and JSON.
    pub const ALL: [(Preset, &'static str); 9] = [
        (Preset::Grid, "grid"),
        (Preset::Centres, "centres"),
        (Preset::Ring, "ring"),
        (Preset::Clusters, "clusters"),
        (Preset::Dumbbell, "dumbbell"),
        (Preset::Spiral, "spiral"),
        (Preset::Random, "random"),
        (Preset::Letters, "letters"),
        (Preset::Own, "own"),
    ];

    /// The name in links and JSON.
    pub fn name(self) -> &'static str {
        Preset::ALL.iter().find(|(p, _)| *p == self).map_or("grid", |(_, n)| n)
    }

    /// The preset of this name.
    pub fn from_name(name: &str) -> Option<Preset> {
        Preset::ALL.iter().find(|(_, n)| *n == name).map(|(p, _)| *p)
    }

    /// What the preset starts with.
    pub fn defaults(self) -> Defaults {
        let (count, modes, sigma) = match self {
            Preset::Grid => (512, 25, 0.05),
            Preset::Centres => (25, 25, 0.05),
            Preset::Ring => (256, 8, 0.01),
            Preset::Clusters => (200, 2, 0.5),
            Preset::Dumbbell => (400, 1, 0.05),
            Preset::Spiral => (300, 16, 0.05),
            Preset::Random => (200, 1, 0.01),
            Preset::Letters => (400, 1, 0.05),
            Preset::Own => (0, 1, 0.05),
        };
        Defaults { count, modes, sigma }
    }

    /// Whether `modes` and `weights` mean something.
    pub fn has_modes(self) -> bool {
        matches!(
            self,
            Preset::Grid | Preset::Centres | Preset::Ring | Preset::Clusters | Preset::Spiral
        )
    }
}
