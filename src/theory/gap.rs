//! The approximation gap: the chain from descent on L^Max to SAM, and what each link minimizes on Γ.

use std::iter::successors;

use crate::optimizer::Method;
use crate::run::{Layout, OptimizerSpec, Pace, Scenario};

/// The chain in one sentence.
pub const GAP_IN_WORDS: &str = "Two approximations, each wrong, whose combination is right: taken alone, the first \
     leads to the smallest λM and the second says that SAM goes there too; SAM ends where descent on L^Max ends, \
     because its own gradient aligns with v1.";

/// What makes `to` of `from`, where they are neighbours in the chain.
#[must_use]
pub fn approximation(from: Method, to: Method) -> Option<&'static str> {
    to.info().approximates.filter(|link| link.of == from).map(|link| link.how)
}

/// The same loss and start with the chain L^Max → L^Asc → SAM as its race. Where one of them is stiff near Γ, it takes
/// a share of SAM's learning rate, and as many times the steps in the same time ηt.
#[must_use]
pub fn gap_scenario(scenario: &Scenario) -> Scenario {
    let sam = scenario.optimizers.iter().find(|optimizer| optimizer.id == Method::Sam).cloned().unwrap_or_default();
    let link = |id: Method| OptimizerSpec { id, eta: id.info().eta_share * sam.eta, on: true, batch: 1, ..sam.clone() };
    let mut gap = scenario.clone();
    gap.optimizers = successors(Some(Method::Sam), |id| Some(id.info().approximates?.of)).map(link).collect();
    gap.optimizers.reverse();
    gap.view.layout = Layout::Gap;
    gap.pace = Pace::Time;
    gap
}
