//! Speed of a SAM step on a typed loss, as a ratio to the same landscape of the catalogue.

use std::collections::BTreeMap;
use std::hint::black_box;

use super::bench::finished;
use super::{Figure, OptimizerSpec, Scenario};
use crate::loss::{LossSpec, Reduction};
use crate::optimizer::Method;

/// A landscape of the catalogue, and the formulas that say the same.
struct Typed {
    figure: &'static str,
    catalogue: &'static str,
    samples: &'static [&'static str],
}

const TYPED: [Typed; 3] = [
    Typed { figure: "typed_sam_step_hyperbola", catalogue: "hyperbola", samples: &["0.5*(x*y-1)^2"] },
    Typed {
        figure: "typed_sam_step_toy4d",
        catalogue: "toy4d",
        samples: &["(x1^2+6*x2^2+8)*x3^2+(4*(1-x1)^2+(1-x2)^2+1)*x4^2"],
    },
    Typed {
        figure: "typed_sam_step_toy4d_samples",
        catalogue: "toy4d",
        samples: &["(x1^2+6*x2^2+8)*x3^2", "(4*(1-x1)^2+(1-x2)^2+1)*x4^2"],
    },
];

/// Steps of one timed run from the start.
const STEPS: u64 = 2000;
const REPEATS: u64 = 5;
/// Many short rounds: on a busy machine some of them are not interrupted.
const ROUNDS: usize = 200;

/// Every [`TYPED`] loss: the best of rounds that alternate with the catalogue's, so that both see the same machine.
pub(super) fn figures(clock: &mut impl FnMut() -> f64) -> Vec<Figure> {
    let mut ns_per_step = |scenario: &Scenario| {
        let begin = clock();
        for _ in 0..REPEATS {
            black_box(finished(scenario));
        }
        (clock() - begin) * 1e9 / (STEPS * REPEATS) as f64
    };
    let figure = |typed: &Typed| {
        let catalogue = LossSpec::new(typed.catalogue);
        let runs = [typed.spec(), catalogue.clone()].map(|loss| sam(loss, catalogue.start()));
        let mut best = [f64::INFINITY; 2];
        for _ in 0..ROUNDS {
            for (best, run) in best.iter_mut().zip(&runs) {
                *best = best.min(ns_per_step(run));
            }
        }
        Figure::new(typed.figure, best[0], "ns", Some(best[1]))
    };
    TYPED.iter().map(figure).collect()
}

impl Typed {
    fn spec(&self) -> LossSpec {
        let samples = self.samples.iter().map(|&text| text.to_owned()).collect();
        LossSpec::typed(samples, Reduction::Sum, BTreeMap::new())
    }
}

fn sam(loss: LossSpec, init: Vec<f64>) -> Scenario {
    let optimizers = vec![OptimizerSpec { eta: 0.01, rho: 0.1, ..OptimizerSpec::new(Method::Sam) }];
    let scenario = Scenario { loss, init, optimizers, steps: STEPS, ..Scenario::default() };
    match scenario.resolved() {
        Ok(scenario) => scenario,
        Err(error) => unreachable!("the formulas are valid: {error}"),
    }
}
