//! The numbers the networks are made of: f32 in use, f64 where the tests check a gradient.

use crate::matrix::View;
use crate::product::Products;
use std::fmt::Debug;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A floating-point number. What goes beyond the operations of IEEE 754 is computed in f64 by
/// `libm`, so that every machine gets the same bits.
pub(crate) trait Scalar:
    Copy
    + Debug
    + PartialOrd
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
{
    const ZERO: Self;
    const ONE: Self;

    /// The nearest number to `x`.
    fn of(x: f64) -> Self;

    fn to_f64(self) -> f64;

    /// Rounded correctly, as IEEE 754 asks.
    fn sqrt(self) -> Self;

    /// `out` = `left` · `right`, row-major; each entry sums its terms in order, none fused.
    fn product(
        products: &mut Products,
        left: View<'_, Self>,
        right: View<'_, Self>,
        out: &mut [Self],
    );
}

impl Scalar for f32 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    fn of(x: f64) -> Self {
        x as f32
    }

    fn to_f64(self) -> f64 {
        f64::from(self)
    }

    fn sqrt(self) -> Self {
        f32::sqrt(self)
    }

    fn product(
        products: &mut Products,
        left: View<'_, Self>,
        right: View<'_, Self>,
        out: &mut [Self],
    ) {
        products.fast(left, right, out);
    }
}

impl Scalar for f64 {
    const ZERO: Self = 0.0;
    const ONE: Self = 1.0;

    fn of(x: f64) -> Self {
        x
    }

    fn to_f64(self) -> f64 {
        self
    }

    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }

    fn product(_: &mut Products, left: View<'_, Self>, right: View<'_, Self>, out: &mut [Self]) {
        crate::product::plain(left, right, out);
    }
}

/// 1 / (1 + e⁻ˣ), without overflow at either end.
pub(crate) fn sigmoid(x: f64) -> f64 {
    let e = libm::exp(-x.abs());
    if x >= 0.0 { 1.0 / (1.0 + e) } else { e / (1.0 + e) }
}

/// ln(1 + eˣ), without overflow.
pub(crate) fn softplus(x: f64) -> f64 {
    let positive = if x > 0.0 { x } else { 0.0 };
    positive + libm::log1p(libm::exp(-x.abs()))
}
