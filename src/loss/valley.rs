//! L = ½ (1 + a x²) y².
//!
//! Domain R², a ≥ 0. Γ = {y = 0}, where the only non-zero eigenvalue is λ1 = 1 + a x²: a valley whose
//! walls are steeper farther out, flattest at the origin (for a = 0 it is equally flat everywhere).
//! M = 1, so λ1 = λM = Tr H on Γ: no method can show which notion of sharpness it minimizes.

use super::{Gamma, Info, Landmark, LandmarkKind, Loss, Param, Scalar};

pub(super) const INFO: Info = Info {
    id: "valley",
    formula: r"\tfrac12 (1 + a x^2) y^2",
    coordinates: &["x", "y"],
    about: "A straight valley with one non-zero eigenvalue, λ1 = 1 + a x²: the three notions of sharpness agree on it.",
    params: &[Param::new("a", 1.0, 0.0, 100.0)],
    start: &[1.0, 0.5],
    gamma: Gamma::Subspace(&[1]),
    gamma_text: "y = 0",
    landmarks: |params, _| {
        if params[0] > 0.0 { vec![Landmark::new([0.0, 0.0], LandmarkKind::Flattest)] } else { Vec::new() }
    },
    ..Info::PLAIN
};

#[derive(Clone, Copy, Debug)]
pub(super) struct Valley {
    a: f64,
}

impl Valley {
    pub(super) fn new(params: &[f64]) -> Self {
        Self { a: params[0] }
    }

    /// 1 + a x².
    #[inline(always)]
    fn steepness<T: Scalar>(self, x: T) -> T {
        x.square() * self.a + 1.0
    }
}

impl Loss<2> for Valley {
    #[inline(always)]
    fn value<T: Scalar>(&self, x: &[T; 2]) -> T {
        self.steepness(x[0]) * x[1].square() * 0.5
    }

    #[inline(always)]
    fn gradient<T: Scalar>(&self, x: &[T; 2]) -> [T; 2] {
        [x[0] * x[1].square() * self.a, self.steepness(x[0]) * x[1]]
    }
}
