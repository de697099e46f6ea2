//! The approximation gap: the chain from descent on L^Max to SAM, and what each link minimizes on Γ.

use crate::loss::LandmarkKind;
use crate::optimizer::Method;
use crate::run::{Layout, OptimizerSpec, Pace, Scenario};

/// What a method minimizes among the minimizers of the loss (Table 1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notion {
    /// λ1: worst direction.
    Lambda1,
    /// λM: ascent direction.
    LambdaM,
    /// Tr H: average direction.
    Trace,
}

impl Notion {
    /// The landmark where it is least.
    pub(super) fn landmark(self) -> LandmarkKind {
        match self {
            Self::Lambda1 => LandmarkKind::LeastLambda1,
            Self::LambdaM => LandmarkKind::LeastLambdaM,
            Self::Trace => LandmarkKind::LeastTrace,
        }
    }
}

/// The notion that theory predicts for a method; `None` for methods that stay where they land.
#[must_use]
pub fn notion(method: Method) -> Option<Notion> {
    match method {
        Method::Sam | Method::MaxDescent | Method::EigenSam => Some(Notion::Lambda1),
        Method::AscDescent => Some(Notion::LambdaM),
        Method::OneSam | Method::AvgDescent => Some(Notion::Trace),
        // Batches between one and all are an open question; NGD's flow is that of ln λ1.
        Method::Gd | Method::Sgd | Method::MSam | Method::Usam | Method::Ngd => None,
    }
}

/// The chain in one sentence.
pub const GAP_IN_WORDS: &str = "Two approximations, each wrong, whose combination is right: taken alone, the first \
     leads to the smallest λM and the second says that SAM goes there too; SAM ends where descent on L^Max ends, \
     because its own gradient aligns with v1.";

/// What makes `to` of `from`, where they are neighbours in the chain.
#[must_use]
pub fn approximation(from: Method, to: Method) -> Option<&'static str> {
    match (from, to) {
        (Method::MaxDescent, Method::AscDescent) => Some("1: the worst direction is taken to be the gradient's"),
        (Method::AscDescent, Method::Sam) => Some("2: the perturbation's own derivative is dropped"),
        _ => None,
    }
}

/// The same loss and start with the chain L^Max → L^Asc → SAM as its race. Descent on L^Asc is stiff near
/// Γ, so it takes a hundredth of the learning rate, and a hundred times the steps in the same time ηt.
#[must_use]
pub fn gap_scenario(scenario: &Scenario) -> Scenario {
    let sam = scenario.optimizers.iter().find(|optimizer| optimizer.id == Method::Sam).cloned().unwrap_or_default();
    let link = |id, eta| OptimizerSpec { id, eta, on: true, batch: 1, ..sam.clone() };
    let mut gap = scenario.clone();
    gap.optimizers =
        vec![link(Method::MaxDescent, sam.eta), link(Method::AscDescent, 0.01 * sam.eta), link(Method::Sam, sam.eta)];
    gap.view.layout = Layout::Gap;
    gap.view.pace = Pace::Time;
    gap
}
