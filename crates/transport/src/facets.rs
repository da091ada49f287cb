//! How much of the source lies along each facet.

use crate::{Plan, Source};

/// μ(facet) of each facet in the plan's order: the integral of the source's normalised density
/// along it, in one over the source's unit of length. Over |yᵢ − yⱼ| it is −∂²E/∂hᵢ∂hⱼ.
pub fn facet_masses(source: &Source, plan: &Plan) -> Vec<f64> {
    let facets = plan.facets.iter();
    match source.gaussian_integrals() {
        None => {
            let area = source.domain().area();
            facets.map(|f| f.length() / area).collect()
        }
        Some(gaussian) => {
            let total = gaussian.mass(source.domain().vertices());
            facets.map(|f| gaussian.segment(f.a, f.b) / total).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Target;
    use geometry::ConvexPolygon;

    #[test]
    fn they_are_the_derivatives_of_masses() {
        let domain = ConvexPolygon::rectangle(-1.0, -0.5, 2.0, 1.5).unwrap();
        let sources =
            [Source::uniform(domain.clone()), Source::gaussian(domain, [0.2, 0.4], 0.7).unwrap()];
        let sites = [[0.0, 0.0], [1.0, 0.2], [0.3, 1.0], [-0.7, 0.8]];
        let target = Target::new(&sites, None).unwrap();
        for source in &sources {
            let heights = [0.0, -0.3, -0.2, -0.4];
            let plan = Plan::from_heights(source, &target, &heights).unwrap();
            let masses = facet_masses(source, &plan);
            assert_eq!(masses.len(), 5);
            let step = 1e-5;
            for i in 0..4 {
                let lifted = |by: f64| {
                    let mut heights = heights;
                    heights[i] += by;
                    Plan::from_heights(source, &target, &heights).unwrap().cell_masses
                };
                let (up, down) = (lifted(step), lifted(-step));
                for (f, mass) in plan.facets.iter().zip(&masses) {
                    let (a, b) = (f.i as usize, f.j as usize);
                    let Some(other) = (a == i).then_some(b).or((b == i).then_some(a)) else {
                        continue;
                    };
                    let jump = (sites[a][0] - sites[b][0]).hypot(sites[a][1] - sites[b][1]);
                    let slope = (up[other] - down[other]) / (2.0 * step);
                    assert!((slope + mass / jump).abs() < 1e-8, "{slope} {}", mass / jump);
                }
            }
        }
    }
}
