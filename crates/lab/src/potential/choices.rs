//! What may be chosen in the potential scene, each choice by its name.

use crate::error::Error;
use transport::trace::{Method, Start};

/// A choice among a few, each with its name in links, in JSON and in calls.
pub trait Named: Copy + PartialEq + 'static {
    /// All there are.
    const LIST: &'static [(&'static str, Self)];
}

/// A view of the scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The graph of u, its Legendre dual and the cells.
    Graph,
    /// Heights by hand, and the solvers step by step.
    Heights,
    /// The potential as generator and critic.
    Critic,
    /// Displacement interpolation of shapes.
    Path,
    /// A network fitted to the map.
    Network,
}

impl Named for Part {
    const LIST: &'static [(&'static str, Self)] = &[
        ("graph", Self::Graph),
        ("heights", Self::Heights),
        ("critic", Self::Critic),
        ("path", Self::Path),
        ("network", Self::Network),
    ];
}

impl Named for Start {
    const LIST: &'static [(&'static str, Self)] =
        &[("homothetic", Self::Homothetic), ("zero", Self::Zero), ("solved", Self::Solved)];
}

impl Named for Method {
    const LIST: &'static [(&'static str, Self)] = &[
        ("newton", Self::Newton),
        ("gradient", Self::Gradient),
        ("lbfgs", Self::Lbfgs),
        ("adam", Self::Adam),
    ];
}

/// A target of the interpolation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShapeName {
    /// A crescent moon.
    Crescent,
    /// A star with five points.
    Star,
    /// Two disks apart.
    Two,
    /// A ring.
    Ring,
    /// A sea horse, the paper's.
    Seahorse,
    /// A heart.
    Heart,
    /// The present scene's own sites and masses.
    Scene,
}

impl Named for ShapeName {
    const LIST: &'static [(&'static str, Self)] = &[
        ("crescent", Self::Crescent),
        ("star", Self::Star),
        ("two", Self::Two),
        ("ring", Self::Ring),
        ("seahorse", Self::Seahorse),
        ("heart", Self::Heart),
        ("scene", Self::Scene),
    ];
}

/// The source that is carried to a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceShape {
    /// The unit disk.
    Disk,
    /// A square of the disk's area.
    Square,
}

impl Named for SourceShape {
    const LIST: &'static [(&'static str, Self)] = &[("disk", Self::Disk), ("square", Self::Square)];
}

/// How the potential is shown beside its map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// By colours.
    Field,
    /// As a graph.
    Graph,
    /// Both.
    Both,
}

impl Named for Look {
    const LIST: &'static [(&'static str, Self)] =
        &[("field", Self::Field), ("graph", Self::Graph), ("both", Self::Both)];
}

/// The value that a word names.
///
/// # Errors
/// Code `potential`, with the words there are.
pub fn word<T: Named>(word: &str) -> Result<T, Error> {
    chosen(T::LIST, word).map_err(|message| Error::new("potential", message))
}

fn chosen<T: Copy>(list: &[(&'static str, T)], word: &str) -> Result<T, String> {
    list.iter().find(|(name, _)| *name == word).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = list.iter().map(|(name, _)| *name).collect();
        format!("“{word}” should be one of {}", names.join(", "))
    })
}

/// Choices in JSON. Derived code would be there once more for each choice and each reader, and the
/// page's first wasm holds it.
pub(super) mod by_name {
    use super::{Named, chosen};
    use crate::method::name_of;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(in crate::potential) fn serialize<T: Named, S: Serializer>(
        value: &T,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(name_of(T::LIST, *value))
    }

    pub(in crate::potential) fn deserialize<'a, T: Named, D: Deserializer<'a>>(
        from: D,
    ) -> Result<T, D::Error> {
        chosen(T::LIST, &String::deserialize(from)?).map_err(D::Error::custom)
    }
}
