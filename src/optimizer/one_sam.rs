//! 1-SAM (Eq. 17): x ← x − η ∇L_k(x + ρ ∇L_k/‖∇L_k‖), k random: m-SAM with batches of one.
//!
//! Thm 5.4: it minimizes the trace.

use super::requirement::{SMALL, SMALL_STEP};
use super::{Drift, Goal, Law, MethodInfo, Notion, Requirement};

pub(super) const INFO: MethodInfo = MethodInfo {
    uses_rho: true,
    stochastic: true,
    goal: Goal::Proven(Notion::Trace),
    drift: Some(Drift::of_sam(Some(Law::CycleOfEachSample))),
    requirements: &[
        Requirement {
            name: "(η+ρ) ln(1/(ηρ))",
            value: |at| (at.eta + at.rho) * (1.0 / (at.eta * at.rho)).ln(),
            // Not above 0 where ηρ ≥ 1.
            holds: |value| 0.0 < value && value < SMALL,
            meaning: |value| {
                if value > 0.0 {
                    "too large for Thm 5.4's error bound; it hovers visibly around the flow"
                } else {
                    "ηρ is 1 or more, where Thm 5.4 wants both small"
                }
            },
        },
        SMALL_STEP,
    ],
    ..MethodInfo::new(
        "one-sam",
        "1-SAM",
        r"x \leftarrow x - \eta \nabla L_k\left(x + \rho \tfrac{\nabla L_k}{\|\nabla L_k\|}\right) \quad k \text{ random}",
    )
};

pub(super) use super::m_sam::{Together, rule};
