//! What the page draws: a solved scene as flat arrays, in user coordinates.

use crate::plan_json::ReportJson;
use crate::presets::generator;
use crate::scenario::{MeasureName, View};
use crate::source::SourceJson;
use serde::Serialize;
use std::collections::HashSet;
use transport::extended::ExtendedMap;
use transport::singular::{Measure, SingularSet, singular_set};
use transport::{Plan, Source, sample};

/// A scene, solved or waiting. N sites, F facets, T triangles, M samples.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frame {
    /// What is not an array.
    pub meta: Meta,
    /// 2N.
    pub sites: Vec<f64>,
    /// N masses, Σ = 1.
    pub masses: Vec<f64>,
    /// N.
    pub heights: Vec<f64>,
    /// N.
    pub cell_masses: Vec<f64>,
    /// 2N; where there is no cell, the site itself.
    pub centroids: Vec<f64>,
    /// 2V vertices of all cells.
    pub cell_vertices: Vec<f64>,
    /// N + 1 offsets, in vertices.
    pub cell_offsets: Vec<u32>,
    /// N colour classes below [`crate::colours::CLASSES`].
    pub colours: Vec<u8>,
    /// 2F pairs of sites.
    pub facets: Vec<u32>,
    /// 4F ends of the facets.
    pub facet_ends: Vec<f64>,
    /// F: 1 where the map jumps.
    pub facet_singular: Vec<u8>,
    /// F values of the measure.
    pub facet_values: Vec<f64>,
    /// 3T sites of the weighted Delaunay triangulation.
    pub triangles: Vec<u32>,
    /// T: 1 where the triangle has a singular edge.
    pub triangle_broken: Vec<u8>,
    /// 2M samples x of the source, or nothing.
    pub samples: Option<Samples>,
    /// Vertices of the domain, counter-clockwise.
    pub domain: Vec<f64>,
}

/// Samples of the source and their images.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// 2M samples x.
    pub at: Vec<f64>,
    /// 2M images, by ∇u or the extended map.
    pub mapped: Vec<f64>,
    /// M cells of the samples.
    pub cells: Vec<u32>,
}

/// The parts of a frame that are no arrays.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta {
    /// Counts frames of one engine.
    pub serial: u64,
    /// N.
    pub count: usize,
    /// Input masses times this are the masses.
    pub factor: f64,
    /// x0, y0, x1, y1 of what the figure should show: stays while sites are edited.
    pub bounds: [f64; 4],
    /// The singular set in numbers.
    pub singular: SingularJson,
    /// The certificate; `null` while the scene waits or is empty.
    pub report: Option<ReportJson>,
    /// Whether there is a step to undo.
    pub can_undo: bool,
    /// Whether there is a step to redo.
    pub can_redo: bool,
    /// The scene is too large to be solved unasked.
    pub needs_solve: bool,
    /// The source's density.
    pub source: SourceJson,
    /// The domain by name, `auto` spelled out.
    pub domain_name: String,
    /// What the person should know, in sentences.
    pub notes: Vec<String>,
}

/// The singular set in numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct SingularJson {
    /// `jump` or `angle`.
    pub measure: &'static str,
    /// Values above this are singular.
    pub threshold: f64,
    /// Median over all facets.
    pub median: f64,
    /// Number of singular facets.
    pub count: usize,
    /// Their length.
    pub length: f64,
}

/// The measure a view asks for.
pub fn measure(view: &View) -> Measure {
    match view.measure {
        MeasureName::Jump => Measure::Jump { kappa: view.kappa },
        MeasureName::Angle => Measure::Angle { theta: view.theta, scale: view.scale },
    }
}

pub(crate) fn flat(points: &[[f64; 2]]) -> Vec<f64> {
    points.iter().flatten().copied().collect()
}

/// Triangles with a singular edge, as 0 and 1.
pub(crate) fn broken(plan: &Plan, set: &SingularSet) -> Vec<u8> {
    let key = |a: u32, b: u32| (a.min(b), a.max(b));
    let edges: HashSet<(u32, u32)> = plan
        .facets
        .iter()
        .zip(&set.singular)
        .filter(|(_, singular)| **singular)
        .map(|(f, _)| key(f.i, f.j))
        .collect();
    let has = |t: &[u32; 3]| (0..3).any(|k| edges.contains(&key(t[k], t[(k + 1) % 3])));
    plan.triangles.iter().map(|t| u8::from(has(t))).collect()
}

/// `count` samples of the source from the scenario's seed, mapped.
pub(crate) fn samples(
    plan: &Plan,
    set: &SingularSet,
    source: &Source,
    view: &View,
    seed: u32,
) -> Samples {
    let mut rng = generator(seed, 1);
    let at = sample::from_source(source, &mut rng, view.sample_count);
    let potential = plan.potential();
    let mut hint = 0;
    let cells: Vec<u32> = at
        .iter()
        .map(|&x| {
            hint = potential.cell_of(x, hint);
            hint
        })
        .collect();
    let mapped = if view.extended {
        let map = ExtendedMap::new(plan, set);
        at.iter().zip(&cells).flat_map(|(&x, &cell)| map.map(x, cell)).collect()
    } else {
        cells.iter().flat_map(|&i| plan.sites[i as usize]).collect()
    };
    Samples { at: flat(&at), mapped, cells }
}

/// Fills a frame from a plan.
pub(crate) fn draw(frame: &mut Frame, plan: &Plan, source: &Source, view: &View, seed: u32) {
    let set = singular_set(plan, measure(view));
    frame.sites = flat(&plan.sites);
    frame.masses = plan.masses.clone();
    frame.heights = plan.heights.clone();
    frame.cell_masses = plan.cell_masses.clone();
    // A site without a cell has no centroid; an arrow from itself is not seen.
    let places = plan.centroids.iter().zip(&plan.sites);
    frame.centroids = places.flat_map(|(c, y)| if c[0].is_nan() { *y } else { *c }).collect();
    frame.cell_vertices = flat(&plan.cells.vertices);
    frame.cell_offsets = plan.cells.offsets.clone();
    frame.facets = plan.facets.iter().flat_map(|f| [f.i, f.j]).collect();
    frame.facet_ends = plan.facets.iter().flat_map(|f| [f.a[0], f.a[1], f.b[0], f.b[1]]).collect();
    frame.facet_singular = set.singular.iter().map(|&s| u8::from(s)).collect();
    frame.triangles = plan.triangles.iter().flatten().copied().collect();
    frame.triangle_broken = broken(plan, &set);
    frame.meta.singular = SingularJson {
        measure: match view.measure {
            MeasureName::Jump => "jump",
            MeasureName::Angle => "angle",
        },
        threshold: set.threshold,
        median: set.median,
        count: set.singular.iter().filter(|s| **s).count(),
        length: set.length,
    };
    frame.samples = view.samples.then(|| samples(plan, &set, source, view, seed));
    frame.facet_values = set.values;
}
