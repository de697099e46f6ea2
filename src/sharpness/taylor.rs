//! One SAM step taken apart: ∇L(x+ρĝ) = g + ρHĝ + (ρ²/2) ∂²(∇L)(x)[ĝ,ĝ] + O(ρ³).

use serde::Serialize;

use super::Ascent;
use crate::calculus::{Landscape, VecN};

/// The terms of SAM's gradient; they sum to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Taylor {
    /// g: gradient descent's own step.
    pub first: VecN,
    /// ρHĝ: once ĝ is ±v1, the oscillation along it.
    pub second: VecN,
    /// `(ρ²/2) ∂²(∇L)[ĝ,ĝ]`: once ĝ is ±v1, (ρ²/2)∇λ1, the drift.
    pub third: VecN,
    /// What is left, O(ρ³).
    pub remainder: VecN,
}

impl Taylor {
    /// The terms at x along the direction that SAM takes there.
    #[must_use]
    pub fn new(loss: &dyn Landscape, x: &VecN, ascent: &Ascent, rho: f64) -> Self {
        let along = loss.along(x, &ascent.direction);
        let (first, second, third) = (ascent.gradient, along.first * rho, along.second * (0.5 * rho * rho));
        let remainder = ascent.sam_gradient(loss, x, rho) - first - second - third;
        Self { first, second, third, remainder }
    }
}

/// The same, as the report prints it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of Taylor")]
pub struct TaylorTerms {
    pub first: Vec<f64>,
    pub second: Vec<f64>,
    pub third: Vec<f64>,
    pub remainder: Vec<f64>,
}

impl From<Taylor> for TaylorTerms {
    fn from(taylor: Taylor) -> Self {
        let [first, second, third, remainder] =
            [taylor.first, taylor.second, taylor.third, taylor.remainder].map(|term| term.to_vec());
        Self { first, second, third, remainder }
    }
}
