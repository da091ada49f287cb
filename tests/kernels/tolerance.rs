//! How far a kernel may be from its twin, and why: the one table.

/// Half a unit in the last place of 1.
const ROUNDING: f32 = 1.0 / 16_777_216.0;

/// One quantity's tolerance, relative to a size that the test states.
pub(crate) struct Tolerance {
    pub(crate) relative: f32,
    /// Why it is no smaller.
    pub(crate) why: &'static str,
}

/// Integers, uniforms, coordinates of the cube, counts, sums in fixed point.
pub(crate) const EXACT: Tolerance =
    Tolerance { relative: 0.0, why: "integer arithmetic, or exact in f32" };

/// A normal quantile, relative to itself or to 1 where it is smaller.
pub(crate) const NORMAL: Tolerance = Tolerance {
    relative: 2e-6,
    why: "WGSL allows log an error of 2⁻²¹; ten roundings, fused or not, come on top",
};

/// A coordinate in the ball, relative to the radius.
pub(crate) const BALL: Tolerance = Tolerance {
    relative: 4e-6,
    why: "the normal quantile, and WGSL's pow, as exact as exp2 of a product with log2",
};

/// A step of Adam on a number, relative to it or to the rate where it is smaller.
pub(crate) const ADAM: Tolerance = Tolerance {
    relative: 1e-5,
    why: "WGSL allows 2.5 units to a division and more to a square root; ten steps add up",
};

/// ⟨x, y⟩ + h relative to |h| + Σ |xⱼ yⱼ|.
pub(crate) fn height(dimension: usize) -> Tolerance {
    Tolerance {
        relative: (dimension + 1) as f32 * ROUNDING,
        why: "d products and sums rounded in one order, fused or not",
    }
}

/// A sum of heights, relative to the sum of their sizes.
pub(crate) const ENERGY: Tolerance = Tolerance {
    relative: 16.0 * ROUNDING,
    why: "eight sums in a row and eight as a tree in f32, the rest in f64",
};

impl Tolerance {
    /// Panics unless `a` and `b` agree, relative to `size`.
    pub(crate) fn check(&self, a: f32, b: f32, size: f32, what: &str) {
        let allowed = self.relative * size;
        let (off, why) = ((a - b).abs(), self.why);
        assert!(off <= allowed, "{what}: {a} and {b} are {off:e} apart, not {allowed:e} ({why})");
    }
}
