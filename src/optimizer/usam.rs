//! USAM, SAM without normalization: x ← x − η ∇L(x + ρ g).

use super::on_landscape::{OnLandscape, update_of};
use super::update::{Number, Update, moved};
use super::{Edge, Events, MethodInfo, Objective, Requirement, Setup};
use crate::calculus::{Landscape, VecN};
use crate::sharpness::usam_edge;

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    edge: Some(Edge { symbol: "λ^{*}", value: |at| usam_edge(at.eta, at.rho), is_least_at_rest: false }),
    requirements: &[Requirement {
        name: "ηλ1(1+ρλ1)",
        value: |at| at.eta_lambda() * (1.0 + at.rho * at.lambda_1),
        holds: |value| value < 2.0,
        meaning: |_| "from 2 on USAM cannot rest here",
    }],
    ..MethodInfo::new("usam", "USAM", r"x \leftarrow x - \eta \nabla L(x + \rho g)")
};

pub(super) fn rule(setup: Setup) -> OnLandscape {
    OnLandscape::new(usam, setup)
}

pub(super) type Together = Usam;

pub(super) struct Usam;

/// u = ∇L(x + ρg).
impl Update for Usam {
    #[inline(always)]
    fn u<T: Number, O: Objective<T, D>, const D: usize>(
        loss: &O,
        x: &[T; D],
        rho: T,
        _rare: &mut T::Rare,
    ) -> Option<[T; D]> {
        let g = loss.gradient(x);
        if rho.is_zero() {
            return Some(g);
        }
        Some(loss.gradient(&moved(x, rho, &g)))
    }
}

fn usam(loss: &dyn Landscape, x: &VecN, rho: f64, _events: &mut Events) -> VecN {
    match update_of::<Usam>(loss, x, rho) {
        Some(u) => u,
        None => unreachable!("it divides by nothing"),
    }
}
