//! The approximation gap: the chain from descent on L^Max to SAM, and what each link minimizes on Γ.

use std::iter::successors;

use crate::optimizer::Method;
use crate::run::{Layout, OptimizerSpec, Pace, Scenario, limits};

/// The chain in one sentence.
pub const GAP_IN_WORDS: &str = "Two approximations, each wrong, whose combination is right: taken alone, the first \
     leads to the smallest λM and the second says that SAM goes there too; SAM ends where descent on L^Max ends, \
     because its own gradient aligns with v1.";

/// What makes `to` of `from`, where they are neighbours in the chain.
#[must_use]
pub fn approximation(from: Method, to: Method) -> Option<&'static str> {
    to.info().approximates.filter(|link| link.of == from).map(|link| link.how)
}

/// The chain's methods, from its beginning to SAM.
fn chain() -> Vec<Method> {
    let mut chain: Vec<_> = successors(Some(Method::Sam), |id| Some(id.info().approximates?.of)).collect();
    chain.reverse();
    chain
}

/// A method's place in the chain, counted from 0; methods outside it come after all of it.
#[must_use]
pub fn place_in_chain(method: Method) -> usize {
    let chain = chain();
    chain.iter().position(|&link| link == method).unwrap_or(chain.len())
}

/// The race of the gap view: the scenario's own where the whole chain L^Max → L^Asc → SAM takes part in it, else the chain
/// alone, from the same start. SAM keeps its place in the list, and with it its colour; the other links come after all
/// methods that are there, with SAM's settings. Where one of them is stiff near Γ, it takes a share of SAM's learning rate,
/// and as many times the steps in the same time ηt.
#[must_use]
pub fn gap_scenario(scenario: &Scenario) -> Scenario {
    let chain = chain();
    let takes_part = |id: &Method| scenario.optimizers.iter().any(|optimizer| optimizer.on && optimizer.id == *id);
    let mut gap = scenario.clone();
    gap.view.layout = Layout::Gap;
    if chain.iter().all(takes_part) {
        return gap;
    }
    let sam = scenario.optimizers.iter().find(|optimizer| optimizer.id == Method::Sam).cloned().unwrap_or_default();
    gap.optimizers.truncate(limits::OPTIMIZERS_MAX - chain.len());
    let place = gap.optimizers.iter().position(|optimizer| optimizer.id == Method::Sam);
    let place = place.unwrap_or(gap.optimizers.len());
    gap.optimizers.resize(gap.optimizers.len().max(place + 1), sam.clone());
    for (i, optimizer) in gap.optimizers.iter_mut().enumerate() {
        optimizer.on = i == place;
        optimizer.switch = None;
    }
    let link = |&id: &Method| OptimizerSpec {
        id,
        eta: id.info().eta_share * sam.eta,
        on: true,
        batch: 1,
        switch: None,
        ..sam.clone()
    };
    gap.optimizers.extend(chain.iter().filter(|&&id| id != Method::Sam).map(link));
    gap.pace = Pace::Time;
    gap
}
